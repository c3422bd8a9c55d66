//! What matters most: each parameter alone, less and more of it, on the same customers as the file as written. The
//! picture of it is called a tornado.

use crate::figures::{Estimate, TargetResult};
use crate::scenario::{Levers, Scenario, Tornado};
use crate::vocabulary::{Lever, LeverKind, Position};

use super::compared::{Compared, ComparedFigure};
use super::sweep_about::QueueAbout;

/// One end of what a parameter is turned to.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// For a reader: `−10 %`, `1m`.
    pub said: String,
    /// What is laid over the file, `path=value`.
    pub settings: Vec<String>,
}

/// A parameter that is turned.
#[derive(Clone, Debug, PartialEq)]
pub struct Swing {
    /// `Volume`, or a dotted path.
    pub name: String,
    /// Less of it.
    pub low: End,
    /// More of it.
    pub high: End,
}

/// How a figure moves with each parameter.
#[derive(Clone, Debug, PartialEq)]
pub struct Sensitivity {
    /// What was turned.
    pub swings: Vec<Swing>,
    /// The file as written first, then the low and the high end of each.
    pub compared: Compared,
}

/// What a figure differs by from the file as written at both ends of a parameter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar<'s> {
    /// The parameter.
    pub swing: &'s Swing,
    /// The variant of its low end; its high end is the next one.
    pub variant: usize,
    /// At its low end; `None` without observations.
    pub low: Option<Estimate>,
    /// At its high end.
    pub high: Option<Estimate>,
}

impl Bar<'_> {
    /// The larger of the two differences.
    #[must_use]
    pub fn reach(&self) -> f64 {
        let size = |end: Option<Estimate>| end.map_or(0.0, |estimate| estimate.value.abs());
        size(self.low).max(size(self.high))
    }
}

impl Sensitivity {
    /// The parameters by how far they move a figure, the farthest first.
    #[must_use]
    pub fn ranked(&self, figure: &ComparedFigure) -> Vec<Bar<'_>> {
        let difference = |variant: usize| figure.variants.get(variant)?.difference;
        let bar = |(number, swing)| {
            let variant = 1 + 2 * number;
            Bar { swing, variant, low: difference(variant), high: difference(variant + 1) }
        };
        let mut bars: Vec<Bar<'_>> = self.swings.iter().enumerate().map(bar).collect();
        bars.sort_by(|one, other| other.reach().total_cmp(&one.reach()));
        bars
    }
}

/// What a file asks to be turned, as far as it has it.
#[must_use]
pub fn swings(levers: &Levers, asked: &Tornado) -> Vec<Swing> {
    let kinds = [
        ("Volume", LeverKind::Volume, asked.volume),
        ("Handle time", LeverKind::HandleTime, asked.handle_time),
        ("Patience", LeverKind::Patience, asked.patience),
        ("Agents", LeverKind::Agents, asked.agents),
        ("Shrinkage", LeverKind::Shrinkage, asked.shrinkage),
    ];
    let of_kinds = kinds.into_iter().map(|(name, kind, by)| Swing {
        name: name.to_owned(),
        low: end(levers, kind, 1.0 - by),
        high: end(levers, kind, 1.0 + by),
    });
    let of_paths = asked.settings.iter().map(|turned| {
        let end = |value: &String| End {
            said: value.trim_matches('"').to_owned(),
            settings: vec![format!("{}={value}", turned.path)],
        };
        Swing { name: turned.path.clone(), low: end(&turned.low), high: end(&turned.high) }
    });
    of_kinds.chain(of_paths).filter(|swing| swing.low.settings != swing.high.settings).collect()
}

