//! The whole file: one contact centre.

use super::changes::{Swept, sweep, variants};
use super::channel::{Channel, Channels};
use super::experiment::Experiment;
use super::follow_up::FollowUp;
use super::group::Group;
use super::horizon::Horizon;
use super::profile::Profiles;
use super::queue::Queue;
use super::report::{IntervalRows, ReportOptions};
use super::routing::Routing;
use super::schedule::{Schedule, Template, templates};
use super::sweep::{Sweep, Variant};
use super::tool::{CustomerHistory, KnowledgeBase};
use super::tornado::Tornado;
use crate::reading::context::{Context, Reference, TimeFrame};
use crate::reading::diagnostic::Log;
use crate::reading::fields::Fields;
use crate::reading::kinds::{Declares, Text};
use crate::reading::shape::Kind;
use crate::reading::source::Sources;
use crate::reading::table::{Keyed, Members, Table, table};
use crate::reading::tree::{self, Node};
use crate::tables::Zone;
use crate::units::Span;
use crate::vocabulary::Tool;

/// Where there is a calendar, horizons up to this long have a row an interval.
const EACH_INTERVAL_UP_TO: Span = Span::from_micros(28 * Span::DAY.micros());

/// One centre, as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// What the report calls it.
    pub title: String,
    /// The time that is played.
    pub horizon: Horizon,
    /// How often, with which seed, how precisely.
    pub experiment: Experiment,
    /// How contacts travel, in file order.
    pub channels: Vec<Channel>,
    /// What contacts wait in, in file order.
    pub queues: Vec<Queue>,
    /// Who serves them, in file order.
    pub groups: Vec<Group>,
    /// What the report shows.
    pub report: ReportOptions,
    /// Who gets whom.
    pub routing: Routing,
    /// Work that the centre itself starts, in file order.
    pub follow_ups: Vec<FollowUp>,
    /// The shifts that may be worked, in file order.
    pub templates: Vec<Template>,
    /// What `holdline sweep` runs through.
    pub sweep: Sweep,
    /// What `holdline tornado` turns.
    pub tornado: Tornado,
    /// What `holdline compare` compares, in file order.
    pub variants: Vec<Variant>,
    /// What agents see of a customer who comes again (CRM).
    pub customer_history: Option<Tool>,
    /// What agents and self-service can look up.
    pub knowledge_base: Option<Tool>,
}

table! {
    /// One contact centre.
    keys of Scenario = "scenario" {
        /// What the report calls it
        title: Text, none("the file's name"), example("Retail service desk");
        /// Inherits from another scenario file; keys here override it
        extends: Text, none, example("retail.toml");
        /// The time that is played
        horizon: Table<Horizon>, required, example({ start = 2026-03-02, days = 7 });
        /// How often it is played, and with which seed
        experiment: Table<Experiment>, defaults, example({ replications = 200, seed = 7 });
        /// How contacts travel
        channels: Members<Channel>, none("one, `phone`"),
            example(.chat = { kind = "chat", concurrency = 3 });
        /// What contacts wait in
        queues: Members<Queue>, required,
            example(.billing = { talk = { mean = "4m" }, arrivals = { per_day = 1800 } });
        /// Work that the centre itself starts for a case
        follow_ups: Members<FollowUp>, none,
            example(.courtesy_call = { trigger = "transfer", talk = { mean = "3m" } });
        /// Agents who share skills, pay and shifts
        groups: Members<Group>, required, example(.generalists = { skills = ["billing"], staff = 20 });
        /// Shifts that may be worked, for `holdline schedule`
        schedule: Table<Schedule>, none,
            example({ templates = { day = { start = "07:00-10:00", length = "8h30m" } } });
        /// Who gets whom
        routing: Table<Routing>, defaults, example({ agents = "longest_idle" });
        /// What agents see of a customer who was here before
        customer_history: Table<CustomerHistory>, none, example({ coverage = 0.8, talk = 0.9 });
        /// What agents and self-service can look up
        knowledge_base: Table<KnowledgeBase>, none, example({ resolution = 1.05, containment = 1.1 });
        /// What the report shows
        report: Table<ReportOptions>, defaults, example({ fcr_window = "3d" });
        /// Named profiles: weights of the intervals of a day, from midnight
        profiles: Profiles, empty, example(.office = [0, 1, 2, 1]);
        /// What `holdline sweep` runs through: dotted paths with a list of values or a range each; `zip` and
        /// `sample` besides
        sweep: Swept, none, example(."groups.night.staff" = { from = 8, to = 16, step = 2 });
        /// What `holdline tornado` turns down and up
        tornado: Table<Tornado>, defaults, example({ agents = 0.05, patience = 0.25 });
        /// What `holdline compare` compares with the file as written: named tables of settings by dotted path
        variants: Variants, none, example(.more.groups.night.staff = 12);
    }
}

