//! Good and bad days, and hours: the factors by which volumes are more or less than expected.
//!
//! A factor is the gamma quantile of a normal score (a Gaussian copula: Nelsen 2006; for rates of intervals Oreshkin,
//! Régnard & L'Ecuyer 2016). Scores of days are a moving average over the draws of the days before, and those within a
//! day a chain that begins with the day: so a date has the same factors wherever the horizon begins.

use crate::estimate::{Place, Sampling};
use crate::model::{Busyness, RatePiece, WithinDay, scale_rates};
use crate::random::{Distribution, Key, normal_cdf, normal_quantile, unit};
use crate::units::Span;

const HOUR: u64 = Span::HOUR.micros();

/// Where a queue's factors come from in one replication.
#[derive(Clone, Debug)]
pub(super) struct Factors {
    shared: Uniforms,
    own: Uniforms,
    shared_within: Course,
    own_within: Course,
}

/// A uniform for each day.
#[derive(Clone, Copy, Debug)]
struct Uniforms {
    /// Within the replication.
    name: Key,
    /// Where replications are stratified: this one's place, and the name of the shuffle that all of its set have in
    /// common.
    dealt: Option<(Place, Key)>,
}

/// The normal scores of the stretches of a day, one after the other.
#[derive(Clone, Copy, Debug)]
struct Course {
    name: Key,
    /// The day and the stretch that it has come to, and the score there.
    at: Option<(u64, u64)>,
    score: f64,
}

impl Factors {
    /// Of a replication: `stream` is the queue's, `shared` whose factors they are.
    pub(super) fn new(
        seed: u64,
        replication: u64,
        sampling: Sampling,
        stream: &str,
        shared: &str,
    ) -> Factors {
        let seed = Key::seed(seed);
        let within = seed.child(replication).named("busyness");
        let place = sampling.place(replication);
        let dealt = |path: [&str; 2]| {
            place.map(|place| {
                let set = seed.named("strata").child(place.set);
                (place, path.iter().fold(set, |key, part| key.named(part)))
            })
        };
        let course = |path: [&str; 2]| {
            let of_days = seed.child(replication).named("busyness within the day");
            Course { name: path.iter().fold(of_days, |key, part| key.named(part)), at: None, score: 0.0 }
        };
        Factors {
            shared: Uniforms { name: within.named(shared), dealt: dealt(["shared", shared]) },
            own: Uniforms { name: within.named("own").named(stream), dealt: dealt(["own", stream]) },
            shared_within: course(["shared", shared]),
            own_within: course(["own", stream]),
        }
    }

    /// The gamma factor of a day: of the shared name, or of a mixture of the shared and the own
    /// normal score where the correlation is below 1.
    pub(super) fn of_day(&self, busyness: &Busyness, day: u64) -> f64 {
        if busyness.cv == 0.0 {
            return 1.0;
        }
        let gamma =
            Distribution::gamma(1.0, busyness.cv).expect("a positive cv makes a valid gamma distribution");
        let alone = busyness.memory.is_empty();
        if alone && busyness.correlation >= 1.0 {
            return gamma.quantile(self.shared.of(day));
        }
        let score = |uniforms: Uniforms| {
            if alone {
                normal_quantile(uniforms.of(day))
            } else {
                remembered(&busyness.memory, day, |day| normal_quantile(uniforms.of(day)))
            }
        };
        let own = || score(self.own);
        gamma.quantile(normal_cdf(mixed(busyness.correlation, score(self.shared), own)))
    }

    /// Multiplies the rates of an hour by the factors within its day.
    pub(super) fn within_hour(
        &mut self,
        busyness: &Busyness,
        within: &WithinDay,
        day: u64,
        hour: i64,
        pieces: &mut Vec<RatePiece>,
    ) {
        let from = hour.rem_euclid(24) as u64 * HOUR;
        let length = within.step.min(HOUR);
        for begin in (0..HOUR).step_by(length as usize) {
            let comes =
                |piece: &RatePiece| piece.rate > 0.0 && piece.start < begin + length && piece.end > begin;
            if !pieces.iter().any(comes) {
                continue;
            }
            let Some(gamma) = within.distributions.at(hour * HOUR as i64 + begin as i64) else { continue };
            let stretch = (from + begin) / within.step;
            let shared = self.shared_within.score(busyness, within, day, stretch);
            let own = || self.own_within.score(busyness, within, day, stretch);
            let factor = gamma.quantile(normal_cdf(mixed(busyness.correlation, shared, own)));
            scale_rates(pieces, begin as i64, (begin + length) as i64, factor);
        }
    }
}

