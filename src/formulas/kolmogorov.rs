//! A day that varies: the forward equations of M_t/M/n_t+M, integrated numerically.
//!
//! Source: Kolmogorov (1931); as used for call centres in Feldman, Mandelbaum, Massey & Whitt (2008),
//! "Staffing of time-varying queues to achieve time-stable performance", Management Science 54. The method
//! is the classical Runge-Kutta of order 4. What leaves with a falling staff is part of the model: see
//! [`Release`].

use std::ops::Range;

/// What becomes of agents in the middle of a contact when staff falls; idle agents always leave first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Release {
    /// The surplus finish their contact and then leave; they are the first to stay when staff rises again.
    AfterService,
    /// They leave at once and the customer goes back to the queue (the usual textbook model).
    AtOnce,
}

/// What is given: volumes, staff and times.
#[derive(Clone, Debug)]
pub struct Day<F> {
    /// Arrivals a second at a time in seconds; smooth between changes of staff.
    pub arrivals_per_second: F,
    /// Agents from a time in seconds on, ascending; the first at 0. Repeat a number to mark a time at which
    /// the arrivals jump.
    pub staff: Vec<(f64, u32)>,
    /// Mean service time in seconds, above 0.
    pub mean_service: f64,
    /// Mean patience in seconds, above 0; infinite: nobody abandons.
    pub mean_patience: f64,
    /// Customers in the centre at most; take so many that [`Kolmogorov::full`] stays negligible.
    pub places: usize,
    /// Who leaves when staff falls.
    pub release: Release,
}

/// Expected amounts over a stretch of time.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Flow {
    /// Arrivals.
    pub offered: f64,
    /// Those who found no agent free.
    pub delayed: f64,
    /// Abandonments that happened in it.
    pub abandoned: f64,
    /// Services that ended in it.
    pub served: f64,
    /// Customer-seconds of waiting.
    pub waiting_time: f64,
    /// Agent-seconds of work.
    pub busy_time: f64,
}

const FLOWS: usize = 6;
/// States less likely than this stand still; over the 100,000 steps of a day that moves less than 1e-8.
const NEVER: f64 = 1e-15;
/// A Runge-Kutta step moves probability by one state a stage.
const STAGES: usize = 4;

/// Rows from 0 on, and columns from `low` to `high`.
#[derive(Clone, Copy)]
struct Alive {
    rows: usize,
    low: usize,
    high: usize,
}

/// The distribution of the number of customers, carried through time.
#[derive(Clone, Debug)]
pub struct Kolmogorov<F> {
    day: Day<F>,
    now: f64,
    next_change: usize,
    agents: usize,
    /// Rows: agents who leave after their contact. Columns: all other customers. Then the flows.
    y: Vec<f64>,
    rows: usize,
    /// Of them, those that matter; only a change of staff brings more.
    live_rows: usize,
}

impl<F: Fn(f64) -> f64> Kolmogorov<F> {
    /// At time 0, with nobody there.
    ///
    /// # Panics
    /// If the staff is empty, does not begin at 0 or does not ascend, or a time is not above 0.
    #[must_use]
    pub fn new(day: Day<F>) -> Kolmogorov<F> {
        assert!(day.staff.first().is_some_and(|&(at, _)| at == 0.0), "staff begins at time 0");
        assert!(day.staff.windows(2).all(|pair| pair[0].0 < pair[1].0), "staff ascends in time");
        assert!(day.mean_service > 0.0 && day.mean_patience > 0.0, "times are above 0");
        let falls: u32 = day.staff.windows(2).map(|pair| pair[0].1.saturating_sub(pair[1].1)).sum();
        let rows = match day.release {
            Release::AfterService => falls as usize + 1,
            Release::AtOnce => 1,
        };
        let mut y = vec![0.0; rows * (day.places + 1) + FLOWS];
        y[0] = 1.0;
        let agents = day.staff[0].1 as usize;
        Kolmogorov { day, now: 0.0, next_change: 1, agents, y, rows, live_rows: 1 }
    }

