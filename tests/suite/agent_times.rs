//! What each agent's own times add up to is what its group counted.

use std::path::Path;

use holdline::engine::Player;
use holdline::model::Model;
use holdline::observations::GroupCount;
use holdline::routing::RulePolicy;
use holdline::scenario::Scenario;

#[test]
fn the_times_of_agents_add_up_to_those_of_their_groups() {
    // Shifts with breaks and absence, several things at once, interruptions, crews of changing size, a warm-up.
    for name in ["retail", "omnichannel", "complaints", "helpdesk", "outage", "roster", "steady", "bank-1999"]
    {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("scenarios/{name}.toml"));
        let settings = if name == "steady" { vec!["horizon.length=50h".to_owned()] } else { vec![] };
        let loaded = Scenario::load(&path, &settings).unwrap_or_else(|wrong| panic!("{name}: {wrong:?}"));
        let model = Model::compile(&loaded.scenario);
        let mut player: Player<'_, RulePolicy> = Player::new(&model, RulePolicy::new(&model));
        for replication in 0..2 {
            let seen = player.play(5, replication).expect("it is stable");
            for (id, group) in model.groups.iter().enumerate() {
                let rows = &seen.groups[id][..model.rows.count];
                let sum = |count| rows.iter().map(|row| row[count]).sum::<u64>();
                let agents =
                    model.agents.iter().zip(&seen.agents).filter(|(agent, _)| agent.group.index() == id);
                let (mut available, mut worked) = (0, 0);
                for (_, times) in agents {
                    assert!(times.worked <= times.available, "{name}, {}", group.name);
                    (available, worked) = (available + times.available, worked + times.worked);
                }
                let there = sum(GroupCount::OnDuty) - sum(GroupCount::OnBreak);
                assert_eq!((available, worked), (there, sum(GroupCount::Working)), "{name}, {}", group.name);
            }
        }
    }
}
