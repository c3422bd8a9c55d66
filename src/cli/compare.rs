//! `holdline compare`: variants of a centre, or several files, on the same customers.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::experiment::{Compared, Comparison, Contender};
use crate::reading::Setting;
use crate::reading::hint;
use crate::report::{self, ChartFiles, Holds, OutputFolder};
use crate::scenario::{Loaded, Written};
use crate::units::printable;

use super::compare_ask::{AskArgs, ask};
use super::failure::colour;
use super::output::print;
use super::play::{OutArgs, PlayArgs, ShownArgs};
use super::progress::Progress;
use super::run::{chart_files, safe_stem, stopped_or_not_played};
use super::{Failure, input};

/// What `holdline compare` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
One FILE: its [variants.NAME] are compared with the file as written. Several: each as it is written.
All are played with the baseline's seed and number of replications, so the same customers walk into
each of them, and what differs is the decision alone. A figure that only some of them have, as of a
queue that one adds, is shown without a difference.
The folder has a page, compare.html, with the differences, the targets, and the day at each of them.

Examples:
  holdline compare scenarios/retail.toml
  holdline compare scenarios/retail.toml --figure queues.vip.service_level --delta 0.5%
  holdline compare scenarios/retail.toml --best total.wait --delta 0.3s --replications 20
  holdline compare scenarios/retail.toml --best total.abandonment --ocba 400
  holdline compare today.toml plan_a.toml plan_b.toml --baseline plan_a --out output/plans")]
pub struct CompareArgs {
    /// The scenario files
    #[arg(required = true)]
    pub file: Vec<PathBuf>,
    /// What the others are compared with [default: the file as written, or the first file]
    #[arg(long, value_name = "NAME")]
    pub baseline: Option<String>,
    /// Only this variant, beside the baseline; may be repeated [default: all]
    #[arg(long, value_name = "NAME")]
    pub variant: Vec<String>,
    /// What is asked of them
    #[command(flatten)]
    pub ask: AskArgs,
    /// Charts: on the page and as SVG; as PNG too; or none, which is fastest
    #[arg(long, value_name = "WHAT", default_value = "svg", value_parser = chart_files())]
    pub charts: ChartFiles,
    /// How it is played
    #[command(flatten)]
    pub play: PlayArgs,
    /// Where the results go
    #[command(flatten)]
    pub results: OutArgs,
    /// How they are shown
    #[command(flatten)]
    pub shown: ShownArgs,
}

/// What the file as written is called among its variants.
const AS_WRITTEN: &str = "as_written";

/// One of those compared.
struct Named {
    name: String,
    loaded: Loaded,
}

/// Plays all of them, writes the files, prints the tables.
///
/// # Errors
/// All mistakes of a scenario or of what is asked; what the machine refuses; an interruption (after
/// what is complete was written).
pub fn run(args: &CompareArgs) -> Result<(), Failure> {
    let ask = ask(&args.ask)?;
    let (all, baseline) = contenders(args)?;
    let folder = args.results.out.clone().unwrap_or_else(|| default_folder(&args.file[0]));
    // Before the play: it may take long.
    let inputs: Vec<PathBuf> = all.iter().flat_map(|one| one.loaded.inputs.clone()).collect();
    let mut out = OutputFolder::claim(&folder, Holds::Comparison, &inputs, args.results.force)
        .map_err(Failure::unwritten)?;
    args.play.use_threads()?;
    let contenders: Vec<Contender<'_>> =
        all.iter().map(|one| Contender::new(&one.name, &one.loaded.scenario)).collect();
    let progress = Progress::new(args.play.quiet);
    let (compared, over_time) = Comparison::new(&contenders, baseline, &ask)
        .and_then(|comparison| comparison.run_over_time(&progress))
        .map_err(|failure| stopped_or_not_played(failure, &progress))?;
    progress.finish();
    let mut products = report::compared_products(&compared, over_time.as_ref(), args.charts);
    products.extend(args.shown.xlsx.then(|| report::comparison_workbook(&compared)));
    let written = out.put(&products);
    let text = if args.shown.json {
        report::comparison_summary(&compared)
    } else {
        report::render_comparison(&compared)
    };
    // Whatever became of the files: the play is worth its tables.
    let printed = print(&text);
    let written = written.map_err(Failure::unwritten)?;
    printed?;
    if !args.play.quiet {
        tell!("wrote {}", printable(&written.first().unwrap_or(&folder).display().to_string()));
    }
    args.shown.open_page(&written);
    match progress.signal() {
        Some(signal) if cut_short(&compared, &args.ask) => Err(Failure::Interrupted(signal)),
        _ => Ok(()),
    }
}

