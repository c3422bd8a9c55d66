//! Rule `generalised_c_mu` (van Mieghem 1995; Mandelbaum & Stolyar 2004): the cost of a wait grows faster than the wait.
//!
//! With C_i(w) the cost of a wait w, the index is C_i'(w) mu_ij: what a second more of wait costs, over the seconds of work that it
//! takes to end it. Here C_i(w) = c_i w^(k_i), w in minutes, c the weight and k `cost_power`, 2 where nothing is said: the index is
//! then c mu w. With k = 1 it is the c mu rule, which lets the others starve; the higher k, the more alike are the waits.

use crate::units::QueueId;

use super::View;

/// The slope of w^k, so scaled that it is w for k = 2.
pub(super) fn slope(queue: QueueId, wait: f64, view: &View) -> f64 {
    let power = view.model().routing.cost_power[queue.index()];
    if power == 2.0 { wait } else { 30.0 * power * libm::pow(wait / 60.0, power - 1.0) }
}