    /// Carries the distribution on to `until` seconds and tells what happened on the way.
    ///
    /// # Complexity
    /// Likely states times (time by the sum of their rates); some seconds for a day of 100 agents.
    pub fn advance(&mut self, until: f64) -> Flow {
        let flows = self.y.len() - FLOWS;
        self.y[flows..].fill(0.0);
        while self.now < until {
            let change = self.day.staff.get(self.next_change).copied();
            let stop = change.map_or(until, |(at, _)| at.min(until));
            self.integrate(stop);
            if let Some((at, agents)) = change
                && at <= self.now
            {
                self.restaff(agents as usize);
                self.next_change += 1;
            }
        }
        let y = &self.y[flows..];
        Flow {
            offered: y[0],
            delayed: y[1],
            abandoned: y[2],
            served: y[3],
            waiting_time: y[4],
            busy_time: y[5],
        }
    }

    /// P(an arrival now must wait).
    #[must_use]
    pub fn delayed(&self) -> f64 {
        self.mean(|_, others| f64::from(u8::from(others >= self.agents)))
    }

    /// Mean number waiting now.
    #[must_use]
    pub fn queue(&self) -> f64 {
        self.mean(|_, others| others.saturating_sub(self.agents) as f64)
    }

    /// Mean number of busy agents now, those about to leave included.
    #[must_use]
    pub fn busy(&self) -> f64 {
        self.mean(|leaving, others| (leaving + others.min(self.agents)) as f64)
    }

    /// P(all places are taken now); arrivals in that state are lost.
    #[must_use]
    pub fn full(&self) -> f64 {
        self.mean(|_, others| f64::from(u8::from(others == self.day.places)))
    }

    fn mean(&self, f: impl Fn(usize, usize) -> f64) -> f64 {
        let columns = self.day.places + 1;
        (0..self.rows * columns).map(|i| self.y[i] * f(i / columns, i % columns)).sum()
    }

    fn integrate(&mut self, stop: f64) {
        let size = self.y.len();
        let (mut k, mut total, mut probe) = (vec![0.0; size], vec![0.0; size], vec![0.0; size]);
        while self.now < stop {
            let alive = self.alive();
            self.live_rows = alive.rows;
            // Half an event a step is inside the region of stability (1.39), a twentieth of a service or a
            // patience keeps the slow modes, which last, within about 1e-8.
            let rates = 4.0 * (self.day.arrivals_per_second)(self.now)
                + (self.agents + alive.rows) as f64 / self.day.mean_service
                + alive.high.saturating_sub(self.agents) as f64 / self.day.mean_patience;
            let longest = (0.5 / rates).min(0.05 * self.day.mean_service.min(self.day.mean_patience));
            let left = stop - self.now;
            let h = left / (left / longest).ceil().clamp(1.0, 1e12);
            let stretches = self.stretches(alive);
            for stretch in &stretches {
                total[stretch.clone()].fill(0.0);
                probe[stretch.clone()].copy_from_slice(&self.y[stretch.clone()]);
            }
            for (weight, offset, reach) in
                [(1.0, 0.0, 0.5), (2.0, 0.5, 0.5), (2.0, 0.5, 1.0), (1.0, 1.0, 0.0)]
            {
                // Just before the stop, so that a jump of the arrivals there is not yet seen.
                let at = (self.now + h * offset).min(stop * (1.0 - f64::EPSILON));
                stretches.iter().for_each(|stretch| k[stretch.clone()].fill(0.0));
                self.derivative(at, alive, &probe, &mut k);
                for i in stretches.iter().cloned().flatten() {
                    total[i] += weight * k[i];
                    probe[i] = self.y[i] + reach * h * k[i];
                }
            }
            for i in stretches.iter().cloned().flatten() {
                self.y[i] += h / 6.0 * total[i];
            }
            self.now = if h >= left { stop } else { self.now + h };
        }
    }