/// The score of one who shares another's as far as the correlation says.
fn mixed(correlation: f64, shared: f64, own: impl FnOnce() -> f64) -> f64 {
    if correlation >= 1.0 {
        return shared;
    }
    correlation.sqrt() * shared + (1.0 - correlation).sqrt() * own()
}

/// A normal score that days have in common: the weighted sum of the draws of this day and of those before.
fn remembered(memory: &[f64], day: u64, draw: impl Fn(u64) -> f64) -> f64 {
    (0..).zip(memory).map(|(back, weight)| weight * draw(day.wrapping_sub(back))).sum()
}

impl Course {
    /// The score of a stretch of a day.
    fn score(&mut self, busyness: &Busyness, within: &WithinDay, day: u64, stretch: u64) -> f64 {
        let mut at = match self.at {
            Some((of, at)) if of == day && at <= stretch => at,
            _ => {
                self.score = self.drawn(busyness, day, 0);
                0
            }
        };
        let news = (1.0 - within.keeps * within.keeps).sqrt();
        while at < stretch {
            at += 1;
            self.score = within.keeps * self.score + news * self.drawn(busyness, day, at);
        }
        self.at = Some((day, stretch));
        self.score
    }

    /// What is new in a stretch.
    fn drawn(&self, busyness: &Busyness, day: u64, stretch: u64) -> f64 {
        let draw = |day: u64| normal_quantile(unit(self.name.child(day).nth(stretch)));
        if busyness.memory.is_empty() { draw(day) } else { remembered(&busyness.memory, day, draw) }
    }
}

