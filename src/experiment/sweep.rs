//! Many centres, each played often enough, their outcomes handed out in order.

use super::waves::in_waves;

/// Points in flight for each thread: bounds memory, and hides that points take differently long.
const IN_FLIGHT_A_THREAD: usize = 2;

/// Plays points, some at a time, and gives each outcome to `take` in the order of `points`, until one
/// of both says to stop (`play` by `None`, `take` by `false`). What is in flight then is dropped.
///
/// Memory grows with what is in flight, not with the points. Replications of one point run in
/// parallel too, so no thread rests while a last long point is played.
pub fn in_order<T: Send>(
    points: &[u64],
    play: impl Fn(u64) -> Option<T> + Sync,
    mut take: impl FnMut(u64, T) -> bool,
) {
    in_waves(
        points,
        IN_FLIGHT_A_THREAD * rayon::current_num_threads(),
        || (),
        |(), point| (*point, play(*point)),
        |(point, outcome)| outcome.is_some_and(|outcome| take(point, outcome)),
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outcomes_come_in_order_until_one_is_missing() {
        let points: Vec<u64> = (0..100).collect();
        let mut seen = Vec::new();
        in_order(
            &points,
            |point| (point < 61).then_some(point * point),
            |point, square| {
                assert_eq!(square, point * point);
                seen.push(point);
                true
            },
        );
        assert_eq!(seen, (0..61).collect::<Vec<_>>());
        let mut taken = 0;
        in_order(&points, Some, |_, _| {
            taken += 1;
            taken < 5
        });
        assert_eq!(taken, 5);
    }
}
