//! The library without its features: a scenario file is read, a mistake in it is told with its place, and figures come back.
//!
//! ```text
//! cargo run --release --no-default-features --example library_alone
//! ```

use std::error::Error;

use holdline::experiment::{Experiment, Silent};
use holdline::scenario::Scenario;

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
    Ok(())
}
