//! How long a simulation takes to settle: the rule MSER-5.
//!
//! Source: White, Cobb & Spratt (2000), "A comparison of five steady-state truncation heuristics for simulation", Winter Simulation
//! Conference; Hoad, Robinson & Davies (2010), "Automating warm-up length estimation", Journal of the Operational Research
//! Society 61. Of the means of batches of five, so many first ones are left out that the standard error of the mean of
//! the others, as if they were independent, is least: those before it say more of the start than they tell of the mean.

/// Points that make a batch.
pub const BATCH: usize = 5;

/// How many points of a series are to be left out. `None`: it has not settled in its first half, or has fewer than ten batches.
#[must_use]
pub fn mser_5(series: &[f64]) -> Option<usize> {
    let batches: Vec<f64> =
        series.chunks_exact(BATCH).map(|batch| batch.iter().sum::<f64>() / BATCH as f64).collect();
    if batches.len() < 10 {
        return None;
    }
    // From the end: the mean and the squares about it of ever more batches.
    let (mut mean, mut squares, mut n) = (0.0, 0.0, 0.0);
    let mut best: Option<(f64, usize)> = None;
    for (left_out, batch) in batches.iter().enumerate().rev() {
        n += 1.0;
        let off = batch - mean;
        mean += off / n;
        squares += off * (batch - mean);
        // A few last ones may happen to be alike.
        if n < 5.0 {
            continue;
        }
        let error = squares / (n * n);
        if best.is_none_or(|(least, _)| error <= least) {
            best = Some((error, left_out));
        }
    }
    best.map(|(_, left_out)| left_out)
        .filter(|left_out| *left_out <= batches.len() / 2)
        .map(|left| left * BATCH)
}

#[cfg(test)]
mod tests {
    use super::mser_5;

    #[test]
    fn a_start_that_is_no_part_of_the_rest_is_left_out() {
        // Twenty points of zero, then 180 about ten.
        let wave = |i: usize| 10.0 + if i % 10 < 5 { 0.5 } else { -0.5 };
        let series: Vec<f64> = (0..200).map(|i| if i < 20 { 0.0 } else { wave(i) }).collect();
        assert_eq!(mser_5(&series), Some(20));
        // Nothing to leave out.
        let settled: Vec<f64> = (0..200).map(wave).collect();
        assert_eq!(mser_5(&settled), Some(0));
    }

    #[test]
    fn the_least_error_is_the_one_by_hand() {
        // The squares about the mean over n^2 are 0.044 without the first batch, 0.027 without two, 0.031 without three.
        let means = [0.0, 4.0, 6.0, 5.0, 6.0, 5.0, 6.0, 5.0, 6.0, 5.0, 6.0];
        let series: Vec<f64> = means.iter().flat_map(|mean| [*mean; 5]).collect();
        let error = |left_out: usize| {
            let rest = &means[left_out..];
            let n = rest.len() as f64;
            let mean = rest.iter().sum::<f64>() / n;
            rest.iter().map(|one| (one - mean) * (one - mean)).sum::<f64>() / (n * n)
        };
        assert!((0..=5).all(|left_out| error(2) <= error(left_out)));
        assert_eq!(mser_5(&series), Some(10));
    }

    #[test]
    fn what_goes_on_growing_never_settles() {
        let growing: Vec<f64> = (0..200).map(f64::from).collect();
        assert_eq!(mser_5(&growing), None);
        assert_eq!(mser_5(&[1.0; 49]), None);
        assert_eq!(mser_5(&[1.0; 50]), Some(0));
    }
}
