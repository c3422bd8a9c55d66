//! Reading a scenario: its files, what it extends, what is set over it.

use std::path::{Path, PathBuf};

use crate::units::printable;

use super::centre::decode;
use super::{Scenario, check};
use crate::reading::diagnostic::{Cause, Diagnostics, Found, Log, Severity};
use crate::reading::remedy::remedy;
use crate::reading::resolved::resolved;
use crate::reading::source::{Bytes, Place, Source, Sources};
use crate::reading::table::Keyed;
use crate::reading::text_file::{self, Refused};
use crate::reading::tree::{self, Data, Node};
use crate::reading::{Setting, overlay, renamed, setting};
use crate::vocabulary::Quantity;

/// A scenario that can be played, and what came with it.
#[derive(Clone, Debug)]
pub struct Loaded {
    /// What was written.
    pub scenario: Scenario,
    /// One TOML text with everything in it (what was extended, what was set), runnable by itself
    /// from any folder.
    pub resolved_toml: String,
    /// Doubts: legal, but probably meant otherwise.
    pub warnings: Diagnostics,
    /// The files that it was read from.
    pub inputs: Vec<PathBuf>,
    /// What was decided about the tables among them, a sentence each.
    pub notes: Vec<String>,
}

/// A scenario as its files have it: every file is read once, and whatever is set over it later is laid over
/// what was read then.
#[derive(Clone, Debug)]
pub struct Written {
    /// What the report calls a scenario without a title.
    title: String,
    tree: Node,
    sources: Sources,
    found: Vec<Found>,
}

