//! The command line: parse, call one command, turn an error into a message and an exit code.

use std::process::ExitCode;

use holdline::cli::{
    Command, Failure, capacity, check, compare, completions, erlang, explain, fit, forecast, import, league,
    man, new, run, schedule, schema, seek, staff, start, sweep, tune, validate,
};

fn main() -> ExitCode {
    match start().and_then(carry_out) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => failure.report(),
    }
}

fn carry_out(command: Command) -> Result<(), Failure> {
    match command {
        Command::New(args) => new::run(&args),
        Command::Check(args) => check::run(&args),
        Command::Run(args) => run::run(&args),
        Command::Import(args) => import::run(&args),
        Command::Fit(args) => fit::run(&args),
        Command::Forecast(args) => forecast::run(&args),
        Command::Validate(args) => validate::run(&args),
        Command::Sweep(args) => sweep::run(&args),
        Command::Merge(args) => sweep::merge(&args),
        Command::Compare(args) => compare::run(&args),
        Command::Tornado(args) => holdline::cli::tornado::run(&args),
        Command::League(args) => league::run(&args),
        Command::Explain(args) => explain::run(&args),
        Command::WarmUp(args) => holdline::cli::warm_up::run(&args),
        Command::Staff(args) => staff::run(&args),
        Command::Capacity(args) => capacity::run(&args),
        Command::Seek(args) => seek::run(&args),
        #[cfg(feature = "open")]
        Command::Open(args) => holdline::cli::open::run(&args),
        Command::Tune(args) => tune::run(&args),
        Command::Erlang(args) => erlang::run(&args),
        Command::Schedule(args) => schedule::run(&args),
        Command::Schema(args) => schema::run(&args),
        Command::Man(args) => man::run(&args),
        Command::Completions(args) => completions::run(&args),
    }
}