impl Uniforms {
    /// The uniform of a day; of stratified replications, within the stratum that falls to this one.
    fn of(self, day: u64) -> f64 {
        let u = unit(self.name.nth(day));
        match self.dealt {
            None => u,
            Some((place, shuffle)) => {
                let day = shuffle.child(day);
                let stratum = place.stratum(|hand| day.nth(hand));
                (stratum as f64 + u) / place.of as f64
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::{PastDay, Scatter};
    use crate::units::Steps;

    /// Factors of half-hours, with the score's correlation after one of them.
    fn busyness(cv: f64, day_to_day: f64, within: f64, keeps: f64) -> Busyness {
        Busyness {
            cv,
            name: "q".to_owned(),
            correlation: 1.0,
            memory: crate::model::memory_of_days(day_to_day),
            within_day: Some(WithinDay {
                distributions: Steps::constant(Distribution::gamma(1.0, within).ok()),
                keeps,
                step: HOUR / 2,
            }),
        }
    }

    /// The factors of the half-hours of a day, the day's own left out.
    fn day(of: &Busyness, replication: u64, day: u64) -> Vec<f64> {
        day_from(of, replication, day, 0..24)
    }

    /// Those of some of its hours.
    fn day_from(of: &Busyness, replication: u64, day: u64, hours: std::ops::Range<i64>) -> Vec<f64> {
        let mut factors = Factors::new(11, replication, Sampling::Independent, "q", "q");
        let within = of.within_day.as_ref().unwrap();
        hours
            .flat_map(|hour| {
                let mut pieces = vec![RatePiece { start: 0, end: HOUR, rate: 1.0 }];
                factors.within_hour(of, within, day, hour, &mut pieces);
                assert_eq!(pieces.len(), 2);
                [pieces[0].rate, pieces[1].rate]
            })
            .collect()
    }

    fn ranks(values: &[f64]) -> Vec<f64> {
        let mut order: Vec<usize> = (0..values.len()).collect();
        order.sort_by(|a, b| values[*a].total_cmp(&values[*b]));
        let mut ranks = vec![0.0; values.len()];
        order.iter().enumerate().for_each(|(rank, at)| ranks[*at] = rank as f64);
        ranks
    }

    fn correlation(one: &[f64], other: &[f64]) -> f64 {
        let n = one.len() as f64;
        let (a, b) = (one.iter().sum::<f64>() / n, other.iter().sum::<f64>() / n);
        let sum = |x: &[f64], mx: f64, y: &[f64], my: f64| {
            x.iter().zip(y).map(|(x, y)| (x - mx) * (y - my)).sum::<f64>()
        };
        sum(one, a, other, b) / (sum(one, a, one, a) * sum(other, b, other, b)).sqrt()
    }

    /// Under a normal copula Spearman's correlation is (6 / π) asin(ρ / 2), whatever the margins.
    #[test]
    fn factors_within_the_day_have_the_moments_of_the_copula() {
        const DAYS: u64 = 4000;
        let of = busyness(0.0, 0.0, 0.4, 0.9);
        let days: Vec<Vec<f64>> = (0..DAYS).map(|replication| day(&of, replication, 20_000)).collect();
        let column = |slot: usize| days.iter().map(|day| day[slot]).collect::<Vec<f64>>();
        let root = (DAYS as f64).sqrt();
        for slot in [0, 17, 47] {
            let factors = column(slot);
            let mean = factors.iter().sum::<f64>() / DAYS as f64;
            let variance = factors.iter().map(|f| (f - mean) * (f - mean)).sum::<f64>() / DAYS as f64;
            // Four standard errors; the fourth moment of a gamma factor is 3 + 6 cv².
            assert!((mean - 1.0).abs() < 4.0 * 0.4 / root, "{slot}: {mean}");
            assert!((variance / 0.16 - 1.0).abs() < 4.0 * (2.0 + 6.0 * 0.16f64).sqrt() / root, "{variance}");
        }
        for (slot, later) in [(0, 1), (16, 18), (10, 26), (0, 47)] {
            let rho = libm::pow(0.9, (later - slot) as f64);
            let exact = 6.0 / std::f64::consts::PI * libm::asin(rho / 2.0);
            let found = correlation(&ranks(&column(slot)), &ranks(&column(later)));
            assert!((found - exact).abs() < 4.0 / root, "{slot} and {later}: {found}, not {exact}");
        }
    }

    #[test]
    fn days_remember_those_before() {
        const DAYS: u64 = 4000;
        let of = busyness(0.2, 0.6, 0.3, 0.9);
        let factors: Vec<Factors> =
            (0..DAYS).map(|r| Factors::new(5, r, Sampling::Independent, "q", "q")).collect();
        let day_factors = |day: u64| factors.iter().map(|f| f.of_day(&of, day)).collect::<Vec<f64>>();
        let noons = |date: u64| (0..DAYS).map(|r| day(&of, r, date)[24]).collect::<Vec<f64>>();
        let root = (DAYS as f64).sqrt();
        let first = (ranks(&day_factors(20_000)), ranks(&noons(20_000)));
        for apart in [1, 3] {
            let rho = libm::pow(0.6, apart as f64);
            let exact = 6.0 / std::f64::consts::PI * libm::asin(rho / 2.0);
            let days = correlation(&first.0, &ranks(&day_factors(20_000 + apart)));
            let within = correlation(&first.1, &ranks(&noons(20_000 + apart)));
            assert!((days - exact).abs() < 4.0 / root, "{apart}: {days}, not {exact}");
            assert!((within - exact).abs() < 4.0 / root, "{apart}: {within}, not {exact}");
        }
        let mean = day_factors(20_000).iter().sum::<f64>() / DAYS as f64;
        assert!((mean - 1.0).abs() < 4.0 * 0.2 / root, "{mean}");
    }

    #[test]
    fn a_stretch_has_its_factor_however_one_comes_to_it() {
        let of = busyness(0.0, 0.5, 0.3, 0.8);
        let within = of.within_day.as_ref().unwrap();
        let all = day(&of, 3, 100);
        let mut factors = Factors::new(11, 3, Sampling::Independent, "q", "q");
        for hour in [20, 7, 7, 12] {
            let mut pieces = vec![RatePiece { start: 0, end: HOUR, rate: 2.0 }];
            factors.within_hour(&of, within, 100, hour, &mut pieces);
            let rates: Vec<f64> = pieces.iter().map(|piece| piece.rate / 2.0).collect();
            assert_eq!(rates, all[2 * hour as usize..2 * hour as usize + 2], "{hour}");
        }
    }

    /// The bank's half-hours from 07:00 to 21:00 on 164 weekdays, where they are at hand: (day, counts).
    fn bank() -> Option<Vec<(i64, Vec<f64>)>> {
        let folder = std::env::var_os("HOLDLINE_DATA").map_or_else(
            || std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"),
            Into::into,
        );
        let text = std::fs::read_to_string(folder.join("us-bank-5min-2003/bank_calls.csv")).ok()?;
        let mut days: Vec<(i64, Vec<f64>)> = Vec::new();
        let epoch = jiff::civil::Date::constant(1970, 1, 1);
        for line in text.lines().skip(1) {
            let mut cells = line.split(',').skip(1);
            let (time, calls) = (cells.next().unwrap(), cells.next().unwrap().parse::<f64>().unwrap());
            let date: jiff::civil::Date = time[..10].parse().unwrap();
            let day = i64::from(date.since(epoch).unwrap().get_days());
            let number = |part: &str| part.parse::<usize>().unwrap();
            let at = (number(&time[11..13]) - 7) * 2 + number(&time[14..16]) / 30;
            if days.last().is_none_or(|last| last.0 != day) {
                days.push((day, vec![0.0; 28]));
            }
            if let Some(slot) = days.last_mut().and_then(|last| last.1.get_mut(at)) {
                *slot += calls;
            }
        }
        Some(days)
    }

    /// Days of the fitted factors have the correlations of half-hours that the bank's have, each to 0.05.
    #[test]
    fn days_like_those_of_a_bank() {
        let Some(days) = bank() else {
            eprintln!("skipped: no data (HOLDLINE_DATA names their folder)");
            return;
        };
        assert_eq!(days.len(), 164);
        let alike = |day: i64| days.iter().filter(move |other| (other.0 - day) % 7 == 0);
        let mean = |day: i64, slot: usize| {
            alike(day).map(|other| other.1[slot]).sum::<f64>() / alike(day).count() as f64
        };
        let past: Vec<PastDay> = days
            .iter()
            .map(|(day, seen)| PastDay {
                day: *day,
                expected: (0..28).map(|slot| mean(*day, slot)).collect(),
                seen: seen.clone(),
            })
            .collect();
        let scatter = Scatter::of(&past, 0.5);
        // The day's cv and its correlation with the day before, as another program has them.
        assert!((scatter.whole_day - 0.0633).abs() < 0.0005, "{scatter:?}");
        // Of 163 neighbours in the list 129 are a day apart, the others three days, or four.
        let neighbours = (129.0 * scatter.day_to_day + 34.0 * libm::pow(scatter.day_to_day, 3.0)) / 163.0;
        assert!((neighbours - 0.640).abs() < 0.03, "{scatter:?}");
        let within = scatter.within.expect("hours differ");
        let of = busyness(scatter.day, 0.0, within.cv, within.correlation_at_1h.sqrt());
        const DAYS: u64 = 4000;
        let factors: Vec<Vec<f64>> = (0..DAYS)
            .map(|replication| {
                let whole = Factors::new(3, replication, Sampling::Independent, "q", "q").of_day(&of, 9);
                day_from(&of, replication, 9, 7..21).iter().map(|factor| whole * factor).collect()
            })
            .collect();
        let contacts: Vec<f64> =
            (0..28).map(|slot| days.iter().map(|day| day.1[slot]).sum::<f64>() / 164.0).collect();
        let column = |slot: usize| factors.iter().map(|day| day[slot]).collect::<Vec<f64>>();
        let variance = |slot: usize| {
            let squares = factors.iter().map(|day| (day[slot] - 1.0) * (day[slot] - 1.0));
            squares.sum::<f64>() / DAYS as f64
        };
        // Single contacts add their chance to the variance of a half-hour, and nothing to what two have in common.
        let seen = |slot: usize| variance(slot) / (variance(slot) + 1.0 / contacts[slot]);
        for (lag, right) in [(1, 0.817), (2, 0.770), (4, 0.688), (8, 0.547), (16, 0.363), (27, 0.193)] {
            let pairs = (0..28 - lag).map(|slot| {
                correlation(&column(slot), &column(slot + lag)) * (seen(slot) * seen(slot + lag)).sqrt()
            });
            let found = pairs.sum::<f64>() / (28 - lag) as f64;
            assert!((found - right).abs() < 0.05, "lag {lag}: {found}, not {right}");
        }
    }

    /// What is played is estimated again, chance left out.
    #[test]
    fn factors_are_found_again() {
        const DAYS: u64 = 600;
        const MANY: f64 = 1e9;
        for (cv, day_to_day, within, at_1h) in [(0.1, 0.0, 0.08, 0.7), (0.05, 0.6, 0.1, 0.85)] {
            let of = busyness(cv, day_to_day, within, f64::sqrt(at_1h));
            let factors = Factors::new(8, 1, Sampling::Independent, "q", "q");
            let days: Vec<PastDay> = (0..DAYS)
                .map(|number| {
                    let whole = factors.of_day(&of, number);
                    let seen = day_from(&of, 1, number, 7..21).iter().map(|f| MANY * whole * f).collect();
                    PastDay { day: number as i64, expected: vec![MANY; 28], seen }
                })
                .collect();
            let found = Scatter::of(&days, 0.5);
            let of_hours = found.within.expect("hours differ");
            assert!((found.day - cv).abs() < 0.02, "{cv}: {found:?}");
            assert!((of_hours.cv - within).abs() < 0.01, "{within}: {found:?}");
            assert!((of_hours.correlation_at_1h - at_1h).abs() < 0.06, "{at_1h}: {found:?}");
            assert!((found.day_to_day - day_to_day).abs() < 0.1, "{day_to_day}: {found:?}");
        }
    }
}
