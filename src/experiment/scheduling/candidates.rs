//! The shifts that the templates allow, and when their agents are on contacts.

use crate::scenario::{Blocks, BreakWindow, Group, Pay, Template};
use crate::units::{Span, TimeOfDay};

use super::demand::WEEK;

/// More shifts than these are a mistake of the steps, and nothing that a program should have to choose from.
pub(super) const MOST: usize = 200_000;

/// A start, a length and a place for every break.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Candidate {
    pub(super) template: usize,
    pub(super) start: TimeOfDay,
    pub(super) length: Span,
    /// When each of the template's breaks begins, since the shift's start.
    pub(super) breaks: Vec<Span>,
}

/// All of them; `None` where there are too many.
pub(super) fn candidates(templates: &[Template]) -> Option<Vec<Candidate>> {
    let mut all = Vec::new();
    for (number, template) in templates.iter().enumerate() {
        for start in template.starts() {
            for length in &template.lengths {
                let mut places: Vec<Vec<Span>> = vec![Vec::new()];
                for pause in &template.breaks {
                    let beginnings: Vec<Span> = pause.beginnings(start, *length).collect();
                    let longer = |breaks: &Vec<Span>| {
                        let with = |at: &Span| [breaks.as_slice(), &[*at]].concat();
                        beginnings.iter().map(with).collect::<Vec<_>>()
                    };
                    places = places.iter().flat_map(longer).collect();
                    places.retain(|breaks| apart(breaks, template));
                    if all.len() + places.len() > MOST {
                        return None;
                    }
                }
                let of = |breaks| Candidate { template: number, start, length: *length, breaks };
                all.extend(places.into_iter().map(of));
                if all.len() > MOST {
                    return None;
                }
            }
        }
    }
    Some(all)
}

/// Whether the breaks so far do not run into each other.
fn apart(breaks: &[Span], template: &Template) -> bool {
    let Some((&new, before)) = breaks.split_last() else { return true };
    let length = template.breaks[before.len()].length;
    before.iter().zip(&template.breaks).all(|(at, pause)| new + length <= *at || *at + pause.length <= new)
}

impl Candidate {
    /// The times on contacts, since the shift's start.
    pub(super) fn on_contacts(&self, template: &Template) -> Vec<(Span, Span)> {
        let mut breaks: Vec<(Span, Span)> =
            self.breaks.iter().zip(&template.breaks).map(|(at, pause)| (*at, *at + pause.length)).collect();
        breaks.sort_unstable();
        let mut from = Span::ZERO;
        let mut times = Vec::new();
        for (begins, ends) in breaks.into_iter().chain([(self.length, self.length)]) {
            if from < begins {
                times.push((from, begins));
            }
            from = ends;
        }
        times
    }

    /// The slots of a week in which it has an agent on contacts, where it starts on this weekday.
    pub(super) fn covers(&self, template: &Template, weekday: usize, slot: Span) -> Vec<usize> {
        let start = weekday as u64 * Span::DAY.micros() + self.start.span().micros();
        let mut slots = Vec::new();
        for (from, to) in self.on_contacts(template) {
            let first = (start + from.micros()) / slot.micros();
            let past = (start + to.micros()) / slot.micros();
            slots.extend((first..past).map(|slot_number| (slot_number % (WEEK / slot.micros())) as usize));
        }
        slots
    }

    /// Paid hours.
    pub(super) fn paid(&self, template: &Template) -> f64 {
        let unpaid = template.breaks.iter().filter(|pause| !pause.paid);
        self.length.saturating_sub(unpaid.fold(Span::ZERO, |sum, pause| sum + pause.length)).hours()
    }

    /// What its paid hours come to above the usual ones where it starts on this weekday, in usual hours; looked at in
    /// steps of `slot`.
    pub(super) fn premium(&self, template: &Template, pay: &Pay, weekday: usize, slot: Span) -> f64 {
        if pay.premiums.is_empty() {
            return 0.0;
        }
        let unpaid = |at: Span| {
            let breaks = self.breaks.iter().zip(&template.breaks);
            breaks.into_iter().any(|(from, pause)| !pause.paid && (*from..*from + pause.length).contains(&at))
        };
        let above = |number: u64| {
            let at = self.start.span() + slot * number;
            let day = (weekday + (at.micros() / Span::DAY.micros()) as usize) % 7;
            pay.above(day, Span::from_micros(at.micros() % Span::DAY.micros()))
        };
        let slots = self.length.micros() / slot.micros();
        (0..slots).filter(|number| !unpaid(slot * *number)).map(|number| above(number) * slot.hours()).sum()
    }

    /// How much of an agent on contacts a rostered one is between its breaks: absence and random blocks taken off.
    pub(super) fn presence(&self, template: &Template, group: &Group) -> f64 {
        let resting = template.breaks.iter().fold(Span::ZERO, |sum, pause| sum + pause.length);
        let paid_breaks: f64 = template.breaks.iter().filter(|b| b.paid).map(|b| b.length.hours()).sum();
        let paid = self.paid(template);
        let blocks = match group.shrinkage.blocks {
            Blocks::Share(share) => share * paid,
            Blocks::UpTo(share) => (share * paid - paid_breaks).max(0.0),
        };
        let working = self.length.saturating_sub(resting).hours();
        (1.0 - group.shrinkage.absence) * (1.0 - blocks / working).max(0.0)
    }
}

/// The longest step in which every shift begins, rests and ends, and every interval begins.
pub(super) fn slot(templates: &[Template], interval: Span) -> Span {
    let mut step = interval.micros();
    let mut fit = |span: Span| step = gcd(step, span.micros());
    for template in templates {
        fit(template.start.0.span());
        if template.start.1 > template.start.0 {
            fit(template.every);
        }
        template.lengths.iter().for_each(|length| fit(*length));
        for pause in &template.breaks {
            fit(pause.length);
            match pause.window {
                BreakWindow::After { after, spread } => {
                    fit(after);
                    if spread > Span::ZERO {
                        fit(pause.every);
                    }
                }
                BreakWindow::Between(from, to) => {
                    fit(from.span());
                    if to.span().saturating_sub(from.span()) > pause.length {
                        fit(pause.every);
                    }
                }
            }
        }
    }
    Span::from_micros(step)
}

fn gcd(one: u64, other: u64) -> u64 {
    if other == 0 { one } else { gcd(other, one % other) }
}