/// Whether a signal left something unplayed.
pub(super) fn cut_short(compared: &Compared, args: &AskArgs) -> bool {
    let spent = compared.budget.as_ref().map_or(0, |budget| budget.replications.iter().sum());
    let decided = match args.ocba {
        Some(budget) => spent >= budget.get(),
        None => compared.contest.as_ref().is_some_and(|contest| contest.best.is_some()),
    };
    compared.replications < compared.asked || (args.best.is_some() && !decided)
}

/// All that are compared, and which of them is the baseline.
fn contenders(args: &CompareArgs) -> Result<(Vec<Named>, usize), Failure> {
    let named = match args.file.as_slice() {
        [file] => variants(args, file)?,
        files => written(args, files)?,
    };
    let Some(wanted) = &args.baseline else { return Ok((named, 0)) };
    let names = || named.iter().map(|one| one.name.as_str());
    match names().position(|name| name == wanted) {
        Some(baseline) => Ok((named, baseline)),
        None => Err(Failure::Mistake {
            title: format!("there is no `{wanted}` to compare with"),
            hint: hint(wanted, names().collect::<Vec<_>>()),
        }),
    }
}

/// What is laid over a scenario: what all are given, what it changes itself, the special flags last.
fn settings(args: &CompareArgs, own: &[Setting]) -> Vec<String> {
    let mut settings = args.play.set.clone();
    settings.extend(own.iter().map(|one| one.line().to_owned()));
    settings.extend(args.play.over());
    settings
}

/// A file as written and its variants.
fn variants(args: &CompareArgs, file: &Path) -> Result<Vec<Named>, Failure> {
    let read = Written::read(file).map_err(Failure::Scenario)?;
    let base = input::with(&read, &settings(args, &[]), args.play.quiet)?;
    let all = base.scenario.variants.clone();
    if all.is_empty() {
        return Err(Failure::mistake(
            format!("{} has no variants, so there is nothing to compare it with", file.display()),
            "name a second file, or write what to change below `[variants.NAME]`, such as \
             `groups.night.staff = 12`",
        ));
    }
    let names = || all.iter().map(|variant| variant.name.as_str());
    if names().any(|name| name == AS_WRITTEN) {
        let title = format!("a variant is called `{AS_WRITTEN}`, as is the file itself");
        return Err(Failure::mistake(title, "give the variant another name"));
    }
    if let Some(unknown) = args.variant.iter().find(|wanted| !names().any(|name| name == wanted.as_str())) {
        let title = format!("there is no variant `{unknown}`");
        return Err(Failure::Mistake { title, hint: hint(unknown, names().collect::<Vec<_>>()) });
    }
    let known: Vec<String> = base.warnings.list.iter().map(|doubt| doubt.title.clone()).collect();
    let mut named = vec![Named { name: AS_WRITTEN.to_owned(), loaded: base }];
    let wanted = |name: &String| {
        args.variant.is_empty() || args.variant.contains(name) || args.baseline.as_ref() == Some(name)
    };
    for variant in all.iter().filter(|variant| wanted(&variant.name)) {
        let mut loaded = read
            .with(&settings(args, &variant.settings))
            .map_err(|mistakes| Failure::Variant(variant.name.clone(), mistakes))?;
        // What the file itself is doubted for was said once.
        loaded.warnings.list.retain(|doubt| !known.contains(&doubt.title));
        if !args.play.quiet && !loaded.warnings.list.is_empty() {
            tell!("in the variant `{}`:\n{}\n", variant.name, loaded.warnings.render(colour()));
        }
        named.push(Named { name: variant.name.clone(), loaded });
    }
    Ok(named)
}

/// Several files, each as written, called by their names without folder and ending.
fn written(args: &CompareArgs, files: &[PathBuf]) -> Result<Vec<Named>, Failure> {
    if let Some(variant) = args.variant.first() {
        let title = format!("`--variant {variant}` is for one file, and several are given");
        return Err(Failure::mistake(title, "several files are compared as they are written"));
    }
    let stem = |file: &PathBuf| file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut named: Vec<Named> = Vec::new();
    for file in files {
        let alone = files.iter().filter(|other| stem(other) == stem(file)).count() == 1;
        let name = if alone { stem(file) } else { file.display().to_string() };
        if named.iter().any(|known| known.name == name) {
            let title = format!("{} is given twice", file.display());
            return Err(Failure::mistake(title, "name each file once"));
        }
        let loaded = input::load(file, &settings(args, &[]), args.play.quiet)?;
        named.push(Named { name, loaded });
    }
    Ok(named)
}

/// `output/<scenario>-compare`, beside where the command was typed.
fn default_folder(file: &Path) -> PathBuf {
    Path::new("output").join(format!("{}-compare", safe_stem(file)))
}
