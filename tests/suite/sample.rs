//! Made-up results of a believable centre, for tests of what is made from results: nothing here
//! was simulated, but shapes and sizes are those of a week in half-hours.

use holdline::figures::{
    CaseOutcomes, Estimate, Figure, Figures, Flow, GroupResult, Journey, JourneyEnd, JourneyResults,
    JourneyStep, KindResult, Place, Plan, Results, Ribbon, Row, ScopeKind, ScopeResult, TargetResult,
};
use holdline::model::ChannelKind;
use holdline::units::{Calendar, Span};
use holdline::vocabulary::ServiceLevelFormula;
use jiff::civil::Date;

/// Half-hours of a week.
const ROWS: usize = 336;

/// What a made-up queue looks like.
struct Sketch {
    name: &'static str,
    channel: &'static str,
    /// Offered in a weekday's busiest half-hour.
    peak: f64,
    /// Mean talk plus wrap-up in seconds.
    handle: f64,
    /// How well it is staffed: 1 is just right.
    staffing: f64,
    weekend: bool,
}

const SKETCHES: [Sketch; 4] = [
    Sketch { name: "billing", channel: "phone", peak: 92.0, handle: 300.0, staffing: 0.82, weekend: true },
    Sketch { name: "technical", channel: "phone", peak: 41.0, handle: 520.0, staffing: 0.89, weekend: false },
    Sketch { name: "sales", channel: "phone", peak: 33.0, handle: 410.0, staffing: 1.2, weekend: true },
    Sketch { name: "video", channel: "video", peak: 6.0, handle: 700.0, staffing: 1.05, weekend: false },
];

fn estimate(value: f64, relative: f64) -> Estimate {
    Estimate { value, half_width: Some(value * relative) }
}

/// The shape of a weekday: closed at night, a peak before and a smaller one after lunch.
fn shape(half_hour: usize) -> f64 {
    let hour = half_hour as f64 / 2.0;
    if !(8.0..20.0).contains(&hour) {
        return 0.0;
    }
    let bump = |at: f64, width: f64| (-((hour - at) / width).powi(2)).exp();
    (0.25 + 0.75 * bump(10.5, 1.8) + 0.45 * bump(15.0, 2.2)).min(1.0)
}

/// Monday is busiest, Saturday short, Sunday closed.
fn weekday_factor(day: usize, weekend: bool) -> f64 {
    match day {
        0 => 1.3,
        4 => 1.1,
        5 if weekend => 0.6,
        5 | 6 => 0.0,
        _ => 1.0,
    }
}

fn label(start: Span) -> String {
    let minutes = start.micros() / 60_000_000;
    format!("2026-03-{:02}T{:02}:{:02}", 2 + minutes / 1440, minutes / 60 % 24, minutes % 60)
}

/// The rows of one queue.
fn rows(sketch: &Sketch) -> Vec<Row> {
    let length = Span::HOUR;
    let half = Span::from_micros(length.micros() / 2);
    (0..ROWS)
        .map(|i| {
            let offered = sketch.peak * shape(i % 48) * weekday_factor(i / 48, sketch.weekend);
            let start = half * i as u64;
            if offered <= 0.0 {
                let figures = Figures(vec![(Figure::Offered, estimate(0.0, 0.0))]);
                return Row { start, length: half, label: label(start), figures, ribbons: Vec::new() };
            }
            let load = offered * sketch.handle / 1800.0;
            let staff = sketch.peak * sketch.handle / 1800.0
                * if (18..34).contains(&(i % 48)) { 1.02 } else { 0.55 }
                * sketch.staffing;
            let pressure = load / staff.max(0.1);
            let level = (1.0 / (1.0 + (9.0 * (pressure - 1.05)).exp())).clamp(0.02, 0.995);
            let wait = 12.0 + 260.0 * pressure.powi(6) * 0.5;
            let short = ((pressure - 0.93) * staff).max(0.0).ceil();
            let waiting = offered * wait / 1800.0;
            Row {
                start,
                length: half,
                label: label(start),
                figures: Figures(vec![
                    (Figure::Offered, estimate(offered, 0.012)),
                    (Figure::ServiceLevel, estimate(level, 0.02)),
                    (Figure::Wait, estimate(wait, 0.05)),
                    (Figure::WaitAnswered, estimate(wait * 0.96, 0.05)),
                    (Figure::WaitP50, estimate(wait * 0.6, 0.06)),
                    (Figure::WaitP90, estimate(wait * 2.4, 0.07)),
                    (Figure::Abandonment, estimate((wait / 1500.0).min(0.6), 0.06)),
                    (Figure::Aht, estimate(sketch.handle, 0.01)),
                    (Figure::QueueLength, estimate(waiting, 0.05)),
                    (Figure::Load, estimate(load, 0.012)),
                    (Figure::Busy, estimate(load.min(staff), 0.012)),
                    (Figure::AgentsShort, estimate(short, 0.0)),
                ]),
                ribbons: vec![
                    (Figure::ServiceLevel, Ribbon { p10: level * 0.75, p90: (level * 1.2).min(1.0) }),
                    (Figure::Wait, Ribbon { p10: wait * 0.4, p90: wait * 1.9 }),
                    (Figure::WaitP90, Ribbon { p10: wait * 1.1, p90: wait * 4.1 }),
                    (Figure::QueueLength, Ribbon { p10: waiting * 0.2, p90: waiting * 2.3 }),
                    (Figure::Load, Ribbon { p10: load * 0.85, p90: load * 1.16 }),
                ],
            }
        })
        .collect()
}