impl Written {
    /// Reads a scenario file and what it extends; `-` is standard input, whose relative paths are relative to the current
    /// folder. Mistakes are told when it is loaded.
    ///
    /// # Errors
    /// That the file cannot be read.
    pub fn read(path: &Path) -> Result<Written, Diagnostics> {
        let piped = text_file::is_standard_input(path);
        let name = if piped { "standard input".to_owned() } else { path.display().to_string() };
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let text = match text_file::read(path) {
            Ok(text) => text,
            Err(Refused { broken: Some((text, at)), reason, help, .. }) => {
                return Err(broken_text(Source { name, text, folder, file: None }, at, reason, help));
            }
            Err(Refused { cause, reason, help, .. }) => {
                let title = format!("{name} cannot be read: {reason}");
                return Err(Diagnostics::unreadable(&name, cause, title, help));
            }
        };
        if piped {
            return Ok(Written::of_text(&name, &text));
        }
        let title = path.file_stem().map_or_else(|| name.clone(), |stem| stem.to_string_lossy().into_owned());
        let title = printable(&title).into_owned();
        let chain = vec![std::fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())];
        let file = Some(path.to_owned());
        Ok(Reading::default().read_all(Source { name, text, folder, file }, &chain, title))
    }

    /// The same of a text; messages call it `name`, and relative paths in it are relative to the current folder.
    #[must_use]
    pub fn of_text(name: &str, text: &str) -> Written {
        let text = text.strip_prefix('\u{feff}').unwrap_or(text).to_owned();
        let (name, folder) = (name.to_owned(), PathBuf::new());
        let title = name.strip_suffix(".toml").unwrap_or(&name).to_owned();
        Reading::default().read_all(Source { name, text, folder, file: None }, &[], title)
    }

    /// With each of `settings` (`path=value`) laid over it.
    ///
    /// # Errors
    /// All mistakes of the files and of the settings, in one pass.
    pub fn with(&self, settings: &[String]) -> Result<Loaded, Diagnostics> {
        self.with_all(&read_all(settings))
    }

    /// The same with settings that were read already.
    ///
    /// # Errors
    /// All mistakes of the files and of the settings, in one pass.
    pub fn with_all(&self, settings: &[Setting]) -> Result<Loaded, Diagnostics> {
        let (scenario, tree, sources, log, notes) = self.decoded(settings);
        let failed = log.has_errors();
        let listed = log.finish(&sources);
        if failed {
            return Err(Diagnostics::new(listed, sources));
        }
        let (resolved_toml, inputs) =
            (resolved(&tree, &sources, &self.title, Scenario::SHAPE), sources.inputs());
        let diagnostics = Diagnostics::new(listed, sources);
        debug_assert!(diagnostics.list.iter().all(|one| one.severity == Severity::Warning));
        Ok(Loaded { scenario, resolved_toml, warnings: diagnostics, inputs, notes })
    }

    /// The same without what is swept and compared: what one point of a sweep is made of.
    #[must_use]
    pub fn of_points(&self) -> Written {
        let mut own = self.clone();
        if let Data::Table(table) = &mut own.tree.data {
            table.entries.retain(|entry| entry.key != "sweep" && entry.key != "variants");
        }
        own
    }

    /// The scenario alone, with each of `settings` laid over it.
    ///
    /// # Errors
    /// All mistakes, in one pass.
    pub fn point(&self, settings: &[String]) -> Result<Scenario, Diagnostics> {
        self.point_of(&read_all(settings))
    }

    /// The same with settings that were read already.
    ///
    /// # Errors
    /// All mistakes, in one pass.
    pub fn point_of(&self, settings: &[Setting]) -> Result<Scenario, Diagnostics> {
        let (scenario, _, sources, log, _) = self.decoded(settings);
        if log.has_errors() {
            return Err(Diagnostics::new(log.finish(&sources), sources));
        }
        Ok(scenario)
    }

    /// What is written, with each of `settings` laid over it; whatever is wrong with them is told when it is loaded.
    pub(super) fn tree_with(&self, settings: &[String]) -> Node {
        self.decoded(&read_all(settings)).1
    }

    /// The number or the time at a dotted path, if the files have one there.
    #[must_use]
    pub fn quantity(&self, path: &str) -> Option<Quantity> {
        let renamed = setting::now_called(Scenario::SHAPE, path);
        match &setting::find(&self.tree, renamed.as_deref().unwrap_or(path))?.data {
            Data::Integer(number) => Some(Quantity::Whole(*number)),
            Data::Float(number) => Some(Quantity::Number(*number)),
            Data::Text(text) => Quantity::parse(text).filter(|read| matches!(read, Quantity::Time(_))),
            _ => None,
        }
    }

    /// The files that were read so far.
    #[must_use]
    pub fn inputs(&self) -> Vec<PathBuf> {
        self.sources.inputs()
    }

    /// The bytes of the files that were read so far beside TOML texts: volumes, traces, staff.
    #[must_use]
    pub fn tables(&self) -> Vec<Bytes> {
        self.sources.read_files().into_iter().map(|(_, bytes)| bytes).collect()
    }

    fn decoded(&self, settings: &[Setting]) -> (Scenario, Node, Sources, Log, Vec<String>) {
        let (mut tree, mut sources) = (self.tree.clone(), self.sources.clone());
        let log = Log::of(self.found.clone());
        for setting in settings {
            match setting::apply(&mut tree, setting, &mut sources, Scenario::SHAPE) {
                Ok(doubts) => {
                    for doubt in doubts {
                        log.warning(doubt.place, doubt.title, doubt.reason).maybe_help(doubt.help);
                    }
                }
                Err(error) => {
                    log.error(error.place, error.title, error.reason).maybe_help(error.help).breaks();
                }
            }
        }
        overlay::unset(&mut tree, Scenario::SHAPE);
        let decoded = decode(&tree, &sources, &self.title, &log);
        check::check(&decoded, &tree, &log);
        (decoded.scenario, tree, sources, log, decoded.notes)
    }
}

impl Scenario {
    /// Reads a scenario file; each of `settings` is `path=value` and goes over it.
    ///
    /// # Errors
    /// All mistakes of the file, of what it extends and of the settings, in one pass.
    pub fn load(path: &Path, settings: &[String]) -> Result<Loaded, Diagnostics> {
        Written::read(path)?.with(settings)
    }

    /// Reads a scenario from a text; messages call it `name`, and relative paths in it are
    /// relative to the current folder.
    ///
    /// # Errors
    /// All mistakes, in one pass.
    pub fn from_text(name: &str, text: &str, settings: &[String]) -> Result<Loaded, Diagnostics> {
        Written::of_text(name, text).with(settings)
    }
}

/// Settings as `--set` takes them.
fn read_all(settings: &[String]) -> Vec<Setting> {
    settings.iter().map(|line| Setting::read(line)).collect()
}

