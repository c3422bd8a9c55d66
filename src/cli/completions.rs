//! `holdline completions`: completions for a shell.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::{Cli, Failure, output};

/// What `holdline completions` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  holdline completions bash > ~/.local/share/bash-completion/completions/holdline")]
pub struct CompletionsArgs {
    /// Which shell
    pub shell: Shell,
}

/// Prints the completions.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(args: &CompletionsArgs) -> Result<(), Failure> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "holdline", &mut script);
    output::print(&String::from_utf8_lossy(&script))
}