/// The mean of the rows' figures over each day, weighed by what was offered.
fn days(rows: &[Row]) -> Vec<Row> {
    rows.chunks(48)
        .enumerate()
        .map(|(day, rows)| {
            let offered: f64 = rows.iter().filter_map(|row| row.figures.value(Figure::Offered)).sum();
            let mut figures = vec![(Figure::Offered, estimate(offered, 0.006))];
            if offered > 0.0 {
                for figure in [Figure::ServiceLevel, Figure::Wait, Figure::Abandonment] {
                    let sum: f64 = rows
                        .iter()
                        .filter_map(|r| Some(r.figures.value(figure)? * r.figures.value(Figure::Offered)?))
                        .sum();
                    figures.push((figure, estimate(sum / offered, 0.01)));
                }
            }
            Row {
                start: Span::DAY * day as u64,
                length: Span::DAY,
                label: format!("2026-03-{:02}", 2 + day),
                figures: Figures(figures),
                ribbons: Vec::new(),
            }
        })
        .collect()
}

/// Figures over the whole week, from the days and some ratios.
fn whole(days: &[Row], handle: f64) -> Figures {
    let total = |figure| -> f64 {
        days.iter()
            .filter_map(|d| Some(d.figures.value(figure)? * d.figures.value(Figure::Offered)?))
            .sum::<f64>()
    };
    let offered: f64 = days.iter().filter_map(|d| d.figures.value(Figure::Offered)).sum();
    let (level, wait, abandonment) = (
        total(Figure::ServiceLevel) / offered,
        total(Figure::Wait) / offered,
        total(Figure::Abandonment) / offered,
    );
    let cases = offered * 0.81;
    Figures(vec![
        (Figure::Offered, estimate(offered, 0.003)),
        (Figure::Answered, estimate(offered * (1.0 - abandonment), 0.003)),
        (Figure::Abandoned, estimate(offered * abandonment, 0.02)),
        (Figure::ServiceLevel, estimate(level, 0.005)),
        (Figure::Delayed, estimate(0.52, 0.006)),
        (Figure::Wait, estimate(wait, 0.015)),
        (Figure::WaitAnswered, estimate(wait * 0.94, 0.015)),
        (Figure::WaitAbandoned, estimate(wait * 1.5, 0.02)),
        (Figure::WaitP50, estimate(wait * 0.45, 0.02)),
        (Figure::WaitP80, estimate(wait * 1.6, 0.02)),
        (Figure::WaitP90, estimate(wait * 2.3, 0.02)),
        (Figure::WaitP95, estimate(wait * 3.1, 0.02)),
        (Figure::WaitP99, estimate(wait * 5.5, 0.03)),
        (Figure::Abandonment, estimate(abandonment, 0.02)),
        (Figure::Aht, estimate(handle, 0.002)),
        (Figure::Talk, estimate(handle * 0.85, 0.002)),
        (Figure::WrapUp, estimate(handle * 0.15, 0.002)),
        (Figure::QueueLength, estimate(offered * wait / 604_800.0, 0.02)),
        (Figure::Load, estimate(offered * handle / 604_800.0, 0.003)),
        (Figure::Cases, estimate(cases, 0.003)),
        (Figure::CasesSolvedFirst, estimate(0.711, 0.002)),
        (Figure::CasesSolvedLater, estimate(0.148, 0.006)),
        (Figure::CasesLost, estimate(0.122, 0.008)),
        (Figure::CasesOpen, estimate(0.019, 0.02)),
        (Figure::Fcr, estimate(0.742, 0.002)),
        (Figure::FcrMeasured, estimate(0.801, 0.002)),
        (Figure::Resolution, estimate(0.876, 0.001)),
        (Figure::TimeToResolution, estimate(19_500.0, 0.01)),
        (Figure::ContactsPerCase, estimate(1.31, 0.002)),
        (Figure::LegsPerCase, estimate(1.18, 0.002)),
    ])
}

