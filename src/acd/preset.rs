//! How the reports of some systems call their columns, after their public documentation. What a report does
//! not have is passed over; what it has beside these is found by its name as in any report.

use crate::tables::Unit;
use crate::vocabulary::words;

use super::Column;
use super::Column as C;

words! {
    /// A system whose reports are known.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Preset {
        /// Genesys Cloud: an export of the queues' performance by interval.
        Genesys = "genesys",
        /// Amazon Connect: a report of historical metrics by queue and interval.
        AmazonConnect = "amazon-connect",
        /// NICE CXone, by skill and interval.
        Nice = "nice",
        /// Avaya CMS: split or skill by interval.
        AvayaCms = "avaya-cms",
        /// Five9, by skill and half-hour.
        Five9 = "five9",
        /// Talkdesk, by queue or ring group and interval.
        Talkdesk = "talkdesk",
        /// Zendesk: an export of tickets.
        Zendesk = "zendesk",
        /// Intercom: conversations, under the names of its interface.
        Intercom = "intercom",
    }
}

impl Preset {
    /// The heads of its reports.
    pub(super) fn heads(self) -> &'static [(Column, &'static str)] {
        match self {
            Preset::Genesys => &[
                (C::Time, "Interval Start"),
                (C::End, "Interval End"),
                (C::Queue, "Queue Name"),
                (C::Offered, "Offer"),
                (C::Answered, "Answer"),
                (C::Abandoned, "Abandon"),
                (C::ServiceLevel, "Service Level %"),
                (C::Asa, "ASA"),
                (C::AbandonTime, "Avg Abandon"),
                (C::Aht, "Avg Handle"),
                (C::Talk, "Avg Talk"),
                (C::Hold, "Avg Hold"),
                (C::WrapUp, "Avg ACW"),
            ],
            Preset::AmazonConnect => &[
                (C::Queue, "Queue"),
                (C::Time, "StartInterval"),
                (C::End, "EndInterval"),
                (C::Offered, "Contacts queued"),
                (C::Answered, "Contacts handled"),
                (C::Abandoned, "Contacts abandoned"),
                (C::Asa, "Average queue answer time"),
                (C::AbandonTime, "Average queue abandon time"),
                (C::Aht, "Average handle time"),
                (C::Talk, "Average agent interaction time"),
                (C::Hold, "Average customer hold time"),
                (C::WrapUp, "Average after contact work time"),
                (C::Occupancy, "Occupancy"),
            ],
            Preset::Nice => &[
                (C::Queue, "Skill Name"),
                (C::Date, "Date"),
                (C::Time, "Interval"),
                (C::Offered, "Offered"),
                (C::Answered, "Handled"),
                (C::Abandoned, "Abandons"),
                (C::ServiceLevel, "Service Level"),
                (C::Within, "In SLA"),
                (C::Asa, "ASA"),
                (C::Aht, "Avg Handle Time"),
                (C::Talk, "Avg Talk Time"),
                (C::Hold, "Avg Hold Time"),
                (C::WrapUp, "Avg ACW Time"),
            ],
            Preset::AvayaCms => &[
                (C::Queue, "Split/Skill"),
                (C::Date, "Date"),
                (C::Time, "Time"),
                (C::Answered, "ACD Calls"),
                (C::Abandoned, "Aban Calls"),
                (C::Asa, "Avg Speed Ans"),
                (C::AbandonTime, "Avg Aban Time"),
                (C::Talk, "Avg ACD Time"),
                (C::WrapUp, "Avg ACW Time"),
                (C::ServiceLevel, "% Within Service Level"),
                (C::Occupancy, "% ACD Time"),
                (C::Agents, "Avg Pos Staff"),
            ],
            Preset::Five9 => &[
                (C::Date, "DATE"),
                (C::Time, "HALF HOUR"),
                (C::Queue, "SKILL"),
                (C::Offered, "CALLS"),
                (C::Abandoned, "ABANDONED"),
                (C::ServiceLevel, "SERVICE LEVEL"),
                (C::Asa, "AVERAGE SPEED OF ANSWER"),
                (C::Aht, "AVERAGE HANDLE TIME"),
                (C::Talk, "AVERAGE TALK TIME"),
                (C::Hold, "AVERAGE HOLD TIME"),
                (C::WrapUp, "AVERAGE AFTER CALL WORK TIME"),
            ],
            Preset::Talkdesk => &[
                (C::Date, "Date"),
                (C::Time, "Time Interval"),
                (C::Queue, "Ring Groups"),
                (C::Offered, "Inbound Contacts"),
                (C::Answered, "Answered Contacts"),
                (C::Abandoned, "Abandoned Contacts"),
                (C::ServiceLevel, "Service Level"),
                (C::Asa, "Avg. Speed to Answer"),
                (C::Aht, "Avg. Handle Time"),
                (C::Talk, "Avg. Talk Time"),
                (C::Hold, "Avg. Hold Time"),
                (C::WrapUp, "Avg. ACW Time"),
            ],
            Preset::Zendesk => &[
                (C::Ticket, "Id"),
                (C::Queue, "Group"),
                (C::Created, "Created at"),
                (C::FirstReplyTime, "First reply time in minutes"),
                (C::Solved, "Solved at"),
                (C::Reopens, "Reopens"),
                (C::Agent, "Assignee"),
            ],
            Preset::Intercom => &[
                (C::Ticket, "conversation_id"),
                (C::Queue, "team_assignee_id"),
                (C::Created, "created_at"),
                (C::FirstReply, "statistics.first_admin_reply_at"),
                (C::Solved, "statistics.last_close_at"),
                (C::Reopens, "statistics.count_reopens"),
                (C::Agent, "admin_assignee_id"),
            ],
        }
    }

    /// Whether it writes a row for each ticket, and no intervals.
    #[must_use]
    pub fn writes_tickets(self) -> bool {
        matches!(self, Preset::Zendesk | Preset::Intercom)
    }

    /// What a bare number of a length of time counts, where it is not seconds.
    pub(super) fn unit(self) -> Option<Unit> {
        match self {
            Preset::Genesys => Some(Unit::Milliseconds),
            _ => None,
        }
    }
}
