//! The commands, a file each; the one place that prints and that turns errors into exit codes.
//!
//! `zhengce who 谁负责招商引资` prints who leads, with whom, until when.

mod check;
mod compare;
mod corpus;
mod export;
mod extract;
mod index;
mod output;
mod schema;
mod search;
mod serve;
mod show;
mod stats;
mod who;

use clap::{Parser, Subcommand, ValueEnum};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

/// What a command came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Done.
    Done,
    /// Nothing found, or part of the input could not be read; the rest is done.
    Partly,
}

/// What kept a command from being done: what happened, then what to do.
#[derive(Debug)]
pub struct Failure(String);

impl<E: std::fmt::Display> From<E> for Failure {
    fn from(error: E) -> Self {
        Failure(error.to_string())
    }
}

/// When to use colour.
#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq)]
pub enum Color {
    /// When the output is a terminal.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

#[derive(Parser)]
#[command(
    name = "zhengce",
    version,
    about = "政策: reads Chinese government policy texts into grounded records, and answers from them",
    after_help = "Examples:\n  zhengce index                     read seeds/ and write index/\n  zhengce who 谁负责招商引资           who leads a task, with whom, until when\n  zhengce search '牵头:省财政厅'       search words, fields and ranges\n\nExit codes: 0 done; 1 nothing found, or part of the input could not be read; 2 could not do it."
)]
struct Args {
    #[command(subcommand)]
    command: Command,
    /// The folder of the index
    #[arg(long, global = true, default_value = "index", value_name = "DIR")]
    index: PathBuf,
    /// Say only what was asked for
    #[arg(short, long, global = true)]
    quiet: bool,
    /// Say more
    #[arg(short, long, global = true)]
    verbose: bool,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    color: Color,
}

#[derive(Subcommand)]
enum Command {
    /// Read files and folders, extract their records, write the index
    Index(index::Args),
    /// Print records without an index
    Extract(extract::Args),
    /// Search passages and records
    Search(search::Args),
    /// Who leads a task, with whom, until when
    Who(who::Args),
    /// Show a record, passage or document in its context
    Show(show::Args),
    /// One indicator over subjects, years and documents
    Compare(compare::Args),
    /// Does it add up? The audit of files, or of the index
    Check(check::Args),
    /// Write the whole index for other tools
    Export(export::Args),
    /// The JSON Schema of the records
    Schema(schema::Args),
    /// The page: search, read and look up in a browser, with a JSON API
    Serve(serve::Args),
    /// What is in the index
    Stats(stats::Args),
}

/// What every command knows.
pub struct Context {
    /// The folder of the index.
    pub index: PathBuf,
    /// Whether to leave out progress and advice.
    pub quiet: bool,
    /// Whether to say more.
    pub verbose: bool,
    /// Whether to colour what goes to standard output.
    pub color: bool,
}

/// `-煤化工` as it is typed among a query's words: no option begins so, and the query language reads the full-width sign alike.
fn excluding(arg: OsString) -> OsString {
    let word = arg.to_str().and_then(|arg| arg.strip_prefix('-')).filter(|word| word.chars().next().is_some_and(|c| !c.is_ascii()));
    match word {
        Some(word) => format!("－{word}").into(),
        None => arg,
    }
}

/// Runs the program on its arguments, the program's own name first.
pub fn run(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let mut args: Vec<OsString> = args.into_iter().collect();
    // Behind `--` words stand as they are.
    let end = args.iter().position(|arg| arg == "--").unwrap_or(args.len());
    if args.iter().take(end).any(|arg| arg == "search" || arg == "who") {
        args[..end].iter_mut().for_each(|arg| *arg = excluding(std::mem::take(arg)));
    }
    let args = match Args::try_parse_from(args) {
        Ok(args) => args,
        Err(error) => {
            let failed = error.use_stderr();
            // A broken pipe while help is printed is no error.
            let _ = error.print();
            return ExitCode::from(if failed { 2 } else { 0 });
        }
    };
    let context = Context { index: args.index, quiet: args.quiet, verbose: args.verbose, color: output::use_color(args.color) };
    let outcome = match args.command {
        Command::Index(args) => index::run(&context, &args),
        Command::Extract(args) => extract::run(&context, &args),
        Command::Search(args) => search::run(&context, &args),
        Command::Who(args) => who::run(&context, &args),
        Command::Show(args) => show::run(&context, &args),
        Command::Compare(args) => compare::run(&context, &args),
        Command::Check(args) => check::run(&context, &args),
        Command::Export(args) => export::run(&context, &args),
        Command::Schema(args) => schema::run(&context, &args),
        Command::Serve(args) => serve::run(&context, &args),
        Command::Stats(args) => stats::run(&context, &args),
    };
    match outcome {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::Partly) => ExitCode::from(1),
        Err(Failure(message)) if message.is_empty() => ExitCode::SUCCESS,
        Err(Failure(message)) => {
            eprintln!("error: {message}");
            ExitCode::from(2)
        }
    }
}
