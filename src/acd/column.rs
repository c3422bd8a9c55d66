//! What a column of an interval report can be, and how it is called.

use crate::vocabulary::words;

words! {
    /// What a column of an interval report can be.
    #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
    pub enum Column {
        /// The queue, skill or split that a row is about.
        Queue = "queue",
        /// The date, where it is apart from the time.
        Date = "date",
        /// The begin of the interval, with its date or without.
        Time = "time",
        /// The end of the interval.
        End = "end",
        /// Contacts that came into the queue.
        Offered = "offered",
        /// Contacts that an agent took.
        Answered = "answered",
        /// Contacts whose customer abandoned.
        Abandoned = "abandoned",
        /// Contacts answered within the target time.
        Within = "answered_within",
        /// The share answered within the target time.
        ServiceLevel = "service_level",
        /// Average speed of answer.
        Asa = "asa",
        /// Wait of all who were answered, summed up.
        AsaTotal = "asa_total",
        /// Average wait of those who abandoned.
        AbandonTime = "abandon_time",
        /// Average handle time.
        Aht = "aht",
        /// Handle time summed up.
        AhtTotal = "aht_total",
        /// Average talk time.
        Talk = "talk",
        /// Talk time summed up.
        TalkTotal = "talk_total",
        /// Average time on hold.
        Hold = "hold",
        /// Time on hold summed up.
        HoldTotal = "hold_total",
        /// Average after-call work.
        WrapUp = "wrap_up",
        /// After-call work summed up.
        WrapUpTotal = "wrap_up_total",
        /// Occupancy of the agents.
        Occupancy = "occupancy",
        /// Agents on duty.
        Agents = "agents",
        /// The name of the holiday that the day is; nothing on ordinary days.
        Holiday = "holiday",
        /// Of a log of calls: when a call came in, where it joined its queue later; the date is of this time.
        Entered = "entered",
        /// Of a log of calls: when a call joined its queue.
        Arrived = "arrived",
        /// Of a log of calls: how long it waited.
        Wait = "wait",
        /// Of a log of calls: what became of it.
        Outcome = "outcome",
        /// Of a log of calls: when an agent took it.
        AnsweredAt = "answered_at",
        /// Of a log of calls: when it ended.
        EndedAt = "ended_at",
        /// Of a log of calls: who took it.
        Agent = "agent",
        /// Of a log of calls: who called.
        Customer = "customer",
        /// Of a log of calls: the conversation that a row is a part of, where it was passed on.
        Conversation = "conversation",
        /// Of tickets: the number of one.
        Ticket = "ticket",
        /// Of tickets: when one was created.
        Created = "created",
        /// Of tickets: when the first reply was there.
        FirstReply = "first_reply",
        /// Of tickets: how long it took until the first reply, by the clock.
        FirstReplyTime = "first_reply_time",
        /// Of tickets: when one was solved.
        Solved = "solved",
        /// Of tickets: how often one was opened again.
        Reopens = "reopens",
        /// Of a log of tickets' events: what happened.
        Event = "event",
        /// Of a roster: what an agent does.
        Activity = "activity",
        /// Of a roster: agents who are planned together.
        Team = "team",
    }
}

/// The columns of interval reports.
pub(super) const OF_REPORTS: &[Column] = &[
    Column::Queue,
    Column::Date,
    Column::Time,
    Column::End,
    Column::Offered,
    Column::Answered,
    Column::Abandoned,
    Column::Within,
    Column::ServiceLevel,
    Column::Asa,
    Column::AsaTotal,
    Column::AbandonTime,
    Column::Aht,
    Column::AhtTotal,
    Column::Talk,
    Column::TalkTotal,
    Column::Hold,
    Column::HoldTotal,
    Column::WrapUp,
    Column::WrapUpTotal,
    Column::Occupancy,
    Column::Agents,
    Column::Holiday,
];

/// The columns of logs of calls.
pub(super) const OF_CALLS: &[Column] = &[
    Column::Queue,
    Column::Date,
    Column::Entered,
    Column::Arrived,
    Column::Wait,
    Column::Outcome,
    Column::AnsweredAt,
    Column::EndedAt,
    Column::Talk,
    Column::WrapUp,
    Column::Agent,
    Column::Customer,
    Column::Conversation,
];

/// The columns of tickets.
pub(super) const OF_TICKETS: &[Column] = &[
    Column::Ticket,
    Column::Queue,
    Column::Team,
    Column::Created,
    Column::FirstReply,
    Column::FirstReplyTime,
    Column::Solved,
    Column::Reopens,
    Column::Agent,
    Column::Event,
    Column::Time,
];

/// The columns of rosters.
pub(super) const OF_ROSTERS: &[Column] =
    &[Column::Agent, Column::Team, Column::Date, Column::Activity, Column::Time, Column::End];

/// What a column's cells are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cells {
    /// Names or times.
    Texts,
    /// Numbers.
    Counts,
    /// Shares, as 0.8, 80 or 80 %.
    Shares,
    /// Lengths of time.
    Times,
}

impl Column {
    pub(super) fn cells(self) -> Cells {
        match self {
            Column::Queue
            | Column::Date
            | Column::Time
            | Column::End
            | Column::Entered
            | Column::Arrived
            | Column::Outcome
            | Column::AnsweredAt
            | Column::EndedAt
            | Column::Holiday
            | Column::Agent
            | Column::Customer
            | Column::Conversation
            | Column::Activity
            | Column::Ticket
            | Column::Created
            | Column::FirstReply
            | Column::Solved
            | Column::Event
            | Column::Team => Cells::Texts,
            Column::Reopens
            | Column::Offered
            | Column::Answered
            | Column::Abandoned
            | Column::Within
            | Column::Agents => Cells::Counts,
            Column::ServiceLevel | Column::Occupancy => Cells::Shares,
            _ => Cells::Times,
        }
    }
}
