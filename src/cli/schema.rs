//! `holdline schema`: the JSON Schema of scenario files.

use clap::Args;

use super::{Failure, output};
use crate::scenario;

/// What `holdline schema` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  holdline schema > scenario.schema.json
and as the first line of a scenario, for editors with TOML support:
  #:schema ./scenario.schema.json")]
pub struct SchemaArgs {
    /// Print the reference of all keys as Markdown instead
    #[arg(long)]
    pub reference: bool,
}

/// Prints the schema.
///
/// # Errors
/// When standard output cannot be written.
pub fn run(args: &SchemaArgs) -> Result<(), Failure> {
    if args.reference {
        return output::print(&scenario::reference());
    }
    output::print(&format!("{:#}\n", scenario::schema()))
}
