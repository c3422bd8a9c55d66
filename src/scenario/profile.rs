//! Profiles: how a day's cases spread over its intervals.

use crate::reading::fields::Written;
use crate::reading::kinds::{Declares, List, NotNegative, Reads};
use crate::reading::shape::Kind;
use crate::reading::tree::Data;
use crate::units::Span;

/// A named profile and its weights.
pub(super) type Profile = (String, Vec<f64>);

/// The weights of a day's intervals, or the name of a profile that has them.
pub(super) enum ProfileUse {}

impl Declares for ProfileUse {
    const KIND: Kind = Kind::Either(&[List::<NotNegative>::KIND, Kind::Name("profile")]);
}

/// `[profiles]`: weights by name; each is checked where it is used.
pub(super) enum Profiles {}

impl Declares for Profiles {
    const KIND: Kind = Kind::Each { of: "profile", value: &List::<NotNegative>::KIND };
}

impl Reads for Profiles {
    type Value = Vec<Profile>;

    fn read(written: &Written<'_>) -> Option<Vec<Profile>> {
        let weights = |profile: Written<'_>| {
            if !matches!(profile.node.data, Data::List(_)) {
                profile.wrong("a list of weights");
                return None;
            }
            let weight = |item: &Written<'_>| NotNegative::read(item).unwrap_or(1.0);
            Some((profile.key.to_owned(), profile.items().iter().map(weight).collect()))
        };
        Some(written.each().into_iter().filter_map(weights).collect())
    }
}

/// The largest weight of a profile.
const MOST_WEIGHT: f64 = 1e12;

/// The weights of the intervals of a day: a whole number of them, dividing the day evenly.
pub(super) fn profile(written: &Written<'_>, profiles: &[Profile]) -> Option<Vec<f64>> {
    let Written { cx, node, path, .. } = written;
    let log = cx.log;
    let weights = match &node.data {
        Data::Text(name) => {
            cx.refer("profile", name, node.place, path.clone());
            profiles.iter().find(|profile| profile.0 == *name)?.1.clone()
        }
        Data::List(_) => List::<NotNegative>::read(written)?,
        _ => {
            written.wrong("a list of weights or the name of a profile");
            return None;
        }
    };
    let intervals = Span::DAY.micros() / cx.time.interval.micros().max(1);
    let length = weights.len() as u64;
    if length == 0 || !Span::DAY.micros().is_multiple_of(length) || Span::DAY.micros() / length < 1_000_000 {
        let title = format!("`{path}` must divide the day evenly");
        log.error(node.place, title, format!("{length} weights do not"))
            .help(format!("{intervals} weights are one for each interval of {}", cx.time.interval));
        return None;
    }
    if weights.iter().any(|weight| *weight > MOST_WEIGHT) {
        let title = format!("`{path}` must have weights of {MOST_WEIGHT:e} at most");
        log.error(node.place, title, "only what they are to each other matters");
        return None;
    }
    if weights.iter().sum::<f64>() <= 0.0 {
        let title = format!("`{path}` must have a weight above 0");
        log.error(node.place, title, "the weights sum to 0").help("for no cases write `per_day = 0`");
        return None;
    }
    Some(weights)
}
