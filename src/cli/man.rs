//! `holdline man`: manual pages.

use clap::{Args, CommandFactory as _};

use super::{Cli, Failure, output};

/// What `holdline man` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  holdline man > holdline.1
  holdline man run | man -l -")]
pub struct ManArgs {
    /// The command that it is about; without one, holdline itself
    pub command: Option<String>,
}

/// Prints the page.
///
/// # Errors
/// A command that there is not; when standard output cannot be written.
pub fn run(args: &ManArgs) -> Result<(), Failure> {
    let mut all = Cli::command();
    // Fills in what every command has, and the full names.
    all.build();
    let page = match &args.command {
        None => clap_mangen::Man::new(all),
        Some(name) => {
            let names: Vec<&str> = all.get_subcommands().map(clap::Command::get_name).collect();
            let Some(command) = all.find_subcommand(name) else {
                let hint = crate::reading::hint(name, names.iter().copied());
                return Err(Failure::mistake(
                    format!("there is no command `{name}`"),
                    hint.unwrap_or_else(|| format!("possible are {}", names.join(", "))),
                ));
            };
            let title = format!("holdline-{name}");
            clap_mangen::Man::new(command.clone()).title(title)
        }
    };
    let mut text = Vec::new();
    page.render(&mut text).map_err(|error| output::unwritable(&error))?;
    output::print(&String::from_utf8_lossy(&text))
}
