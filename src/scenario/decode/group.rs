//! Groups: agents who share skills, pay and shifts.

use std::collections::BTreeSet;

use super::super::keys::SKILL;
use super::super::{Blocks, Group, Shrinkage, Skill};
use super::{law, shift, staff};
use crate::reading::fields::Fields;
use crate::reading::shape::Range;
use crate::reading::tree::Data;
use crate::reading::values;
use crate::vocabulary::Leave;

/// Reads `[groups.NAME]`.
pub(super) fn group(fields: &Fields<'_>) -> Group {
    fields.require(&["skills"]);
    if !fields.has("staff") && !fields.has("shifts") {
        let title = format!("`{}` has no agents", fields.path);
        let logged = fields.cx.log.error(fields.place, title, "neither `staff` nor `shifts`");
        logged.help("write `staff = 4`, or shifts").derived();
    }
    let cost_per_hour = fields.table("cost").and_then(|table| {
        table.require(&["per_hour"]);
        table.number("per_hour")
    });
    let leave = fields.word::<Leave>("leave").unwrap_or_default();
    let shifts = shift::shifts(fields);
    let shrinkage = shrinkage(fields);
    if fields.has("leave") && !fields.has("staff") {
        let title = format!("`{}` has no effect", fields.at("leave"));
        fields.cx.log.warning(
            fields.place_of("leave"),
            title,
            "it is about `staff`, and there are shifts only",
        );
    }
    Group {
        name: fields.name.to_owned(),
        site: fields.text("site"),
        cost_per_hour,
        skills: skills(fields),
        staff: staff::staff(fields),
        shifts,
        shrinkage,
        leave,
        capacity: capacity(fields),
    }
}

/// What one contact of each channel takes of an agent, where the file says it.
fn capacity(fields: &Fields<'_>) -> Vec<(String, f64)> {
    let mut capacity = Vec::new();
    for (channel, place, node) in fields.each("capacity") {
        fields.cx.refer("channel", channel, place, fields.at("capacity"));
        let path = format!("{}.{channel}", fields.at("capacity"));
        if let Some(share) = values::number(fields.cx.log, node, &path, Range::Part) {
            capacity.push((channel.to_owned(), share));
        }
    }
    capacity
}

fn skills(fields: &Fields<'_>) -> Vec<Skill> {
    let Some(node) = fields.node("skills") else { return Vec::new() };
    let path = fields.at("skills");
    let log = fields.cx.log;
    let mut skills: Vec<Skill> = Vec::new();
    match &node.data {
        Data::List(items) => {
            let mut named = BTreeSet::new();
            for item in items {
                let Some(queue) = values::text(log, item, &path) else { continue };
                fields.cx.refer("queue", &queue, item.place, path.clone());
                if !named.insert(queue.clone()) {
                    log.error(item.place, format!("`{path}` names `{queue}` twice"), "once is enough");
                }
                skills.push(Skill {
                    queue,
                    priority: 1,
                    takes: 1,
                    speed: 1.0,
                    resolution: None,
                    after: None,
                    talk: None,
                });
            }
        }
        Data::Table(_) => skills = fields.tables_of("skills", &SKILL).iter().map(skill).collect(),
        _ => values::wrong_type(log, node, &path, "a list of queues, or a table for each"),
    }
    if skills.is_empty() && matches!(&node.data, Data::List(_) | Data::Table(_)) {
        log.error(node.place, format!("`{}` can serve nothing", fields.path), "no skills")
            .help("name a queue: `skills = [\"billing\"]`");
    }
    skills
}

fn skill(table: &Fields<'_>) -> Skill {
    let skills = table.path.strip_suffix(table.name).unwrap_or(&table.path).trim_end_matches('.');
    table.cx.refer("queue", table.name, table.place, skills.to_owned());
    let priority = table.count("priority").unwrap_or(1);
    Skill {
        queue: table.name.to_owned(),
        priority,
        takes: table.count("takes").unwrap_or(priority),
        speed: table.number("speed").unwrap_or(1.0),
        resolution: table.number("resolution"),
        after: table.duration("after"),
        talk: law::stepped_law(table, "talk"),
    }
}

/// `shrinkage = 0.28`, `{ total = 0.28 }`, or `{ absence = 0.06, training = 0.04, ... }`.
fn shrinkage(fields: &Fields<'_>) -> Shrinkage {
    let Some(node) = fields.node("shrinkage") else { return Shrinkage::default() };
    let log = fields.cx.log;
    let path = fields.at("shrinkage");
    if !matches!(node.data, Data::Table(_)) {
        let total = values::number(log, node, &path, Range::Share).unwrap_or(0.0);
        return Shrinkage { absence: 0.0, blocks: Blocks::UpTo(below_one(fields, total)) };
    }
    let mut shrinkage = Shrinkage::default();
    let (mut total, mut named) = (None, 0.0);
    for (reason, _, node) in fields.each("shrinkage") {
        let share = values::number(log, node, &format!("{path}.{reason}"), Range::Share).unwrap_or(0.0);
        match reason {
            "total" => total = Some(share),
            "absence" => shrinkage.absence = share,
            _ => named += share,
        }
    }
    match total {
        Some(total) => {
            if named > 0.0 || shrinkage.absence > 0.0 {
                log.error(node.place, format!("`{path}` has both `total` and single shares"), "which holds?")
                    .help("leave out `total`, or the others");
            }
            shrinkage.blocks = Blocks::UpTo(below_one(fields, total));
        }
        None => {
            below_one(fields, named + shrinkage.absence);
            shrinkage.blocks = Blocks::Share(named);
        }
    }
    shrinkage
}

/// Somebody must be left.
fn below_one(fields: &Fields<'_>, sum: f64) -> f64 {
    if sum < 1.0 {
        return sum;
    }
    let title = format!("`{}` leaves nobody", fields.at("shrinkage"));
    fields.cx.log.error(
        fields.place_of("shrinkage"),
        title,
        format!("it sums to {}", (sum * 1e6).round() / 1e6),
    );
    0.0
}