fn outcomes() -> CaseOutcomes {
    let times: Vec<f64> = (0..90).map(|i| 20.0 * 1.155f64.powi(i)).take_while(|t| *t < 604_800.0).collect();
    let solved = |t: f64| 0.711 * (1.0 - (-t / 420.0).exp()) + 0.148 * (1.0 - (-t / 90_000.0).exp());
    let lost = |t: f64| 0.06 * (1.0 - (-t / 200.0).exp()) + 0.062 * (1.0 - (-t / 50_000.0).exp());
    CaseOutcomes {
        solved_by: times.iter().map(|&t| (t, solved(t))).collect(),
        lost_by: times.iter().map(|&t| (t, lost(t))).collect(),
        lost_why: vec![("abandoned", 0.071), ("unsolved", 0.045), ("blocked", 0.006)],
    }
}

fn tail(mean: f64) -> Vec<(f64, f64)> {
    (0..120).map(|i| i as f64 * mean / 12.0).map(|t| (t, 0.52 * (-t / (mean * 1.9)).exp())).collect()
}

fn answer_target(days: &[Row], share: f64, within: &str, seconds: f64) -> TargetResult {
    let open: Vec<f64> = days.iter().filter_map(|day| day.figures.value(Figure::ServiceLevel)).collect();
    TargetResult {
        figure: Figure::ServiceLevel,
        share,
        within: Some(within.to_owned()),
        within_seconds: Some(seconds),
        response: false,
        open_hours: false,
        formula: Some(ServiceLevelFormula::AnsweredOfOffered),
        short: None,
        days_met: Some(
            open.iter().filter(|level| **level >= share).count() as f64 / open.len().max(1) as f64,
        ),
        missed_by_weekday: Vec::new(),
    }
}

fn queue(sketch: &Sketch) -> ScopeResult {
    let rows = rows(sketch);
    let days = days(&rows);
    let figures = whole(&days, sketch.handle);
    let wait = figures.value(Figure::Wait).unwrap_or(0.0);
    let mut targets = Vec::new();
    if sketch.name != "video" {
        targets.push(answer_target(&days, 0.8, "20s", 20.0));
    }
    if sketch.name == "billing" {
        targets.push(TargetResult {
            figure: Figure::Abandonment,
            share: 0.05,
            within: None,
            within_seconds: None,
            response: false,
            open_hours: false,
            formula: None,
            short: None,
            days_met: Some(0.4),
            missed_by_weekday: Vec::new(),
        });
    }
    let part = |share: f64, kind| KindResult {
        kind,
        figures: Figures(vec![
            (Figure::Offered, estimate(share * figures.value(Figure::Offered).unwrap_or(0.0), 0.01)),
            (Figure::Wait, estimate(wait, 0.02)),
        ]),
    };
    ScopeResult {
        name: sketch.name.to_owned(),
        kind: ScopeKind::Queue,
        channel: Some(sketch.channel.to_owned()),
        travels: Some(ChannelKind::Voice),
        by_kind: vec![part(0.8, "first"), part(0.15, "retry"), part(0.05, "repeat")],
        rows,
        days,
        backlog: None,
        wait_tail: tail(wait),
        outcomes: outcomes(),
        targets,
        figures,
    }
}

