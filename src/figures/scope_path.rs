//! Dotted names of figures: `queues.billing.wait_p90`.

use super::Figure;

/// What a dotted name is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ScopePath<'a> {
    Total,
    Queue(&'a str),
    Channel(&'a str),
    Group(&'a str),
    FollowUp(&'a str),
}

impl<'a> ScopePath<'a> {
    /// The first words of names.
    pub(super) const KINDS: [&'static str; 5] = ["total", "queues", "channels", "groups", "follow_ups"];

    /// Of what stands before the figure; `None` where it begins with another word.
    pub(super) fn parse(scope: &'a str) -> Option<ScopePath<'a>> {
        let (kind, name) = scope.split_once('.').unwrap_or((scope, ""));
        match kind {
            "total" if name.is_empty() => Some(ScopePath::Total),
            "queues" => Some(ScopePath::Queue(name)),
            "channels" => Some(ScopePath::Channel(name)),
            "groups" => Some(ScopePath::Group(name)),
            "follow_ups" => Some(ScopePath::FollowUp(name)),
            _ => None,
        }
    }
}

/// The scope and the figure of a dotted name.
pub(super) fn split(path: &str) -> (&str, Result<Figure, &str>) {
    let (scope, name) = path.rsplit_once('.').unwrap_or(("", path));
    (scope, Figure::named(name).ok_or(name))
}
