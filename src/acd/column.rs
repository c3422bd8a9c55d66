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

    /// Names that reports give it, the likelier first: small letters and digits alone, without units.
    pub(super) fn aliases(self) -> &'static [&'static str] {
        match self {
            Column::Queue => &[
                "queue",
                "queuename",
                "skill",
                "skillname",
                "splitskill",
                "split",
                "ringgroup",
                "ringgroups",
                "csq",
                "csqname",
                "calltype",
                "lob",
                "campaign",
                "campaignname",
                "warteschlange",
            ],
            Column::Date => {
                &["date", "calldate", "startdate", "reportdate", "intervaldate", "day", "datum", "tag"]
            }
            Column::Time => &[
                "intervalstart",
                "startinterval",
                "intervalstarttime",
                "starttime",
                "datetime",
                "timestamp",
                "interval",
                "timeinterval",
                "halfhour",
                "quarterhour",
                "start",
                "period",
                "time",
                "beginn",
                "begin",
                "uhrzeit",
                "completetimestamp",
                "eventtimestamp",
                "eventtime",
                "timetimestamp",
            ],
            Column::End => &["intervalend", "endinterval", "intervalendtime", "endtime", "end"],
            Column::Offered => &[
                "offered",
                "offer",
                "callsoffered",
                "contactsoffered",
                "offeredcalls",
                "offeredcontacts",
                "contactsqueued",
                "callsqueued",
                "inboundcontacts",
                "inboundcalls",
                "contactsinqueue",
                "callsreceived",
                "received",
                "incomingcalls",
                "totalcalls",
                "calls",
                "contacts",
                "anrufe",
            ],
            Column::Answered => &[
                "answered",
                "answer",
                "handled",
                "handle",
                "callsanswered",
                "callshandled",
                "contactshandled",
                "contactsanswered",
                "answeredcalls",
                "answeredcontacts",
                "handledcalls",
                "handledcontacts",
                "acdcalls",
                "angenommen",
            ],
            Column::Abandoned => &[
                "abandoned",
                "abandon",
                "abandons",
                "callsabandoned",
                "contactsabandoned",
                "abandonedcalls",
                "abandonedcontacts",
                "abancalls",
                "abandcalls",
                "aban",
                "aufgelegt",
            ],
            Column::Within => &[
                "answeredwithin",
                "answeredwithinsl",
                "insl",
                "withinsl",
                "insla",
                "withinsla",
                "metsl",
                "metsla",
                "answeredinsl",
                "contactswithinservicelevel",
                "callswithinservicelevel",
                "answeredintarget",
                "callsansweredwithinsl",
            ],
            Column::ServiceLevel => &[
                "servicelevel",
                "sl",
                "sla",
                "servicelevelpercent",
                "withinservicelevel",
                "pctinsl",
                "inservlevel",
                "servlevl",
                "percentinsl",
                "tsf",
            ],
            Column::Asa => &[
                "asa",
                "averagespeedofanswer",
                "avgspeedofanswer",
                "averagespeedtoanswer",
                "avgspeedtoanswer",
                "avgspeedans",
                "avgspeedanswer",
                "averagequeueanswertime",
                "avganswer",
                "averageanswertime",
                "avganswertime",
                "avgspeed",
                "speedofanswer",
                "averagewaittime",
                "avgwaittime",
                "avgwait",
            ],
            Column::AsaTotal => {
                &["totalspeedofanswer", "totalanswertime", "tanswered", "totalqueueanswertime"]
            }
            Column::AbandonTime => &[
                "avgabandontime",
                "averageabandontime",
                "avgabandon",
                "averagequeueabandontime",
                "avgabantime",
                "averagetimetoabandon",
                "avgtimetoabandon",
                "abandontime",
                "timetoabandon",
            ],
            Column::Aht => &[
                "aht",
                "averagehandletime",
                "avghandletime",
                "avghandle",
                "averagehandlingtime",
                "avghandlingtime",
                "handletime",
            ],
            Column::AhtTotal => &["totalhandletime", "totalhandle", "totalhandlingtime", "thandle"],
            Column::Talk => &[
                "avgtalk",
                "avgtalktime",
                "averagetalktime",
                "att",
                "avgacdtime",
                "averageagentinteractiontime",
                "averageinteractiontime",
                "talktime",
                "talk",
            ],
            Column::TalkTotal => &["totaltalktime", "totaltalk", "ttalk"],
            Column::Hold => {
                &["avghold", "avgholdtime", "averageholdtime", "averagecustomerholdtime", "holdtime", "hold"]
            }
            Column::HoldTotal => &["totalholdtime", "totalhold", "theld"],
            Column::WrapUp => &[
                "avgacw",
                "avgacwtime",
                "averageacwtime",
                "acw",
                "acwtime",
                "averageaftercontactworktime",
                "aftercontactworktime",
                "averageaftercallworktime",
                "aftercallworktime",
                "avgaftercallwork",
                "averageaftercallwork",
                "aftercallwork",
                "avgwrapup",
                "avgwrapuptime",
                "averagewrapuptime",
                "wrapuptime",
                "wrapup",
                "avgwrap",
            ],
            Column::WrapUpTotal => {
                &["totalacw", "totalacwtime", "totalaftercallworktime", "totalwrapuptime", "tacw"]
            }
            Column::Entered => &["entered", "callstart", "callin"],
            Column::Arrived => &[
                "arrived",
                "arrival",
                "arrivaltime",
                "queuestart",
                "queueentry",
                "enqueued",
                "enqueuetime",
                "callstart",
                "callstarttime",
                "queuedat",
                "starttime",
                "start",
                "datetime",
                "timestamp",
                "time",
            ],
            Column::Wait => {
                &["wait", "waittime", "queuetime", "waiting", "timeinqueue", "waitseconds", "wartezeit"]
            }
            Column::Outcome => &["outcome", "result", "disposition", "status", "state", "ergebnis"],
            Column::AnsweredAt => &["answeredat", "answertime", "connected", "connecttime", "servicestart"],
            Column::EndedAt => &["endedat", "ended", "endtime", "end", "hangup", "hanguptime", "serviceend"],
            Column::Conversation => &[
                "conversationid",
                "interactionid",
                "contactid",
                "callid",
                "uniqueid",
                "linkedid",
                "ucid",
                "sessionid",
            ],
            Column::Ticket => &[
                "ticketid",
                "ticketnumber",
                "ticketno",
                "ticket",
                "conversationid",
                "caseid",
                "casenumber",
                "case",
                "id",
            ],
            Column::Created => &[
                "createdat",
                "created",
                "createdon",
                "createddate",
                "creationdate",
                "creationtime",
                "conversationcreatedat",
                "conversationstartedat",
                "openedat",
                "opened",
                "submittedat",
                "receivedat",
            ],
            Column::FirstReply => &[
                "firstreplyat",
                "firstrepliedat",
                "firstreply",
                "firstresponseat",
                "firstrespondedat",
                "firstresponse",
                "firstadminreplyat",
                "statisticsfirstadminreplyat",
            ],
            Column::FirstReplyTime => &[
                "firstreplytimein",
                "firstreplytime",
                "firstreplytimeinhours",
                "firstresponsetimein",
                "firstresponsetime",
                "firstresponsetimeinhours",
                "timetofirstreply",
                "timetofirstresponse",
                "frt",
            ],
            Column::Solved => &[
                "solvedat",
                "solved",
                "resolvedat",
                "resolved",
                "resolvedon",
                "resolutiondate",
                "lastcloseat",
                "statisticslastcloseat",
                "closedat",
                "closed",
                "closedon",
                "firstcloseat",
            ],
            Column::Reopens => &[
                "reopens",
                "reopened",
                "reopencount",
                "timesreopened",
                "countreopens",
                "statisticscountreopens",
            ],
            Column::Event => &["event", "eventname", "activity", "activityname", "action", "conceptname"],
            Column::Activity => &[
                "activity",
                "activityname",
                "activitycode",
                "activitytype",
                "schedulestate",
                "shifttype",
                "type",
                "code",
                "status",
                "taetigkeit",
            ],
            Column::Team => &[
                "team",
                "teamname",
                "group",
                "groupname",
                "agentgroup",
                "skill",
                "skillgroup",
                "department",
                "site",
            ],
            Column::Customer => &[
                "customer",
                "customerid",
                "customernumber",
                "caller",
                "callerid",
                "callernumber",
                "cli",
                "ani",
                "phonenumber",
            ],
            Column::Agent => &[
                "agent",
                "agentname",
                "agentid",
                "user",
                "username",
                "operator",
                "server",
                "employee",
                "employeename",
                "employeeid",
                "assignee",
                "assigneename",
                "owner",
                "resource",
            ],
            Column::Occupancy => &["occupancy", "avgoccupancy", "agentoccupancy", "acdtime"],
            Column::Holiday => &[
                "holiday",
                "holidays",
                "holidayname",
                "bankholiday",
                "publicholiday",
                "feiertag",
                "specialday",
            ],
            Column::Agents => &[
                "agents",
                "staffed",
                "agentsstaffed",
                "staffedagents",
                "avgposstaff",
                "avgstaff",
                "avgposstf",
                "agentsonduty",
                "agentsonline",
                "fte",
                "heads",
            ],
        }
    }

    /// Names that reports give it beside a number of seconds, which are left out here.
    pub(super) fn timed_aliases(self) -> &'static [&'static str] {
        match self {
            Column::Within => &[
                "answeredwithin",
                "answeredin",
                "contactsanswered",
                "contactsansweredin",
                "contactsansweredwithin",
                "callsanswered",
                "callsansweredin",
                "callsansweredwithin",
                "within",
            ],
            Column::ServiceLevel => &["servicelevel", "sl", "sla", "servicelevelin"],
            _ => &[],
        }
    }
}
