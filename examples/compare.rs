//! Two rosters on the same customers, from Rust: `cargo run --release --example compare`.

use holdline::experiment::{Ask, Comparison, Contender, Silent};
use holdline::scenario::Scenario;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let load = |settings: &[String]| Scenario::load("scenarios/first.toml".as_ref(), settings);
    let today = load(&[])?.scenario;
    let tomorrow = load(&["groups.team.staff.08:00=21".to_owned()])?.scenario;
    let contenders =
        [("today", &today), ("one more", &tomorrow)].map(|(name, scenario)| Contender::new(name, scenario));

    let ask = Ask { figures: vec!["total.service_level".to_owned()], ..Ask::default() };
    let compared = Comparison::new(&contenders, 0, &ask)?.run(&Silent)?;
    print!("{}", holdline::report::render_comparison(&compared));
    Ok(())
}