    /// The states that are likely enough to matter, and those that a step can reach from them.
    fn alive(&self) -> Alive {
        let columns = self.day.places + 1;
        let mut alive = Alive { rows: 1, low: usize::MAX, high: 0 };
        for row in 0..self.live_rows {
            let line = &self.y[row * columns..(row + 1) * columns];
            let likely = |p: &f64| *p > NEVER;
            if let (Some(low), Some(high)) = (line.iter().position(likely), line.iter().rposition(likely)) {
                alive.rows = row + 1;
                alive.low = alive.low.min(low);
                alive.high = alive.high.max(high);
            }
        }
        alive.low = alive.low.saturating_sub(STAGES);
        alive.high = (alive.high + STAGES).min(self.day.places);
        alive
    }

    /// Where they lie in `y`, and the flows.
    fn stretches(&self, alive: Alive) -> Vec<Range<usize>> {
        let columns = self.day.places + 1;
        let rows = (0..alive.rows).map(|row| row * columns + alive.low..row * columns + alive.high + 1);
        rows.chain(std::iter::once(self.y.len() - FLOWS..self.y.len())).collect()
    }

    fn derivative(&self, t: f64, alive: Alive, y: &[f64], k: &mut [f64]) {
        let columns = self.day.places + 1;
        let arrivals = (self.day.arrivals_per_second)(t);
        let (service, abandoning) = (1.0 / self.day.mean_service, 1.0 / self.day.mean_patience);
        let flows = y.len() - FLOWS;
        let mut flow = [arrivals, 0.0, 0.0, 0.0, 0.0, 0.0];
        for leaving in 0..alive.rows {
            let row = leaving * columns;
            for others in alive.low..=alive.high {
                let p = y[row + others];
                if p == 0.0 {
                    continue;
                }
                let busy = others.min(self.agents) as f64;
                let waiting = (others - others.min(self.agents)) as f64;
                let surplus = leaving as f64;
                if others > alive.low {
                    let down = p * (busy * service + waiting * abandoning);
                    k[row + others] -= down;
                    k[row + others - 1] += down;
                }
                if others < alive.high {
                    k[row + others] -= p * arrivals;
                    k[row + others + 1] += p * arrivals;
                }
                if leaving > 0 {
                    k[row + others] -= p * surplus * service;
                    k[row + others - columns] += p * surplus * service;
                }
                flow[1] += if others >= self.agents { p * arrivals } else { 0.0 };
                flow[2] += p * waiting * abandoning;
                flow[3] += p * (busy + surplus) * service;
                flow[4] += p * waiting;
                flow[5] += p * (busy + surplus);
            }
        }
        k[flows..].copy_from_slice(&flow);
    }

