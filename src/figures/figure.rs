//! The names of the figures, their units and which way is better.

/// What a figure is measured in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// A share of 1; printed in percent.
    Share,
    /// Seconds.
    Seconds,
    /// How many, per replication.
    Count,
    /// Hours, per replication.
    Hours,
    /// Money (no currency is assumed).
    Money,
}

/// Which way is better.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Better {
    Higher,
    Lower,
    Neither,
}

macro_rules! figures {
    ($($variant:ident, $name:literal, $label:literal, $unit:ident, $better:ident;)*) => {
        /// A figure; `docs/figures.md` defines each.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[allow(missing_docs)]
        pub enum Figure { $($variant,)* }

        impl Figure {
            /// All of them, in the order of reports.
            pub const ALL: &'static [Figure] = &[$(Figure::$variant,)*];

            /// The last part of its dotted name: `service_level`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Figure::$variant => $name,)* }
            }

            /// What a table's head or a chart's axis calls it.
            #[must_use]
            pub const fn label(self) -> &'static str {
                match self { $(Figure::$variant => $label,)* }
            }

            /// What it is measured in.
            #[must_use]
            pub const fn unit(self) -> Unit {
                match self { $(Figure::$variant => Unit::$unit,)* }
            }

            /// Which way is better.
            #[must_use]
            pub const fn better(self) -> Better {
                match self { $(Figure::$variant => Better::$better,)* }
            }
        }
    };
}

