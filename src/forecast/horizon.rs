//! The days to come.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::acd::Fault;
use crate::estimate::{PastDay, Scatter, in_common};
use crate::units::Span;

use super::back_test::{BackTest, back_test};
use super::band::Band;
use super::calendar::Holidays;
use super::history::History;
use super::model::{Model, Timeline};
use super::today::{Rest, rest_of_day};

/// How far a forecast reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Until {
    /// So many dates after the last.
    Days(u32),
    /// Up to this date.
    Date(Date),
}

/// The farthest that is forecast, in dates.
const FARTHEST: usize = 400;

/// A day to come.
#[derive(Clone, Debug, PartialEq)]
pub struct DayAhead {
    /// Its date.
    pub date: Date,
    /// The holiday that it is.
    pub holiday: Option<String>,
    /// The whole day.
    pub total: Band,
    /// By interval.
    pub slots: Vec<Band>,
}

/// What is to come of one queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Forecast {
    /// As the file calls it; empty where it is about one queue alone.
    pub queue: String,
    /// How long an interval lasts.
    pub step: Span,
    /// The number of the first interval of a day, from midnight.
    pub first: usize,
    /// The first and the last day of the history, and how many have contacts.
    pub learnt: (Date, Date, usize),
    /// Days on which contacts can come.
    pub days: Vec<DayAhead>,
    /// How good forecasts of past days were.
    pub test: BackTest,
    /// Of the first day, where it has begun: how its rest was forecast.
    pub rest: Option<Rest>,
    /// What was left out of the history, and why.
    pub notes: Vec<String>,
}

impl Forecast {
    /// How far days and their intervals lie from their forecasts: from a week's plan, where the history tells it.
    #[must_use]
    pub fn scatter(&self) -> Scatter {
        Scatter::of(self.around(), self.step.seconds() / 3600.0)
    }

    /// Past days beside what was expected of them.
    fn around(&self) -> &[PastDay] {
        let BackTest { week, around: (day_ahead, week_ahead), .. } = &self.test;
        if week.days > 0 && self.days.len() > 1 { week_ahead } else { day_ahead }
    }
}

/// How far the days of each queue follow what the days of all have in common: the correlation that `shared` factors have; 0 where
/// chance explains it.
#[must_use]
pub fn shared(forecasts: &[Forecast]) -> Vec<f64> {
    let days: Vec<&[PastDay]> = forecasts.iter().map(|one| one.around()).collect();
    in_common(&days)
}

/// What is to come after a history.
///
/// # Errors
/// Where nothing is to come, or it is asked for too far ahead.
pub fn forecast(history: &History, until: Until, holidays: &Holidays) -> Result<Forecast, Fault> {
    let (Some(from), Some(to)) = (history.days.first(), history.days.last()) else {
        return Err(Fault::new("there are no days to learn from".to_owned(), "give a longer history"));
    };
    let last = match until {
        Until::Days(days) => to.date.saturating_add(i64::from(days.min(10_000)).days()),
        Until::Date(date) if date <= to.date => {
            return Err(Fault::new(
                format!("the history reaches to {}, and {date} is not after it", to.date),
                "give a later date with `--until`, or a number of days with `--days`",
            ));
        }
        Until::Date(date) => date,
    };
    let count = (last - to.date).get_days().max(0).unsigned_abs() as usize;
    if count > FARTHEST {
        return Err(Fault::new(
            format!("{last} is more than {FARTHEST} days after the history's last day, {}", to.date),
            "no history tells so much; ask for fewer days",
        ));
    }
    let timeline = Timeline::new(history, holidays, last);
    let (test, errors) = back_test(&timeline);
    let model = Model::after(&timeline, history.days.len());
    let past = history.days.len();
    let ahead = model.ahead(timeline.steps.len() - 1);
    let mut days: Vec<DayAhead> = ahead
        .iter()
        .map(|day| {
            let step = &timeline.steps[day.index];
            let (slots, total) = errors.bands(day, day.index + 1 - past);
            DayAhead { date: step.known.date, holiday: step.holiday.map(str::to_owned), total, slots }
        })
        .collect();
    if days.is_empty() {
        return Err(Fault::new(
            format!("no day up to {last} is one on which contacts come"),
            "ask for more days with `--days`",
        ));
    }
    let mut rest = None;
    if let Some(today) = &history.today {
        let Some(day) = days.first_mut().filter(|day| day.date == today.date) else {
            return Err(Fault::new(
                format!(
                    "{} is not a day on which contacts come, so that its rest cannot be forecast",
                    today.date
                ),
                "leave out `--seen-until`, or the `--holiday` that closes the day",
            ));
        };
        let (found, slots, total) = rest_of_day(&errors.made, &ahead[0].slots, &today.seen);
        (day.slots, day.total, rest) = (slots, total, Some(found));
    }
    let seen = history.days.iter().filter(|day| day.counts().is_some()).count();
    Ok(Forecast {
        queue: history.queue.clone(),
        step: history.step,
        first: history.first,
        learnt: (from.date, to.date, seen),
        days,
        test,
        rest,
        notes: history.notes.clone(),
    })
}
