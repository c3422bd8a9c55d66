//! A run's folder: claimed before the play ([`claim`]), filled after it, old results giving way to new
//! ones at once ([`place`]). A marker in it says which files are ours ([`marker`]); nothing else is ever
//! replaced or deleted.

mod claim;
mod marker;
mod place;

use std::io;
use std::path::{Path, PathBuf};

use crate::figures::Results;

use super::charts::Chart;
use super::swept::Swept;
use super::{charts, csv_files, journeys, page, summary, sweep_page};

pub use claim::OutputFolder;
pub use marker::{Holds, UNFINISHED};

/// Why results could not be written; the previous ones, if any, are intact.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A result would take the place of a file that is read.
    #[error("{} is read here and would be replaced by a result", path.display())]
    Input {
        /// The file that is read.
        path: PathBuf,
    },
    /// The folder holds files that are not ours.
    #[error("{} holds files that are not holdline's: {}", path.display(), first(names))]
    Foreign {
        /// The folder.
        path: PathBuf,
        /// Their names within it.
        names: Vec<String>,
    },
    /// The folder holds results of another command.
    #[error("{} holds {}", path.display(), there.words())]
    OtherKind {
        /// The folder.
        path: PathBuf,
        /// What it holds.
        there: Holds,
    },
    /// A link stands where a folder or file should go.
    #[error("{} is a link, and nothing is written through links", path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// A file stands where the folder should go, or further up.
    #[error("cannot make the folder {}: {} is a file", path.display(), file.display())]
    File {
        /// The folder.
        path: PathBuf,
        /// The file.
        file: PathBuf,
    },
    /// Something that is not a file stands where a file should go, or no folder where a folder should.
    #[error("cannot replace {}: it is not a plain file", path.display())]
    Occupied {
        /// What stands there.
        path: PathBuf,
    },
    /// Another one writes there.
    #[error("another holdline is writing into {}; wait for its end, or choose another folder with `--out`", path.display())]
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// The folder is not there and cannot be made, or cannot be looked at.
    #[error("cannot make the folder {}: {cause}", path.display())]
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// A file could not be written beside the results (no permission, no space).
    #[error("cannot write into {}: {cause}; nothing there was changed", path.display())]
    Stage {
        /// The folder that should take the results.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// A finished file could not be moved into place.
    #[error("cannot put {} in place: {cause}; nothing there was changed", path.display())]
    Place {
        /// Where it should go.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
}

impl WriteError {
    /// What to do, where what was asked for is a mistake; `None` where the machine stands in the way.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            WriteError::Input { .. } | WriteError::File { .. } => "choose another folder with `--out`",
            WriteError::Foreign { .. } => {
                "choose another folder with `--out`; with `--force` results go there too: files of their names \
                 are replaced, others stay"
            }
            WriteError::OtherKind { .. } => {
                "choose another folder with `--out`, or replace it with `--force`"
            }
            WriteError::Link { .. } => "name the place that it leads to, or take the link away",
            WriteError::Occupied { .. } => "move it away, or choose another folder with `--out`",
            _ => return None,
        })
    }
}

/// The first names of a list, and how many there are beside.
fn first(names: &[String]) -> String {
    let shown = names.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > 3 { format!("{shown} and {} more", names.len() - 3) } else { shown }
}

/// A file of a folder of results: its name within (with `/`) and what goes into it.
#[derive(Clone, Debug)]
pub struct Product {
    name: String,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Bytes(Vec<u8>),
    /// A finished file of the same disk.
    File(PathBuf),
}

impl Product {
    /// A file of these bytes.
    pub fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Product {
        Product { name: name.to_owned(), content: Content::Bytes(bytes.into()) }
    }

    /// A file that is there already, under another name.
    pub fn of_file(name: &str, file: PathBuf) -> Product {
        Product { name: name.to_owned(), content: Content::File(file) }
    }
}

/// What becomes of charts. Drawing takes most of the time of a short run, PNG images most of that.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChartFiles {
    /// None, on the page neither.
    None,
    /// On the page, and each as SVG.
    #[default]
    Svg,
    /// The same, and each as PNG too.
    Png,
}

/// Writes everything that a run's folder holds (`output/README.md` lists it) and returns the
/// paths, the page first. Files of other names are left alone.
///
/// # Errors
/// [`WriteError`], with the path and the cause. What was there before is there again then.
pub fn write(results: &Results, scenario_toml: &str, folder: &Path) -> Result<Vec<PathBuf>, WriteError> {
    OutputFolder::claim(folder, Holds::Run, &[], false)?.put(&run_products(
        results,
        scenario_toml,
        ChartFiles::Png,
    ))
}

/// The page and the charts of a finished sweep.
#[must_use]
pub fn sweep_products(swept: &Swept) -> Vec<Product> {
    let charts = charts::sweep_charts(swept);
    let mut products = vec![Product::new("report.html", sweep_page::page(swept, &charts))];
    products.extend(charts.iter().flat_map(|chart| drawn(chart, ChartFiles::Png)));
    products
}

/// Everything that a run's folder holds, the page first.
#[must_use]
pub fn run_products(results: &Results, scenario_toml: &str, files: ChartFiles) -> Vec<Product> {
    let charts = if files == ChartFiles::None { Vec::new() } else { charts::charts(results) };
    let mut products = vec![
        Product::new("report.html", page::page(results, &charts)),
        Product::new("summary.json", summary::summary(results)),
        Product::new("queues.csv", csv_files::queues(results)),
        Product::new("intervals.csv", csv_files::intervals(results)),
        Product::new("groups.csv", csv_files::groups_sheet(results)),
        Product::new("cases.csv", csv_files::cases(results)),
        Product::new("journeys.csv", journeys::csv(results)),
        Product::new("scenario.toml", scenario_toml),
    ];
    products.extend(csv_files::backlog(results).map(|bytes| Product::new("backlog.csv", bytes)));
    products.extend(charts.iter().flat_map(|chart| drawn(chart, files)));
    products
}

/// A chart as its files.
fn drawn(chart: &Chart, files: ChartFiles) -> impl Iterator<Item = Product> {
    let name = |ending: &str| format!("charts/{}.{ending}", chart.name);
    let png = (files == ChartFiles::Png).then(|| Product::new(&name("png"), chart.png()));
    std::iter::once(Product::new(&name("svg"), chart.svg())).chain(png)
}