figures! {
    Offered, "offered", "Offered", Count, Neither;
    Redials, "redials", "Redials", Count, Lower;
    Answered, "answered", "Answered", Count, Neither;
    Abandoned, "abandoned", "Abandoned", Count, Lower;
    Blocked, "blocked", "Busy signal", Count, Lower;
    BusySignals, "busy_signals", "Busy signals, of attempts", Share, Lower;
    TurnedAway, "turned_away", "Turned away (closed)", Count, Lower;
    Overflowed, "overflowed", "Overflowed", Count, Neither;
    ClosedOut, "closed_out", "Closed out", Count, Lower;
    StillWaiting, "still_waiting", "Still waiting at the end", Count, Lower;
    ServiceLevel, "service_level", "Service level", Share, Higher;
    DaysOnTarget, "days_on_target", "Days on target", Share, Higher;
    Delayed, "delayed", "Had to wait", Share, Lower;
    Wait, "wait", "Mean wait, all", Seconds, Lower;
    WaitAnswered, "wait_answered", "Mean wait, answered (ASA)", Seconds, Lower;
    WaitAbandoned, "wait_abandoned", "Mean wait, abandoned", Seconds, Neither;
    WaitSd, "wait_sd", "Standard deviation of the wait", Seconds, Lower;
    WaitP50, "wait_p50", "Wait, median", Seconds, Lower;
    WaitP80, "wait_p80", "Wait, p80", Seconds, Lower;
    WaitP90, "wait_p90", "Wait, p90", Seconds, Lower;
    WaitP95, "wait_p95", "Wait, p95", Seconds, Lower;
    WaitP99, "wait_p99", "Wait, p99", Seconds, Lower;
    AsaP50, "wait_answered_p50", "Wait of the answered, median", Seconds, Lower;
    AsaP80, "wait_answered_p80", "Wait of the answered, p80", Seconds, Lower;
    AsaP90, "wait_answered_p90", "Wait of the answered, p90", Seconds, Lower;
    AsaP95, "wait_answered_p95", "Wait of the answered, p95", Seconds, Lower;
    AsaP99, "wait_answered_p99", "Wait of the answered, p99", Seconds, Lower;
    AbandonedP50, "wait_abandoned_p50", "Wait of the abandoned, median", Seconds, Neither;
    AbandonedP90, "wait_abandoned_p90", "Wait of the abandoned, p90", Seconds, Neither;
    WaitMax, "wait_max", "Longest wait", Seconds, Lower;
    Abandonment, "abandonment", "Abandonment", Share, Lower;
    Aht, "aht", "Average handle time (AHT)", Seconds, Lower;
    Talk, "talk", "Talk time", Seconds, Neither;
    WrapUp, "wrap_up", "Wrap-up time", Seconds, Neither;
    QueueLength, "queue", "Waiting, time average", Count, Lower;
    QueueLengthSd, "queue_sd", "Waiting, standard deviation", Count, Lower;
    Busy, "busy", "Agents busy, time average", Count, Neither;
    Load, "load", "Offered load", Count, Neither;
    AgentsShort, "agents_short", "Agents short of the target", Count, Lower;
    AgentsShortOfAbandonment, "agents_short_of_abandonment", "Agents short of the abandonment target", Count, Lower;
    Transferred, "transferred", "Transferred legs", Share, Lower;
    Cases, "cases", "Cases", Count, Neither;
    CasesSolvedFirst, "solved_first", "Solved by the first contact", Share, Higher;
    CasesSolvedLater, "solved_later", "Solved later", Share, Neither;
    CasesLost, "lost", "Lost", Share, Lower;
    CasesOpen, "open", "Still open", Share, Lower;
    Fcr, "fcr", "First contact resolution (true)", Share, Higher;
    FcrMeasured, "fcr_measured", "First contact resolution (measured)", Share, Higher;
    Resolution, "resolution", "Resolution", Share, Higher;
    ResolvedInTime, "resolved_in_time", "Solved in time", Share, Higher;
    TimeToResolution, "time_to_resolution", "Mean time to resolution", Seconds, Lower;
    ContactsPerCase, "contacts_per_case", "Contacts per case", Count, Lower;
    LegsPerCase, "legs_per_case", "Legs per case", Count, Lower;
    TransfersPerCase, "transfers_per_case", "Transfers per case", Count, Lower;
    CasesContained, "contained", "Contained in self-service", Share, Higher;
    Ocr, "ocr", "One-contact resolution", Share, Higher;
    AgentsPerCase, "agents_per_case", "Agents per case", Count, Lower;
    FirstAgent, "first_agent", "Solved by the first agent", Share, Higher;
    Sessions, "sessions", "Self-service sessions", Count, Neither;
    Containment, "containment", "Contained, as self-service reports it", Share, Neither;
    TrueContainment, "true_containment", "Contained for good", Share, Higher;
    HungUp, "hung_up", "Hung up in self-service", Share, Lower;
    Callbacks, "callbacks", "Callbacks accepted", Count, Neither;
    CallbacksOffered, "callback_offered", "Callbacks offered", Count, Neither;
    CallbacksDone, "callback_done", "Callbacks done", Share, Higher;
    CallbackDelay, "callback_delay", "Mean time to the callback", Seconds, Lower;
    CallbacksUnreached, "callback_unreached", "Callbacks not reached", Share, Lower;
    Hold, "hold", "Agent held, per leg", Seconds, Lower;
    Effort, "effort", "Agent effort per leg", Seconds, Neither;
    Response, "response", "Mean time to the response", Seconds, Lower;
    ResponseP50, "response_p50", "Response, median", Seconds, Lower;
    ResponseP80, "response_p80", "Response, p80", Seconds, Lower;
    ResponseP90, "response_p90", "Response, p90", Seconds, Lower;
    ResponseP95, "response_p95", "Response, p95", Seconds, Lower;
    ResponseWithin, "response_within", "Responses in time", Share, Higher;
    LaterResponse, "later_response", "Mean time to a later response", Seconds, Lower;
    Backlog, "backlog", "Backlog at interval ends", Count, Lower;
    Parked, "parked", "Conversations parked", Count, Neither;
    Interrupted, "interrupted", "Work interrupted", Count, Lower;
    Silent, "silent", "Gave up without a word", Count, Lower;
    Chased, "chased", "Wrote again while waiting", Count, Lower;
    Escalated, "escalated", "Escalated", Count, Neither;
    FollowUps, "follow_ups", "Follow-ups started", Count, Neither;
    FollowUpsDone, "follow_ups_done", "Follow-ups done", Share, Higher;
    FollowUpsOnTime, "follow_ups_on_time", "Done on time", Share, Higher;
    FollowUpDelay, "follow_up_delay", "Mean time to the follow-up", Seconds, Lower;
    FollowUpsUnreached, "follow_ups_unreached", "Customer not reached", Share, Lower;
    FollowUpsNeedless, "follow_ups_needless", "No longer needed", Share, Neither;
    FollowUpsReassigned, "follow_ups_reassigned", "Done by someone else", Share, Lower;
    FollowUpsSolved, "follow_ups_solved", "Solved by the follow-up", Share, Higher;
    OnDuty, "on_duty", "Agents on duty, time average", Count, Neither;
    Scheduled, "scheduled", "Agents scheduled, time average", Count, Neither;
    Occupancy, "occupancy", "Occupancy", Share, Neither;
    Utilisation, "utilisation", "Utilisation", Share, Neither;
    Shrinkage, "shrinkage", "Shrinkage", Share, Lower;
    PaidHours, "paid_hours", "Paid hours", Hours, Lower;
    Overtime, "overtime", "Overtime hours", Hours, Lower;
    Cost, "cost", "Cost", Money, Lower;
    CostPerContact, "cost_per_contact", "Cost per answered contact", Money, Lower;
    CostPerSolved, "cost_per_solved", "Cost per solved case", Money, Lower;
    OneOpen, "one_open", "At work with one conversation", Share, Neither;
    TwoOpen, "two_open", "At work with two conversations", Share, Neither;
    ThreeOpen, "three_open", "At work with three or more", Share, Neither;
}
