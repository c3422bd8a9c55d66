//! Experiments: loops around the model, the engine and the observations.
//!
//! Rayon lives here and nowhere else. The floor knows nothing of terminals: who wants to see
//! progress or to stop a run implements [`Watch`].

mod baseline;
mod budget;
mod capacity;
mod collector;
mod compare;
mod compared;
mod contact_log;
mod contender;
mod contest;
mod event_log;
mod failure;
mod league;
mod own_policy;
mod pilot;
mod record;
mod replications;
mod run;
#[cfg(feature = "schedule")]
mod scheduling;
mod sensitivity;
mod staffing;
mod states;
mod story;
mod sweep;
mod sweep_about;
mod targets;
mod trace;
mod tuning;
mod usual_figures;
mod variant;
mod warm_up;
mod watch;
mod waves;
mod what_if;
mod workload;

pub use baseline::{
    Against, Aligned, Cause, Direction, FEWEST_REPLICATIONS, FigureBeside, Fit, INSIDE, NotCompared,
    QueueBeside, RowBeside, SeenRow, Validated, Validation,
};
pub use budget::{Budget, BudgetResult};
pub use capacity::{Aim, Capacity, GroupWeek, NoCapacity, PeopleWeek, PlannedGroup, Planning};
pub use collector::{Collector, OwnRatio, TakesEach};
pub use compare::Comparison;
pub use compared::{
    Beside, Compared, ComparedFigure, ComparedSlice, Judged, JudgedTarget, OverTime, Verdict,
};
pub use contact_log::{ContactLog, ContactRow, Ending, StayResult};
pub use contender::{Ask, Contender};
pub use contest::{Contest, ContestResult};
pub use event_log::{About, EventLog, Happened, LoggedEvent};
pub use failure::Failure;
pub use league::{PolicyPair, fitting_agent_rules, fitting_contact_rules, policy_pairs};
pub use own_policy::OwnPolicy;
pub use record::{EachReplication, SingleFigure};
pub use run::{Experiment, Outcome};
#[cfg(feature = "schedule")]
pub use scheduling::{
    Coverage, Demand, GroupSchedule, Minimize, NamedShift, Needed, NoDemand, NotRostered, NotScheduled,
    PlannedBreak, PlannedShift, Rostered, Rostering, Round, Schedule, Scheduling, WorkWeek,
};
pub use sensitivity::{Bar, End, Sensitivity, Swing, swings, watched};
pub use staffing::{
    BadCondition, ByInterval, Condition, Found, NotByInterval, PaidTime, Required, RequiredGroup,
    RequiredTarget, SearchStep, Seek, SeekFailure, Sought, StaffFailure, Staffed, StaffedGroup, Staffing,
    Standing, StepKind, Tried, Unknown, targets,
};
pub use states::{Measure, SeenStates, StateClock, StateShare, States, WorkShare};
pub use story::Story;
pub use sweep::in_order;
pub use sweep_about::{QueueAbout, SweepAbout};
pub use tuning::{Generation, SettingRange, Tune, TuneFailure, Tuned};
pub use usual_figures::{LEAGUE_FIGURES, USUAL_FIGURES};
pub use warm_up::{WarmUp, find_warm_up};
pub use watch::{Silent, Watch};
pub use what_if::{Baseline, Stage};
pub use workload::{Intervals, Workload, instant, waits_when_closed, workload};
