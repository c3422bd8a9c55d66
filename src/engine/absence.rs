//! Who of a shift is absent: each by its chance, and so many of a group while an event lasts.

use crate::model::{Absent, Group, Model};
use crate::random::{Key, unit};
use crate::units::Span;

/// Those of a group whose shifts begin on one day.
pub(super) struct Roll<'a> {
    pub(super) model: &'a Model,
    pub(super) group: &'a Group,
    /// The replication's name.
    pub(super) key: Key,
    pub(super) day: i64,
    /// What the usual chance of absence is times on that day.
    factor: f64,
}

impl<'a> Roll<'a> {
    /// A bad day is one for all groups whose absence varies.
    pub(super) fn new(model: &'a Model, group: &'a Group, key: Key, day: i64) -> Roll<'a> {
        let name = key.named("absence of the day").child(model.calendar.day_name(day));
        let factor = group.absence_varies.as_ref().map_or(1.0, |gamma| gamma.quantile(unit(name.value())));
        Roll { model, group, key, day, factor }
    }

    /// How late an agent begins its shift, if it does.
    pub(super) fn late(&self, shift: usize, number: u32) -> Option<Span> {
        let (share, by) = self.group.lateness.as_ref()?;
        let today = self.today(shift, number);
        let is_late = unit(today.named("late").value()) < *share;
        is_late.then(|| Span::from_seconds(by.draw_seconds(today.named("late by").value())))
    }
    /// The name of what befalls an agent on that day.
    pub(super) fn today(&self, shift: usize, number: u32) -> Key {
        let shift = &self.group.shifts[shift].name;
        let agent = self.key.named("shift").named(&self.group.name).named(shift).child(u64::from(number));
        agent.child(self.model.calendar.day_name(self.day))
    }

    /// When a shift begins, microseconds since the start of the reported time.
    pub(super) fn start(&self, shift: usize) -> i64 {
        self.group.starts(shift, self.day)
    }

    fn weekday(&self) -> usize {
        self.model.calendar.weekday(self.day).index()
    }

    /// Which of the agents who work a shift on that day are absent, by their numbers.
    pub(super) fn absent(&self, shift: usize) -> Vec<bool> {
        let heads = self.group.shifts[shift].heads[self.weekday()];
        let mut absent: Vec<bool> = (0..heads).map(|number| self.by_chance(shift, number)).collect();
        for number in self.by_events(shift) {
            absent[number as usize] = true;
        }
        absent
    }

    /// Whether the usual chance, or that of an event, keeps an agent away.
    fn by_chance(&self, shift: usize, number: u32) -> bool {
        let chance = self.group.chance_of_absence(shift, self.start(shift), self.factor);
        unit(self.today(shift, number).named("absence").value()) < chance
    }

    /// Who of a shift is among the so many whom events keep away. Of all who would come on that day, they are those
    /// with the lowest draws, and a person's draw is the same as long as the event lasts.
    fn by_events(&self, shift: usize) -> Vec<u32> {
        let mut away: Vec<(usize, u32)> = Vec::new();
        for absence in &self.group.absences {
            let Absent::Agents(fewer) = absence.who else { continue };
            if !absence.covers(self.start(shift)) {
                continue;
            }
            let name = self.key.named("event").named(&self.group.name).named(&absence.name);
            let weekday = self.weekday();
            let mut come: Vec<(u64, usize, u32)> = Vec::new();
            for (which, other) in self.group.shifts.iter().enumerate() {
                if !other.works(self.day, weekday) || !absence.covers(self.start(which)) {
                    continue;
                }
                let of_shift = name.named(&other.name);
                let there = (0..other.heads[weekday])
                    .filter(|number| !away.contains(&(which, *number)) && !self.by_chance(which, *number));
                come.extend(there.map(|number| (of_shift.child(u64::from(number)).value(), which, number)));
            }
            come.sort_unstable();
            away.extend(come.iter().take(fewer as usize).map(|(_, which, number)| (*which, *number)));
        }
        away.into_iter().filter(|(which, _)| *which == shift).map(|(_, number)| number).collect()
    }
}