/// Named tables of settings.
pub(super) enum Variants {}

impl Declares for Variants {
    const KIND: Kind = Kind::Variants(|| Scenario::SHAPE);
}

/// What was read: complete but for placeholders where the log has errors.
///
/// Where a value is wrong, the mistake goes into the log and a placeholder into the scenario, so that the rest
/// can still be read and checked; a scenario with mistakes never leaves this floor.
pub(super) struct Decoded {
    pub(super) scenario: Scenario,
    pub(super) references: Vec<Reference>,
    pub(super) notes: Vec<String>,
}

/// Reads a whole tree; `name` is the title of a scenario without one.
pub(super) fn decode(tree: &Node, sources: &Sources, name: &str, log: &Log) -> Decoded {
    let empty = tree::Table::default();
    let table = tree.table().unwrap_or(&empty);
    let at = ("", tree.place);
    // The horizon says whether other parts have dates, so it is looked at beforehand.
    let scratch = Log::default();
    let cx = Context::new(&scratch, sources, TimeFrame::default(), None);
    let (horizon, time) = horizon(&Fields::new(&cx, Scenario::SHAPE, table, at, String::new()));
    let zone = horizon.time_zone.as_deref().and_then(Zone::named);
    let cx = Context::new(log, sources, time, zone);
    let scenario = Scenario::of(&Fields::new(&cx, Scenario::SHAPE, table, at, String::new()), name);
    Decoded { scenario, references: cx.references.into_inner(), notes: cx.notes.into_inner() }
}

/// The horizon, and what other parts need to know of it.
fn horizon(root: &Fields<'_>) -> (Horizon, TimeFrame) {
    root.require(&[Scenario::horizon.name]);
    let read = root.table(Scenario::horizon).map(|table| Horizon::of(&table));
    let (horizon, calendar) = read.unwrap_or_else(|| (Horizon::default(), true));
    let Horizon { start, length, interval, warm_up, cool_down, .. } = horizon;
    (horizon, TimeFrame { calendar, start, length, interval, warm_up, cool_down })
}

impl Scenario {
    fn of(root: &Fields<'_>, name: &str) -> Scenario {
        // What is extended was read when the files were put together.
        root.written(Scenario::extends.name);
        let (horizon, _) = horizon(root);
        let profiles = root.read(Scenario::profiles);
        let channels = Channels::of(&root.tables(Scenario::channels));
        root.require(&[Scenario::queues.name]);
        root.require(&[Scenario::groups.name]);
        let queue = |table: &Fields<'_>| Queue::of(table, &channels, &profiles);
        let follow_up = |table: &Fields<'_>| FollowUp::of(table, &channels);
        Scenario {
            title: root.read(Scenario::title).unwrap_or_else(|| name.to_owned()),
            horizon,
            experiment: root.read(Scenario::experiment),
            queues: root.tables(Scenario::queues).iter().map(queue).collect(),
            groups: root.tables(Scenario::groups).iter().map(Group::of).collect(),
            report: root.read(Scenario::report),
            routing: root.read(Scenario::routing),
            follow_ups: root.tables(Scenario::follow_ups).iter().map(follow_up).collect(),
            templates: root.table(Scenario::schedule).map(|table| templates(&table)).unwrap_or_default(),
            sweep: sweep(root, Scenario::sweep.name),
            tornado: root.read(Scenario::tornado),
            variants: variants(root, Scenario::variants.name),
            customer_history: root.table(Scenario::customer_history).map(|table| CustomerHistory::of(&table)),
            knowledge_base: root.table(Scenario::knowledge_base).map(|table| KnowledgeBase::of(&table)),
            channels: channels.list,
        }
    }
}

/// The JSON Schema of scenario files. Nothing is required in it, as a file may extend another.
#[cfg(feature = "json")]
#[must_use]
pub fn schema() -> serde_json::Value {
    crate::reading::schema(Scenario::SHAPE, "holdline scenario")
}

/// The reference of all keys; `docs/scenario.md` holds it.
#[must_use]
pub fn reference() -> String {
    crate::reading::reference(Scenario::SHAPE, include_str!("preamble.md"))
}

impl Scenario {
    /// Whether the report has a row for each interval of a week in place of one for each interval there is.
    #[must_use]
    pub fn folds_weeks(&self) -> bool {
        self.horizon.start.is_some()
            && self.horizon.length > EACH_INTERVAL_UP_TO
            && self.report.intervals == IntervalRows::Auto
    }

    /// The channel of this name.
    #[must_use]
    pub fn channel(&self, name: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.name == name)
    }
}
