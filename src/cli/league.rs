//! `holdline league`: routing rules against each other, on the same customers.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::experiment::{
    self, Comparison, Contender, PolicyPair, fitting_agent_rules, fitting_contact_rules, policy_pairs,
};
use crate::report::{self, Holds, League, OutputFolder};
use crate::vocabulary::{AgentRule, ContactRule, Words};

use super::compare::cut_short;
use super::compare_ask::{AskArgs, ask};
use super::output::print;
use super::play::{OutArgs, PlayArgs};
use super::progress::Progress;
use super::run::{safe_stem, stopped_or_not_played};
use super::{Failure, input};

/// What `holdline league` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Every agent rule with every contact rule that can make a difference in this centre plays against the rules of the
file, on the same customers. A rule that prefers groups by what is alike in all of them is left out, and of rules
that put all groups in the same order the first one stands for all.

Examples:
  holdline league scenarios/retail.toml --replications 20
  holdline league scenarios/research/inverted_v.toml --agents fastest_first,longest_idle,best_resolver
  holdline league centre.toml --contacts priority,c_mu --best total.wait --delta 1s")]
pub struct LeagueArgs {
    /// The scenario file
    pub file: PathBuf,
    /// Agent rules, with commas between [default: all that fit; with
    /// --contacts alone the file's own]
    #[arg(long, value_name = "RULES", value_delimiter = ',', value_parser = rule::<AgentRule>())]
    pub agents: Vec<AgentRule>,
    /// Contact rules, with commas between [default: all that fit; with
    /// --agents alone the file's own]
    #[arg(long, value_name = "RULES", value_delimiter = ',', value_parser = rule::<ContactRule>())]
    pub contacts: Vec<ContactRule>,
    /// What is asked of them
    #[command(flatten)]
    pub ask: AskArgs,
    /// Print the comparison as JSON instead of the table
    #[arg(long)]
    pub json: bool,
    /// How it is played
    #[command(flatten)]
    pub play: PlayArgs,
    /// Where the results go
    #[command(flatten)]
    pub results: OutArgs,
}

/// Reads a word.
fn rule<W: Words + Send + Sync>() -> impl TypedValueParser<Value = W> {
    PossibleValuesParser::new(W::NAMES).map(|word| {
        let at = W::NAMES.iter().position(|name| **name == *word);
        W::ALL[at.unwrap_or_default()]
    })
}

/// Plays all of them, writes the files, prints the table.
///
/// # Errors
/// All mistakes of the scenario or of what is asked; what the machine refuses; an interruption (after what is
/// complete was written).
pub fn run(args: &LeagueArgs) -> Result<(), Failure> {
    let asked = experiment::Ask { together: true, ..ask(&args.ask)? };
    let loaded = input::load(&args.file, &args.play.settings(), args.play.quiet)?;
    let folder = args.results.out.clone().unwrap_or_else(|| default_folder(&args.file));
    let pairs = pairs(args, &loaded.scenario)?;
    let mut out = OutputFolder::claim(&folder, Holds::League, &loaded.inputs, args.results.force)
        .map_err(Failure::unwritten)?;
    args.play.use_threads()?;
    let centres: Vec<_> = pairs.iter().map(|pair| (pair.name(), pair.over(&loaded.scenario))).collect();
    let contenders: Vec<Contender<'_>> =
        centres.iter().map(|(name, scenario)| Contender::new(name, scenario)).collect();
    let progress = Progress::new(args.play.quiet);
    let compared = Comparison::new(&contenders, 0, &asked)
        .and_then(|comparison| comparison.run(&progress))
        .map_err(|failure| stopped_or_not_played(failure, &progress))?;
    progress.finish();
    let league = League::new(compared);
    let written = out.put(&report::league_products(&league));
    let text = if args.json { report::comparison_summary(league.compared()) } else { league.render() };
    // Whatever became of the files: the play is worth its table.
    let printed = print(&text);
    written.map_err(Failure::unwritten)?;
    printed?;
    if !args.play.quiet {
        tell!("wrote {}", folder.display());
    }
    match progress.signal() {
        Some(signal) if cut_short(league.compared(), &args.ask) => Err(Failure::Interrupted(signal)),
        _ => Ok(()),
    }
}

/// The pairs of rules, the file's own first.
fn pairs(args: &LeagueArgs, scenario: &crate::scenario::Scenario) -> Result<Vec<PolicyPair>, Failure> {
    let own = PolicyPair::of(scenario);
    // Where rules for one of the two questions are named alone, the file's own answers the other.
    let (agents, contacts) = match (args.agents.as_slice(), args.contacts.as_slice()) {
        ([], []) => (fitting_agent_rules(scenario), fitting_contact_rules(scenario)),
        ([], contacts) => (vec![own.agents], contacts.to_vec()),
        (agents, []) => (agents.to_vec(), vec![own.contacts]),
        (agents, contacts) => (agents.to_vec(), contacts.to_vec()),
    };
    let pairs = policy_pairs(own, &agents, &contacts);
    if pairs.len() < 2 {
        return Err(Failure::mistake(
            "there is nothing to play against the rules of the file",
            "name other rules, such as `--agents longest_idle,fastest_first`",
        ));
    }
    Ok(pairs)
}

/// `output/<scenario>-league`, beside where the command was typed.
fn default_folder(file: &Path) -> PathBuf {
    Path::new("output").join(format!("{}-league", safe_stem(file)))
}