/// Adds the queues up; means and shares are weighed by what was offered.
fn pooled(name: &str, kind: ScopeKind, queues: &[&ScopeResult], with_rows: bool) -> ScopeResult {
    let weighed = |many: &[&Figures]| {
        let weight = |f: &Figures| f.value(Figure::Offered).unwrap_or(0.0);
        let present: Vec<Figure> =
            Figure::ALL.iter().copied().filter(|f| many.iter().any(|m| m.get(*f).is_some())).collect();
        Figures(
            present
                .into_iter()
                .map(|figure| {
                    let adds = matches!(
                        figure,
                        Figure::Offered
                            | Figure::Answered
                            | Figure::Abandoned
                            | Figure::QueueLength
                            | Figure::Load
                            | Figure::Busy
                            | Figure::AgentsShort
                            | Figure::Cases
                    );
                    let with: Vec<&&Figures> = many.iter().filter(|m| m.get(figure).is_some()).collect();
                    let sum: f64 = with
                        .iter()
                        .map(|m| m.value(figure).unwrap_or(0.0) * if adds { 1.0 } else { weight(m) })
                        .sum();
                    let over: f64 = if adds { 1.0 } else { with.iter().map(|m| weight(m)).sum() };
                    (figure, estimate(sum / over.max(1e-9), 0.008))
                })
                .collect(),
        )
    };
    let fold = |rows: &dyn Fn(&ScopeResult) -> &Vec<Row>| -> Vec<Row> {
        if !with_rows {
            return Vec::new();
        }
        rows(queues[0])
            .iter()
            .enumerate()
            .map(|(i, row)| {
                let parts: Vec<&Figures> = queues.iter().map(|q| &rows(q)[i].figures).collect();
                let figures = weighed(&parts);
                let ribbons = [Figure::ServiceLevel, Figure::Wait, Figure::QueueLength, Figure::Load]
                    .into_iter()
                    .filter_map(|f| {
                        figures
                            .value(f)
                            .map(|v| (f, Ribbon { p10: v * 0.8, p90: if v <= 1.0 { v } else { v * 1.2 } }))
                    })
                    .collect();
                Row { figures, ribbons, ..row.clone() }
            })
            .collect()
    };
    let figures = weighed(&queues.iter().map(|q| &q.figures).collect::<Vec<_>>());
    ScopeResult {
        name: name.to_owned(),
        kind,
        channel: None,
        travels: None,
        by_kind: Vec::new(),
        rows: fold(&|q| &q.rows),
        days: fold(&|q| &q.days),
        backlog: None,
        wait_tail: tail(figures.value(Figure::Wait).unwrap_or(0.0)),
        outcomes: outcomes(),
        targets: Vec::new(),
        figures,
    }
}

fn group(name: &str, site: Option<&str>, heads: f64) -> GroupResult {
    let half = Span::from_micros(Span::HOUR.micros() / 2);
    let rows = (0..ROWS)
        .map(|i| {
            let open = shape(i % 48) > 0.0 && i / 48 < 6;
            let start = half * i as u64;
            let mut figures = Vec::new();
            if open {
                let scheduled = (heads * (0.5 + 0.5 * shape(i % 48))).round();
                let busy = (heads * shape(i % 48) * weekday_factor(i / 48, true) * 0.9).min(scheduled * 0.88);
                figures = vec![
                    (Figure::Busy, estimate(busy, 0.01)),
                    (Figure::OnDuty, estimate(scheduled * 0.91, 0.01)),
                    (Figure::Scheduled, estimate(scheduled, 0.0)),
                    (Figure::Occupancy, estimate(busy / (scheduled * 0.91), 0.01)),
                ];
            }
            let ribbons = figures
                .iter()
                .filter(|(f, _)| *f == Figure::Occupancy)
                .map(|(f, e)| (*f, Ribbon { p10: e.value * 0.85, p90: (e.value * 1.12).min(1.0) }))
                .collect();
            Row { start, length: half, label: label(start), figures: Figures(figures), ribbons }
        })
        .collect();
    GroupResult {
        name: name.to_owned(),
        site: site.map(str::to_owned),
        figures: Figures(vec![
            (Figure::OnDuty, estimate(heads * 0.31, 0.002)),
            (Figure::Scheduled, estimate(heads * 0.33, 0.0)),
            (Figure::Occupancy, estimate(0.781, 0.004)),
            (Figure::Utilisation, estimate(0.58, 0.004)),
            (Figure::Shrinkage, estimate(0.27, 0.01)),
            (Figure::PaidHours, estimate(heads * 40.0, 0.001)),
            (Figure::Overtime, estimate(heads * 0.2, 0.08)),
            (Figure::Cost, estimate(heads * 40.0 * 17.75, 0.001)),
        ]),
        rows,
        max_occupancy: None,
        agents: (0..heads as usize).map(|agent| 0.78 + 0.004 * (agent % 9) as f64).collect(),
    }
}