/// So many times as much of everything of a kind.
fn end(levers: &Levers, kind: LeverKind, factor: f64) -> End {
    let of_kind: Vec<(usize, &Lever)> =
        levers.list().iter().enumerate().filter(|(_, lever)| lever.kind == kind).collect();
    let mut said = factor;
    let turns: Vec<(usize, Position)> = if kind == LeverKind::Agents {
        let (turns, became) = whole_agents(&of_kind, factor);
        said = became;
        turns
    } else {
        of_kind.iter().map(|(number, _)| (*number, Position::Factor(factor))).collect()
    };
    let settings = levers.turned(&turns).iter().map(|setting| setting.line().to_owned()).collect();
    let percent = libm::round((said - 1.0) * 1000.0) / 10.0;
    let sign = if percent < 0.0 { "−" } else { "+" };
    End { said: format!("{sign}{} %", percent.abs()), settings }
}

/// So many times as many agents, in whole ones: what a shift's rounding leaves over goes to the next shift of its group.
/// Gives the factor that all of them together came to.
fn whole_agents(of_kind: &[(usize, &Lever)], factor: f64) -> (Vec<(usize, Position)>, f64) {
    let mut turns = Vec::new();
    let (mut before, mut after) = (0.0, 0.0);
    let (mut group, mut left) = ("", 0.0);
    for (number, lever) in of_kind {
        let Position::Agents(agents) = lever.position else { continue };
        if lever.of != group {
            (group, left) = (&lever.of, 0.0);
        }
        let wanted = f64::from(agents) * factor + left;
        let whole = libm::round(wanted).max(0.0);
        left = wanted - whole;
        before += f64::from(agents);
        after += whole;
        turns.push((*number, Position::Agents(whole as u32)));
    }
    (turns, if before > 0.0 { after / before } else { 1.0 })
}

/// What is watched where nobody said: of the total where that says something, else of each queue.
#[must_use]
pub fn watched(scenario: &Scenario) -> Vec<String> {
    let queues = QueueAbout::all(scenario);
    let targets: Vec<&TargetResult> = queues.iter().filter_map(|queue| queue.answer.as_ref()).collect();
    if !targets.is_empty() && TargetResult::are_alike(targets) {
        return ["service_level", "wait", "abandonment"].map(|name| format!("total.{name}")).to_vec();
    }
    let queues = scenario.queues.iter();
    let levels = queues.map(|queue| match queue.answer {
        Some(_) => format!("queues.{}.service_level", queue.name),
        None => format!("queues.{}.wait", queue.name),
    });
    levels.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Written;

    const CENTRE: &str = "[horizon]\nstart = 2026-03-02\n[queues.a]\ntalk = { mean = \"4m\" }\n\
        arrivals.per_hour = 10\n[groups.g]\nskills = [\"a\"]\nshrinkage = { absence = 0.1 }\n\
        shifts.early = { agents = 4, start = \"08:00\", length = \"8h\" }\n\
        shifts.late = { agents = 7, start = \"10:00\", length = \"8h\" }\n\
        shifts.night = { agents = 5, start = \"20:00\", length = \"8h\" }\n\
        [tornado]\nvolume = 0.2\nsettings.\"queues.a.priority\" = [1, 2]\n";

    #[test]
    fn swings_are_what_the_file_says_as_far_as_it_has_it() {
        let written = Written::of_text("centre.toml", CENTRE);
        let scenario = written.with(&[]).unwrap().scenario;
        let swings = swings(&written.levers(&[]), &scenario.tornado);
        let said: Vec<(&str, &str, &str)> = swings
            .iter()
            .map(|swing| (swing.name.as_str(), swing.low.said.as_str(), swing.high.said.as_str()))
            .collect();
        assert_eq!(
            said,
            [
                ("Volume", "−20 %", "+20 %"),
                ("Handle time", "−10 %", "+10 %"),
                ("Agents", "−12.5 %", "+12.5 %"),
                ("Shrinkage", "−10 %", "+10 %"),
                ("queues.a.priority", "1", "2"),
            ]
        );
        // 3.6, 6.3 and 4.5 in whole agents: 4, 6 (of 5.9) and 4 (of 4.4).
        let agents: Vec<&str> = swings[2].low.settings.iter().map(String::as_str).collect();
        assert_eq!(agents, ["groups.g.shifts.late.agents=6", "groups.g.shifts.night.agents=4"]);
        assert_eq!(swings[4].high.settings, ["queues.a.priority=2"]);
    }
}
