//! A run's folder: everything is made in memory, written beside, then renamed into place, so that
//! a failure leaves the previous results whole.

use std::fs;
use std::io;
use std::io::Write;
use std::path::{Path, PathBuf};

use crate::figures::Results;

use super::charts::Chart;
use super::swept::Swept;
use super::{charts, csv_files, journeys, page, summary, sweep_page};

/// Why results could not be written; the previous ones, if any, are intact.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The folder is not there and cannot be made, or is no folder.
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
    /// Something that is not a file stands where a file should go.
    #[error(
        "cannot replace {}: it is not a plain file; move it away, or choose another folder",
        path.display()
    )]
    Occupied {
        /// What stands there.
        path: PathBuf,
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

/// A file that only centres with deferred work have.
const BACKLOG: &str = "backlog.csv";

/// A file of a run's folder: its name within (with `/`) and its bytes.
pub(super) struct Product {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

impl Product {
    pub(super) fn new(name: &str, bytes: impl Into<Vec<u8>>) -> Product {
        Product { name: name.to_owned(), bytes: bytes.into() }
    }
}

/// Whether results could go there: nothing is made, and a folder need not be there yet.
///
/// # Errors
/// [`WriteError::Folder`] where a file stands in the way, there or further up.
pub fn can_be_folder(folder: &Path) -> Result<(), WriteError> {
    // The nearest that is there decides; the empty path is the current folder.
    let there = folder.ancestors().find(|path| path.exists());
    match there {
        Some(path) if !path.is_dir() => Err(WriteError::Folder {
            path: folder.to_owned(),
            cause: io::Error::other(format!("{} is a file", path.display())),
        }),
        _ => Ok(()),
    }
}

/// Writes everything that a run's folder holds (`output/README.md` lists it) and returns the
/// paths, the page first. Files of other names are left alone.
///
/// # Errors
/// [`WriteError`], with the path and the cause. What was there before is there again then.
pub fn write(results: &Results, scenario_toml: &str, folder: &Path) -> Result<Vec<PathBuf>, WriteError> {
    let written = place(&products(results, scenario_toml), folder, &charts::NAMES)?;
    let backlog = folder.join(BACKLOG);
    if !written.contains(&backlog) {
        let _ = fs::remove_file(backlog);
    }
    Ok(written)
}

/// Writes the page and the charts of a finished sweep beside its `sweep.csv`; see [`write()`].
///
/// # Errors
/// [`WriteError`]; what was there before is there again then.
pub fn write_sweep(swept: &Swept, folder: &Path) -> Result<Vec<PathBuf>, WriteError> {
    let charts = charts::sweep_charts(swept);
    let mut products = vec![Product::new("report.html", sweep_page::page(swept, &charts))];
    products.extend(charts.iter().flat_map(drawn));
    place(&products, folder, &charts::SWEEP_NAMES)
}

fn products(results: &Results, scenario_toml: &str) -> Vec<Product> {
    let charts = charts::charts(results);
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
    products.extend(csv_files::backlog(results).map(|bytes| Product::new(BACKLOG, bytes)));
    products.extend(charts.iter().flat_map(drawn));
    products
}

/// A chart as its two files.
fn drawn(chart: &Chart) -> [Product; 2] {
    let name = |ending: &str| format!("charts/{}.{ending}", chart.name);
    [Product::new(&name("svg"), chart.svg()), Product::new(&name("png"), chart.png())]
}

/// Puts the products in place, all of them or none; of the charts named `ours`, those that are no more are taken away.
pub(super) fn place(products: &[Product], folder: &Path, ours: &[&str]) -> Result<Vec<PathBuf>, WriteError> {
    fs::create_dir_all(folder).map_err(|cause| WriteError::Folder { path: folder.to_owned(), cause })?;
    let staged = |cause| WriteError::Stage { path: folder.to_owned(), cause };
    // In the folder itself: the same file system, so that renaming is atomic and cannot run out of
    // space. Dropped with all it holds, whatever happens.
    let stage = tempfile::Builder::new().prefix(".writing-").tempdir_in(folder);
    // The system's reason alone: the name of the temporary folder tells a reader nothing.
    let stage = stage.map_err(|cause| staged(io::Error::from(cause.kind())))?;
    for product in products {
        let path = stage.path().join(&product.name);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent).map_err(staged)?;
        }
        let mut file = fs::File::create(&path).map_err(staged)?;
        file.write_all(&product.bytes).map_err(staged)?;
        // Some file systems only now say that there is no space.
        file.sync_all().map_err(staged)?;
    }

    let targets: Vec<PathBuf> = products.iter().map(|product| folder.join(&product.name)).collect();
    for target in &targets {
        if fs::symlink_metadata(target).is_ok_and(|there| there.is_dir()) {
            return Err(WriteError::Occupied { path: target.clone() });
        }
        if let Some(parent) = target.parent() {
            fs::create_dir_all(parent)
                .map_err(|cause| WriteError::Folder { path: parent.to_owned(), cause })?;
        }
    }
    let previous = stage.path().join("previous");
    for (done, target) in targets.iter().enumerate() {
        let kept = keep(target, &previous.join(done.to_string()));
        let placed = kept.and_then(|()| fs::rename(stage.path().join(&products[done].name), target));
        if let Err(cause) = placed {
            restore(&targets[..done], &previous);
            return Err(WriteError::Place { path: target.clone(), cause });
        }
    }
    remove_stale_charts(&folder.join("charts"), &targets, ours);
    Ok(targets)
}

/// Keeps the file that is about to be replaced, if there is one: as a second name for it, or as a
/// copy where the file system knows no second names.
fn keep(target: &Path, kept: &Path) -> io::Result<()> {
    if let Some(folder) = kept.parent() {
        fs::create_dir_all(folder)?;
    }
    match fs::hard_link(target, kept) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(_) => fs::copy(target, kept).map(|_| ()),
        Ok(()) => Ok(()),
    }
}

/// Puts back what was there before; what cannot be put back stays new.
fn restore(replaced: &[PathBuf], previous: &Path) {
    for (i, target) in replaced.iter().enumerate() {
        let kept = previous.join(i.to_string());
        let _ = if kept.exists() { fs::rename(kept, target) } else { fs::remove_file(target) };
    }
}

/// Takes away charts of an earlier run that this one has no more (fewer queues, say). The results
/// are whole without it, so that what cannot be removed stays.
fn remove_stale_charts(charts: &Path, written: &[PathBuf], names: &[&str]) {
    let Ok(entries) = fs::read_dir(charts) else { return };
    for path in entries.flatten().map(|entry| entry.path()) {
        let stem = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or("");
        let (name, part) = stem.split_once('-').unwrap_or((stem, "2"));
        let drawn = path.extension().is_some_and(|ending| ending == "svg" || ending == "png");
        let ours = names.contains(&name) && part.bytes().all(|b| b.is_ascii_digit());
        if drawn && ours && !written.contains(&path) {
            let _ = fs::remove_file(path);
        }
    }
}
