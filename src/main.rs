//! The command line: parse, call one command, turn an error into a message and an exit code.

use std::process::ExitCode;

use clap::Parser as _;
use holdline::cli::{Cli, Command, check, compare, completions, erlang, new, run, schema, sweep};

fn main() -> ExitCode {
    let result = match Cli::parse().command {
        Command::New(args) => new::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Run(args) => run::run(&args),
        Command::Sweep(args) => sweep::run(&args),
        Command::Merge(args) => sweep::merge(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Erlang(args) => erlang::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Completions(args) => completions::run(&args),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}