/// A week of half-hours: four queues on two channels, two groups.
pub fn week() -> Results {
    let queues: Vec<ScopeResult> = SKETCHES.iter().map(queue).collect();
    let on = |channel: &str| -> Vec<&ScopeResult> {
        queues.iter().filter(|q| q.channel.as_deref() == Some(channel)).collect()
    };
    let channels = ["phone", "video"].map(|c| pooled(c, ScopeKind::Channel, &on(c), false)).to_vec();
    let mut total = pooled("total", ScopeKind::Total, &queues.iter().collect::<Vec<_>>(), true);
    total.figures.0.push((Figure::CostPerContact, estimate(4.31, 0.003)));
    total.figures.0.push((Figure::CostPerSolved, estimate(6.12, 0.004)));
    Results {
        title: "Retail service desk, one week".to_owned(),
        seed: 7,
        replications: 200,
        asked: 200,
        confidence: 0.95,
        calendar: Calendar::new(Some(Date::constant(2026, 3, 2)), Span::ZERO),
        length: Span::DAY * 7,
        interval: Span::from_micros(Span::HOUR.micros() / 2),
        folded: false,
        total,
        channels,
        queues,
        follow_ups: Vec::new(),
        groups: vec![group("generalists", Some("lyon"), 34.0), group("technicians", None, 15.0)],
        all_groups: group("total", None, 49.0),
        plan: Plan::default(),
        journeys: JourneyResults::default(),
        trace: None,
        even_days_gain: None,
        notes: Vec::new(),
    }
}

/// Journeys through so many places with long names, up to six steps long, to all ends.
pub fn journeys(places: usize) -> JourneyResults {
    let place = |number: usize| Place {
        queue: format!("complaints-of-the-northern-and-western-regions-{number}"),
        channel: "phone".to_owned(),
        self_service: number.is_multiple_of(3),
    };
    let flow = |number: usize| Flow {
        places: (0..number % 7).map(|step| (number * (step + 3) + step * step) % places).take(4).collect(),
        longer: number % 7 > 4,
        end: JourneyEnd::ALL[number % 5 % 4],
        // A few make the most of it.
        share: 0.99 * 0.98f64.powi(number as i32) * 0.02 / (1.0 - 0.98f64.powi(400)),
    };
    let journey = |rank: usize| Journey {
        steps: vec![JourneyStep { queue: place(rank).queue, ended: "transferred" }; rank],
        end: JourneyEnd::ALL[rank % 4],
        share: estimate(0.1 / (1.0 + rank as f64), 0.05),
        mean_time: 60.0 * 7f64.powi(rank as i32 % 5),
    };
    JourneyResults {
        cases: 51_234.25,
        most_frequent: (0..10).map(journey).collect(),
        places: (0..places).map(place).collect(),
        flows: (0..400).map(flow).collect(),
        rest: [0.004, 0.003, 0.002, 0.001],
    }
}

/// Nothing was observed: no queues, no rows, no figures.
pub fn nothing() -> Results {
    let scope = |name: &str, kind| ScopeResult {
        name: name.to_owned(),
        kind,
        channel: None,
        travels: None,
        figures: Figures::default(),
        by_kind: Vec::new(),
        rows: Vec::new(),
        days: Vec::new(),
        backlog: None,
        wait_tail: Vec::new(),
        outcomes: CaseOutcomes::default(),
        targets: Vec::new(),
    };
    Results {
        title: String::new(),
        seed: 0,
        replications: 0,
        asked: 0,
        confidence: 0.95,
        calendar: Calendar::new(None, Span::ZERO),
        length: Span::ZERO,
        interval: Span::ZERO,
        folded: false,
        total: scope("total", ScopeKind::Total),
        channels: Vec::new(),
        queues: vec![scope("billing", ScopeKind::Queue)],
        follow_ups: Vec::new(),
        groups: vec![GroupResult {
            name: "all".to_owned(),
            site: None,
            figures: Figures::default(),
            rows: Vec::new(),
            max_occupancy: None,
            agents: Vec::new(),
        }],
        all_groups: GroupResult {
            name: "total".to_owned(),
            site: None,
            figures: Figures::default(),
            rows: Vec::new(),
            max_occupancy: None,
            agents: Vec::new(),
        },
        plan: Plan::default(),
        journeys: JourneyResults::default(),
        trace: None,
        even_days_gain: None,
        notes: Vec::new(),
    }
}
