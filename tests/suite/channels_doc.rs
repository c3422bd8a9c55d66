//! The scenarios of `docs/channels.md` load without a doubt, can be played, and have the figures that the page
//! tells its reader to look at.

use holdline::experiment::{Experiment, Silent};
use holdline::scenario::Scenario;

use crate::markdown::blocks;

const PAGE: &str = include_str!("../../docs/channels.md");

/// The dotted figures in a section, as `queues.mail.backlog`.
fn figures(section: &str) -> impl Iterator<Item = &str> {
    let is_figure = |word: &&str| {
        let scope = ["queues.", "groups.", "follow_ups.", "total."];
        scope.iter().any(|scope| word.starts_with(scope)) && !word.contains(['=', ' '])
    };
    // Every second piece stands between backticks.
    section.split('`').skip(1).step_by(2).filter(is_figure)
}

#[test]
fn the_scenarios_of_the_page_play_and_have_their_figures() {
    let (mut played, mut seen) = (0, 0);
    for section in PAGE.split("\n## ").skip(1) {
        let name = section.lines().next().unwrap_or_default();
        // A fence is three backticks, which would turn inside out what follows.
        let prose: String = section.split("```").step_by(2).collect();
        let scenarios = blocks(section).into_iter().filter(|block| block.info == "toml");
        for block in scenarios {
            assert!(block.text.contains("[horizon]"), "`{name}` has a part of a scenario only");
            let few = ["experiment.replications=4".to_owned()];
            let loaded = Scenario::from_text("channels.toml", &block.text, &few)
                .unwrap_or_else(|mistakes| panic!("{name}: {mistakes}"));
            assert!(loaded.warnings.list.is_empty(), "{name}: {}", loaded.warnings);
            let experiment = Experiment::new(&loaded.scenario).expect("the centre is stable");
            let results = experiment.run(&Silent).expect("it can be played").results;
            played += 1;
            for figure in figures(&prose) {
                seen += 1;
                assert!(results.figure(figure).is_some(), "`{name}` names {figure}, which it does not have");
            }
        }
    }
    assert!(played >= 8 && seen >= 30, "only {played} scenarios and {seen} figures were found");
}
