//! Mistakes and doubts about a scenario, each with its place, and how they are shown.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::units::{printable, printable_lines};

use super::source::{Place, Sources};

/// So many are listed, in the order of the files; of the others there is the number.
const MOST_LISTED: usize = 50;

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Severity {
    /// The scenario cannot be played.
    Error,
    /// It can, but probably means something else.
    Warning,
}

/// What was wrong with reading at all.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// What was written, or named, is wrong: trying again does not help.
    Mistake,
    /// The machine stood in the way (a permission, a disk): trying again may help.
    Environment,
}

/// One mistake or doubt.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// The file (as given), or `--set`.
    pub file: String,
    /// From 1; 0 where it concerns the file as a whole.
    pub line: usize,
    /// In characters, from 1; 0 where it concerns the file as a whole.
    pub column: usize,
    /// Bytes of the text that it is about.
    pub span: Range<usize>,
    /// What is wrong, in one sentence without a period.
    pub title: String,
    /// Why: the label under the caret. May be empty.
    pub reason: String,
    /// What would be right.
    pub help: Option<String>,
    /// The text that it is about, to show its line.
    source: Option<usize>,
}

/// All that was found about one scenario, in the order of the files.
#[derive(Clone, Debug)]
pub struct Diagnostics {
    /// One entry each, for the first fifty.
    pub list: Vec<Diagnostic>,
    /// How many more there are, of the same severity.
    pub left_out: usize,
    /// Whose fault it is.
    pub cause: Cause,
    sources: Sources,
}

impl Diagnostics {
    /// Nothing found.
    pub(crate) fn new(listed: Listed, sources: Sources) -> Diagnostics {
        let Listed { list, left_out, cause } = listed;
        Diagnostics { list, left_out, cause, sources }
    }

    /// One sentence about a file that cannot be read at all.
    pub(crate) fn unreadable(file: &str, cause: Cause, title: String, help: Option<&str>) -> Diagnostics {
        let diagnostic = Diagnostic {
            severity: Severity::Error,
            file: file.to_owned(),
            line: 0,
            column: 0,
            span: 0..0,
            title,
            reason: String::new(),
            help: help.map(str::to_owned),
            source: None,
        };
        Diagnostics { list: vec![diagnostic], left_out: 0, cause, sources: Sources::default() }
    }

    /// How many are errors.
    #[must_use]
    pub fn errors(&self) -> usize {
        let listed = self.list.iter().filter(|diagnostic| diagnostic.severity == Severity::Error).count();
        if listed > 0 { listed + self.left_out } else { 0 }
    }

    /// All of the list as text: the line, a caret, the reason and a hint each; and how many more there are.
    #[must_use]
    pub fn render(&self, colour: bool) -> String {
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        let mut shown: Vec<String> =
            self.list.iter().map(|diagnostic| self.render_one(&renderer, diagnostic)).collect();
        if self.left_out > 0 {
            shown.push(format!("... and {} more", self.left_out));
        }
        shown.join("\n\n")
    }

    fn render_one(&self, renderer: &Renderer, diagnostic: &Diagnostic) -> String {
        let level = match diagnostic.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
        };
        let title = level.primary_title(printable(&diagnostic.title));
        let mut group = match diagnostic.source {
            Some(source) => {
                let reason = printable_lines(&diagnostic.reason);
                let label = Some(reason).filter(|reason| !reason.is_empty());
                // Only its lines: to look through the whole text again for each mistake takes too long.
                let Range { start, end } = diagnostic.span;
                let (line, begin, past) = self.sources.lines_around(source, start, end);
                let text = shown_alike(&self.sources.get(source).text[begin..past]);
                let annotation = AnnotationKind::Primary.span(start - begin..end - begin).label(label);
                let snippet = Snippet::source(text).line_start(line).path(printable(&diagnostic.file));
                title.element(snippet.annotation(annotation))
            }
            None => title.elements(Vec::<annotate_snippets::Message<'_>>::new()),
        };
        if let Some(help) = &diagnostic.help {
            group = group.element(Level::HELP.with_name("hint").message(printable_lines(help)));
        }
        renderer.render(&[group])
    }
}

/// The same text at the same offsets, with signs in place of what would steer a terminal and is not
/// replaced when it is drawn.
fn shown_alike(text: &str) -> Cow<'_, str> {
    let steers = |c: char| matches!(c, '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}' | '\u{feff}');
    if !text.contains(steers) {
        return Cow::Borrowed(text);
    }
    let alike = |c: char| match (steers(c), c.len_utf8()) {
        (false, _) => c,
        (true, 2) => '\u{a4}',
        (true, _) => '\u{2424}',
    };
    Cow::Owned(text.chars().map(alike).collect())
}

impl fmt::Display for Diagnostics {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.render(false))
    }
}

impl std::error::Error for Diagnostics {}

