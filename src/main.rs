//! The command line: parse, call one command, turn an error into a message and an exit code.

fn main() {}