    fn restaff(&mut self, agents: usize) {
        if self.day.release == Release::AfterService {
            let columns = self.day.places + 1;
            let mut moved = vec![0.0; self.rows * columns];
            for (i, &p) in self.y[..self.rows * columns].iter().enumerate().filter(|&(_, &p)| p > 0.0) {
                let (leaving, others) = (i / columns, i % columns);
                let surplus = others.min(self.agents).saturating_sub(agents);
                let kept = leaving.min(agents.saturating_sub(self.agents));
                let others = (others + kept - surplus).min(self.day.places);
                moved[(leaving + surplus - kept) * columns + others] += p;
            }
            self.y[..self.rows * columns].copy_from_slice(&moved);
        }
        self.agents = agents;
        self.live_rows = self.rows;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formulas::{ErlangA, infinite_server};

    #[track_caller]
    fn close(got: f64, want: f64, within: f64) {
        assert!((got - want).abs() < within, "{got} is not {want}");
    }

    #[test]
    fn a_constant_day_settles_at_erlang_a() {
        let day = Day {
            arrivals_per_second: |_: f64| 2.0,
            staff: vec![(0.0, 9)],
            mean_service: 5.0,
            mean_patience: 3.0,
            places: 60,
            release: Release::AfterService,
        };
        let a =
            ErlangA { arrivals_per_second: 2.0, mean_service: 5.0, mean_patience: 3.0, agents: 9.0 }.solve();
        let mut distribution = Kolmogorov::new(day);
        distribution.advance(200.0);
        let flow = distribution.advance(210.0);
        close(flow.offered, 20.0, 1e-9);
        close(flow.delayed / flow.offered, a.delayed(), 1e-9);
        close(flow.abandoned / flow.offered, a.abandonment(), 1e-9);
        close(flow.waiting_time / 10.0, a.queue(), 1e-8);
        close(distribution.queue(), a.queue(), 1e-8);
        close(distribution.busy(), a.busy(), 1e-8);
        assert!(distribution.full() < 1e-20);
    }

    #[test]
    fn equal_rates_of_service_and_patience_make_the_staff_irrelevant() {
        let day = Day {
            arrivals_per_second: |t: f64| 10.0 + 5.0 * libm::sin(t),
            staff: vec![(0.0, 9), (1.0, 12), (2.5, 4)],
            mean_service: 1.0,
            mean_patience: 1.0,
            places: 60,
            release: Release::AtOnce,
        };
        let arrivals = day.arrivals_per_second;
        let mut distribution = Kolmogorov::new(day);
        distribution.advance(3.0);
        let mean = infinite_server::time_varying_mean(arrivals, |x| libm::exp(-x), 3.0, &[], 0.25);
        close(distribution.queue() + distribution.busy(), mean, 1e-6);
        close(distribution.delayed(), infinite_server::poisson_at_least(mean, 4), 1e-6);
    }

    #[test]
    fn a_morning_of_a_hundred_agents_loses_nobody() {
        let day = Day {
            arrivals_per_second: |t: f64| 0.25 + 0.15 * libm::sin(t / 3000.0),
            staff: vec![(0.0, 70), (1800.0, 90), (3600.0, 100), (5400.0, 75), (7200.0, 80)],
            mean_service: 240.0,
            mean_patience: 120.0,
            places: 300,
            release: Release::AfterService,
        };
        let mut distribution = Kolmogorov::new(day);
        let flow = distribution.advance(9000.0);
        close(flow.offered - flow.abandoned - flow.served, distribution.queue() + distribution.busy(), 1e-5);
        close(flow.waiting_time / 120.0, flow.abandoned, 1e-6);
        close(flow.busy_time / 240.0, flow.served, 1e-6);
        assert!(flow.abandoned > 10.0 && distribution.full() < 1e-15, "{flow:?}");
    }

    #[test]
    fn a_leaving_agent_finishes_first_and_may_be_called_back() {
        // One customer at an agent who is told to go: it is served as if nothing had happened.
        let day = |release, staff| Day {
            arrivals_per_second: |t: f64| if t < 1.0 { 1e3 } else { 0.0 },
            staff,
            mean_service: 10.0,
            mean_patience: f64::INFINITY,
            places: 1,
            release,
        };
        let served = |release, staff| {
            let mut distribution = Kolmogorov::new(day(release, staff));
            distribution.advance(2.0);
            distribution.advance(12.0).served
        };
        let stay = vec![(0.0, 1), (1.0, 1)];
        let go = vec![(0.0, 1), (1.0, 1), (2.0, 0)];
        let back = vec![(0.0, 1), (1.0, 1), (2.0, 0), (4.0, 1)];
        let undisturbed = served(Release::AtOnce, stay);
        close(undisturbed, libm::exp(-0.1) * (1.0 - libm::exp(-1.0)), 2e-3);
        close(served(Release::AfterService, go.clone()), undisturbed, 1e-7);
        close(served(Release::AfterService, back), undisturbed, 1e-7);
        assert_eq!(served(Release::AtOnce, go), 0.0);
    }
}