/// The one list that everything found while reading goes into.
#[derive(Debug, Default)]
pub(crate) struct Log {
    found: RefCell<Vec<Found>>,
}

#[derive(Clone, Debug)]
pub(crate) struct Found {
    severity: Severity,
    place: Place,
    title: String,
    reason: String,
    help: Option<String>,
    /// May only follow from another mistake: dropped when the TOML itself is broken.
    derived: bool,
    /// The text itself is broken here: what else is wrong with its line follows from that.
    breaks: bool,
    /// The machine stood in the way.
    cause: Cause,
}

/// What a log comes to.
pub(crate) struct Listed {
    pub(crate) list: Vec<Diagnostic>,
    left_out: usize,
    cause: Cause,
}

/// Adds what is left out of the usual to something just logged.
pub(crate) struct Logged<'l>(&'l Log);

impl Logged<'_> {
    /// What would be right.
    pub(crate) fn help(self, help: impl Into<String>) -> Self {
        self.change(|found| found.help = Some(help.into()));
        self
    }

    /// What would be right, if there is something to say.
    pub(crate) fn maybe_help(self, help: Option<String>) -> Self {
        self.change(|found| found.help = help);
        self
    }

    /// The text itself is broken here.
    pub(crate) fn breaks(self) {
        self.change(|found| found.breaks = true);
    }

    /// Whose fault it is, where it may be the machine's.
    pub(crate) fn cause(self, cause: Cause) -> Self {
        self.change(|found| found.cause = cause);
        self
    }

    /// It may only follow from another mistake.
    pub(crate) fn derived(self) {
        self.change(|found| found.derived = true);
    }

    fn change(&self, change: impl FnOnce(&mut Found)) {
        if let Some(found) = self.0.found.borrow_mut().last_mut() {
            change(found);
        }
    }
}

impl Log {
    /// A mistake: `title` says what is wrong, `reason` stands under the caret.
    pub(crate) fn error(
        &self,
        place: Place,
        title: impl Into<String>,
        reason: impl Into<String>,
    ) -> Logged<'_> {
        self.add(Severity::Error, place, title.into(), reason.into())
    }

    /// A doubt.
    pub(crate) fn warning(
        &self,
        place: Place,
        title: impl Into<String>,
        reason: impl Into<String>,
    ) -> Logged<'_> {
        self.add(Severity::Warning, place, title.into(), reason.into())
    }

    fn add(&self, severity: Severity, place: Place, title: String, reason: String) -> Logged<'_> {
        self.found.borrow_mut().push(Found {
            severity,
            place,
            title,
            reason,
            help: None,
            derived: false,
            breaks: false,
            cause: Cause::Mistake,
        });
        Logged(self)
    }

    /// One that goes on from what was found before.
    pub(crate) fn of(found: Vec<Found>) -> Log {
        Log { found: RefCell::new(found) }
    }

    /// What was found so far.
    pub(crate) fn into_found(self) -> Vec<Found> {
        self.found.into_inner()
    }

    /// Whether there is a mistake so far.
    pub(crate) fn has_errors(&self) -> bool {
        self.found.borrow().iter().any(|found| found.severity == Severity::Error)
    }

    /// Everything found, in the order of the texts, up to the most that is listed; warnings only
    /// where there is no error. Where a text itself is broken, what may only follow from that is left out.
    pub(crate) fn finish(self, sources: &Sources) -> Listed {
        let failed = self.has_errors();
        let mut found = self.found.into_inner();
        let line = |place: Place| (place.source, sources.line(place));
        let broken: BTreeSet<(usize, usize)> =
            found.iter().filter(|found| found.breaks).map(|found| line(found.place)).collect();
        found.retain(|found| {
            let follows = !broken.is_empty() && (found.derived || broken.contains(&line(found.place)));
            (found.breaks || !follows) && (!failed || found.severity == Severity::Error)
        });
        found.sort_by_key(|found| (found.place.source, found.place.start));
        // Of several mistakes in the TOML of one line, the first says enough.
        found.dedup_by(|b, a| {
            (a.place == b.place && a.title == b.title)
                || (a.breaks && b.breaks && line(a.place) == line(b.place))
        });
        let machine = failed && found.iter().all(|found| found.cause == Cause::Environment);
        let left_out = found.len().saturating_sub(MOST_LISTED);
        let list = found
            .into_iter()
            .take(MOST_LISTED)
            .map(|found| {
                let (line, column) = sources.line_and_column(found.place);
                Diagnostic {
                    severity: found.severity,
                    file: sources.get(found.place.source).name.clone(),
                    line,
                    column,
                    span: found.place.start..found.place.end,
                    title: found.title,
                    reason: found.reason,
                    help: found.help,
                    source: Some(found.place.source),
                }
            })
            .collect();
        Listed { list, left_out, cause: if machine { Cause::Environment } else { Cause::Mistake } }
    }
}
