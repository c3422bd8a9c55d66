//! The library without its features: a scenario file is read, a mistake in it is told with its place, and figures come back.
//! What needs a feature is recognised and refused with its name.
//!
//! ```text
//! cargo run --release --no-default-features --example library_alone
//! ```

use std::error::Error;

use holdline::acd::{Asked, CallWords, Calls, Faults, Report, TicketWords, Tickets};
use holdline::experiment::{Experiment, Silent};
use holdline::scenario::Scenario;
use holdline::tables::Source;

fn main() -> Result<(), Box<dyn Error>> {
    let settings = ["experiment.replications=20".to_owned()];
    let loaded = Scenario::load("scenarios/first.toml".as_ref(), &settings)?;
    let outcome = Experiment::new(&loaded.scenario)?.run(&Silent)?;
    let level = outcome.results.figure("queues.service.service_level").ok_or("nobody called")?;
    println!("{:.1} % are answered in time.", 100.0 * level.value);
    assert!(level.value > 0.7 && level.value < 0.85);

    let mistaken = ["queues.service.patiense=60".to_owned()];
    let told = Scenario::load("scenarios/first.toml".as_ref(), &mistaken).err().ok_or("it is taken")?;
    let first = told.list.first().ok_or("nothing is said")?;
    println!("{}", told.render(false));
    assert!(first.title.contains("patiense") && first.help.is_some());

    let broken = format!("{}colour = \"blue\"\n", include_str!("../scenarios/first.toml"));
    let told = Scenario::from_text("centre.toml", &broken, &[]).err().ok_or("it is taken")?;
    let [one] = told.list.as_slice() else { return Err(told.into()) };
    println!("{told}");
    assert_eq!((one.file.as_str(), one.line), ("centre.toml", broken.lines().count()));
    assert!(one.column > 0 && !one.title.is_empty() && told.to_string().contains('^'));
    refused()
}

/// Files that a library with all features reads.
fn refused() -> Result<(), Box<dyn Error>> {
    let asked = Asked::default();
    let workbook = Report::read("march.xlsx", b"PK\x03\x04 and so on", &asked).map(|_| ());
    let utf_16 = Report::read("march.csv", b"\xff\xfeT\0i\0m\0e\0", &asked).map(|_| ());
    let records = br#"{"ContactId": "a", "Channel": "VOICE"}"#;
    let calls =
        Calls::read("records.json", Source::bytes(records), &asked, &CallWords::default()).map(|_| ());
    let tickets =
        Tickets::read("tickets.json", Source::bytes(b"[]"), &asked, &TicketWords::default()).map(|_| ());
    for (there, feature, answer) in [
        (cfg!(feature = "xlsx"), "`xlsx`", workbook),
        (cfg!(feature = "encodings"), "`encodings`", utf_16),
        (cfg!(feature = "json"), "`json`", calls),
        (cfg!(feature = "json"), "`json`", tickets),
    ] {
        if !there {
            let Faults(faults) = answer.err().ok_or("it is read")?;
            let said = faults.first().map_or("", |fault| fault.title.as_str());
            println!("{said}");
            assert!(said.contains("built without the feature") && said.contains(feature), "{said}");
        }
    }
    Ok(())
}
