//! A roster that was read: heads from each time on, and the lines of groups that read them.

use std::fmt::Write as _;

use crate::acd::{Roster, Team};
use crate::fit::keys;
use crate::units::printable;

use super::csv_files::{Csv, texts};
use super::folder::Product;
use super::wording::grouped;

/// `staff.csv` and `roster.toml`; `source` names the roster.
#[must_use]
pub fn roster_products(roster: &Roster, source: &str) -> Vec<Product> {
    let named = named(roster);
    let mut sheet = Csv::new(texts(["time", "group", "heads"]));
    for (key, team) in &named {
        for (at, heads) in &team.heads {
            let at = at.strftime("%Y-%m-%d %H:%M:%S").to_string();
            sheet.row([at, key.clone(), heads.to_string()]);
        }
    }
    let mut text = format!(
        "# Made by `holdline import --roster` from {source}. Move these lines into a scenario, and say which queues each \
         group serves.\n"
    );
    for (key, team) in &named {
        let _ = write!(
            text,
            "\n[groups.{key}]                # {}\n\
             # skills = [\"...\"]\n\
             staff.csv = {{ file = \"staff.csv\", time = \"time\", value = \"heads\", where = {{ group = \"{key}\" }} }}\n",
            sentence(team)
        );
    }
    vec![Product::new("staff.csv", sheet.bytes()), Product::new("roster.toml", text)]
}

/// A line for each team.
#[must_use]
pub fn render_roster(roster: &Roster) -> String {
    named(roster).iter().map(|(key, team)| format!("Group {key}: {}\n", sentence(team))).collect()
}

fn named(roster: &Roster) -> Vec<(String, &Team)> {
    let names: Vec<&str> = roster.teams.iter().map(|team| team.called.as_str()).collect();
    keys(&names, "team").into_iter().zip(&roster.teams).collect()
}

fn sentence(team: &Team) -> String {
    let most = team.heads.iter().map(|(_, heads)| *heads).max().unwrap_or(0);
    let called = if team.called.is_empty() {
        "the only team".to_owned()
    } else {
        printable(&team.called).into_owned()
    };
    format!(
        "{called}: {} agents, {} hours on contacts, {most} at once at most",
        team.agents,
        grouped(team.hours, 1)
    )
}