/// A setting as somebody types it: a number with a sign (`groups.team.staff=+2`) is a change of what is there, where no
/// number may be below 0. [`Scenario::load`] takes numbers as they are, and texts with a sign (`"+2"`) as changes.
///
/// ```
/// use holdline::scenario::as_typed;
///
/// assert_eq!(as_typed("groups.team.staff=-2"), "groups.team.staff=\"-2\"");
/// assert_eq!(as_typed("groups.team.staff=2"), "groups.team.staff=2");
/// ```
#[must_use]
pub fn as_typed(setting: &str) -> String {
    setting::as_typed(setting, Scenario::SHAPE)
}

/// The most files that may extend each other.
const MOST_FILES: usize = 32;

/// A mistake at the first byte that is no text.
fn broken_text(source: Source, at: usize, reason: String, help: Option<&str>) -> Diagnostics {
    let title = format!("{} cannot be read: {reason}", source.name);
    let mark = char::REPLACEMENT_CHARACTER.len_utf8();
    let (mut sources, log) = (Sources::default(), Log::default());
    let place = Place { source: sources.add(source), start: at, end: at + mark };
    log.error(place, title, "no letter of UTF-8").maybe_help(help.map(str::to_owned));
    Diagnostics::new(log.finish(&sources), sources)
}

/// A scenario being put together.
#[derive(Default)]
struct Reading {
    sources: Sources,
    log: Log,
}

impl Reading {
    fn read_all(mut self, source: Source, chain: &[PathBuf], title: String) -> Written {
        let tree = self.read_source(source, chain);
        Written { title, tree, sources: self.sources, found: self.log.into_found() }
    }

    /// Parses a text and lays it over what it extends. `chain` holds the files that led here, the
    /// nearest last.
    fn read_source(&mut self, source: Source, chain: &[PathBuf]) -> Node {
        let text = source.text.clone();
        let folder = source.folder.clone();
        let number = self.sources.add(source);
        let (mut tree, errors) = tree::parse(&text, number);
        for error in errors {
            let help = remedy(&text, &error);
            self.log.error(error.place, "this is not valid TOML", error.message).maybe_help(help).breaks();
        }
        renamed::bring_up_to_date(&mut tree, Scenario::SHAPE, &self.log);
        let Some(extends) = tree.table().and_then(|table| table.get("extends")) else { return tree };
        let place = extends.place;
        let Some(base) = extends.text().map(|base| folder.join(base)) else {
            let reason = format!("this is {}", extends.describe());
            self.log
                .error(place, "`extends` must be a text", reason)
                .help("write the path of a scenario file")
                .breaks();
            return tree;
        };
        match self.read_base(&base, chain) {
            Ok(base) => overlay::lay_over(base, tree, Scenario::SHAPE),
            Err((cause, reason, help)) => {
                let logged = self.log.error(place, "`extends` cannot be followed", reason);
                logged.maybe_help(help).cause(cause).breaks();
                tree
            }
        }
    }

    fn read_base(&mut self, base: &Path, chain: &[PathBuf]) -> Result<Node, (Cause, String, Option<String>)> {
        let identity = std::fs::canonicalize(base).unwrap_or_else(|_| base.to_owned());
        if let Some(first) = chain.iter().position(|file| *file == identity) {
            let name = |file: &PathBuf| file.file_name().unwrap_or_default().to_string_lossy().into_owned();
            let mut names: Vec<String> = chain[first..].iter().map(name).collect();
            names.push(name(&identity));
            let help = format!("the circle is {}", names.join(" → "));
            let reason = "it comes back to a file that extends this one".to_owned();
            return Err((Cause::Mistake, reason, Some(help)));
        }
        if chain.len() >= MOST_FILES {
            let reason = format!("more than {MOST_FILES} files extend each other");
            return Err((Cause::Mistake, reason, None));
        }
        let help = || Some("the path is relative to the file that says `extends`".to_owned());
        let text = text_file::read(base).map_err(|refused| {
            let help = refused.help.map(str::to_owned).or_else(help);
            (refused.cause, format!("{}: {}", base.display(), refused.reason), help)
        })?;
        let mut chain = chain.to_vec();
        chain.push(identity);
        let folder = base.parent().unwrap_or(Path::new("")).to_owned();
        let (name, file) = (base.display().to_string(), Some(base.to_owned()));
        Ok(self.read_source(Source { name, text, folder, file }, &chain))
    }
}
