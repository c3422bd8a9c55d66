//! From levels that were played to the factor that is required in a week.

/// A factor of the agents, and by how much each target was kept with it: below 0 it was missed. `None`: nobody came.
pub(super) struct Point {
    pub(super) factor: f64,
    pub(super) rooms: Vec<Option<f64>>,
}

impl Point {
    /// The least room of all targets; without bound where nobody came.
    pub(super) fn room(&self) -> f64 {
        self.rooms.iter().flatten().copied().fold(f64::INFINITY, f64::min)
    }
}

/// The least factor from which on all targets are kept, by straight lines between the points (ascending by factor).
/// `None` where the last point still misses one, 0 where nobody comes.
pub(super) fn least(points: &[Point]) -> Option<f64> {
    if points.iter().all(|point| point.rooms.iter().all(Option::is_none)) {
        return Some(0.0);
    }
    let last = points.last().filter(|last| last.room() >= 0.0)?;
    let Some(missing) = points.iter().rposition(|point| point.room() < 0.0) else {
        return Some(points[0].factor);
    };
    let (low, high) = (&points[missing], points.get(missing + 1).unwrap_or(last));
    let crossing = |(low_room, high_room): (&Option<f64>, &Option<f64>)| {
        let (from, to) = ((*low_room)?, (*high_room)?);
        (from < 0.0).then(|| low.factor + (high.factor - low.factor) * -from / (to - from))
    };
    let crossings = low.rooms.iter().zip(&high.rooms).filter_map(crossing);
    // With too few agents for queues to settle nothing is known but that they are too few.
    Some(crossings.fold(low.factor, f64::max)).filter(|factor| *factor > low.factor).or(Some(high.factor))
}

/// A level at a factor, by straight lines between (factor, level), ascending by factor.
pub(super) fn between(points: &[(f64, f64)], factor: f64) -> Option<f64> {
    let after = points.partition_point(|(at, _)| *at < factor);
    match (after.checked_sub(1).and_then(|before| points.get(before)), points.get(after)) {
        (Some((from, low)), Some((to, high))) => Some(low + (high - low) * (factor - from) / (to - from)),
        (one, other) => one.or(other).map(|(_, level)| *level),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(factor: f64, rooms: &[f64]) -> Point {
        Point { factor, rooms: rooms.iter().map(|room| Some(*room)).collect() }
    }

    #[test]
    fn the_last_crossing_of_the_tightest_target_counts() {
        let points = [point(0.9, &[-0.2, 0.1]), point(1.0, &[-0.1, -0.02]), point(1.1, &[0.1, 0.06])];
        assert!((least(&points).expect("it is kept") - 1.05).abs() < 1e-12);
        // The second target alone.
        let points = [point(1.0, &[0.1, -0.02]), point(1.1, &[0.2, 0.06])];
        assert!((least(&points).expect("it is kept") - 1.025).abs() < 1e-12);
        assert_eq!(least(&points[1..]), Some(1.1));
        assert_eq!(least(&points[..1]), None);
        let closed = [Point { factor: 0.8, rooms: vec![None] }];
        assert_eq!(least(&closed), Some(0.0));
    }

    #[test]
    fn levels_lie_on_straight_lines() {
        let points = [(0.9, 0.5), (1.0, 0.8), (1.1, 0.9)];
        let at = |factor| between(&points, factor).expect("there are points");
        assert!((at(0.95) - 0.65).abs() < 1e-12 && (at(1.1) - 0.9).abs() < 1e-12);
        assert_eq!((at(0.5), at(2.0), between(&[], 1.0)), (0.5, 0.9, None));
    }
}
