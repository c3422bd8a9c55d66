//! A run's folder: claimed before the play ([`claim`]), filled after it, old results giving way to new
//! ones at once ([`place`]). A marker in it says which files are ours ([`marker`]); nothing else is ever
//! replaced or deleted.

mod claim;
mod error;
mod holds;
mod marker;
mod output;
mod place;
mod product;

use std::path::{Path, PathBuf};

use crate::experiment::{Compared, OverTime, Sensitivity};
use crate::figures::Results;

use super::charts::Chart;
use super::comparison_files::comparison_products;
use super::league::League;
use super::shown::{shown, shown_comparison};
use super::swept::Swept;
use super::{charts, comparison_page, csv_files, page, summary, sweep_page};

pub use error::WriteError;
pub use holds::{Holds, UNFINISHED};
pub use output::{Draft, OutputFolder};
pub use product::Product;

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
    let people = shown(results);
    let charts = if files == ChartFiles::None { Vec::new() } else { charts::charts(&people) };
    let mut products = vec![
        Product::new("report.html", page::page(&people, &charts)),
        Product::new("summary.json", summary::summary(results)),
        Product::new("scenario.toml", scenario_toml),
    ];
    let tables = csv_files::files(csv_files::FILES, results);
    products.extend(tables.into_iter().map(|(name, bytes)| Product::new(name, bytes)));
    products.extend(charts.iter().flat_map(|chart| drawn(chart, files)));
    products
}

/// Everything that a comparison's folder holds: the page first where it is known what came over time.
#[must_use]
pub fn compared_products(
    compared: &Compared,
    over_time: Option<&OverTime>,
    files: ChartFiles,
) -> Vec<Product> {
    let mut products = Vec::new();
    if let Some(over_time) = over_time {
        let (compared, over_time) = shown_comparison(compared, over_time);
        let beside = charts::Beside { compared: &compared, over_time: &over_time };
        let charts = if files == ChartFiles::None { Vec::new() } else { charts::comparison_charts(&beside) };
        products.push(Product::new("compare.html", comparison_page::page(&beside, &charts)));
        products.extend(charts.iter().flat_map(|chart| drawn(chart, files)));
    }
    products.extend(comparison_products(compared));
    products
}

/// Everything that a league's folder holds, its table first.
#[must_use]
pub fn league_products(league: &League) -> Vec<Product> {
    let mut products = vec![
        Product::new("league.csv", league.csv()),
        Product::new("league.md", league.markdown()),
        Product::new("league.tex", league.latex()),
    ];
    products.extend(comparison_products(league.compared()));
    products.extend(charts::league_charts(league).iter().flat_map(|chart| drawn(chart, ChartFiles::Png)));
    products
}

/// Everything that a tornado's folder holds, its table first.
#[must_use]
pub fn tornado_products(sensitivity: &Sensitivity) -> Vec<Product> {
    let mut products = super::tornado::files(sensitivity);
    let charts = charts::tornado_charts(sensitivity);
    products.extend(charts.iter().flat_map(|chart| drawn(chart, ChartFiles::Png)));
    products
}

/// A chart as its files.
fn drawn(chart: &Chart, files: ChartFiles) -> impl Iterator<Item = Product> {
    let name = |ending: &str| format!("charts/{}.{ending}", chart.name);
    let png = (files == ChartFiles::Png).then(|| Product::new(&name("png"), chart.png()));
    std::iter::once(Product::new(&name("svg"), chart.svg())).chain(png)
}
