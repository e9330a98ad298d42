//! `zhengce schema`: the JSON Schema of the records.

use super::{Context, Failure, Outcome, extract};
use crate::record;

/// What it is asked.
#[derive(clap::Args)]
#[command(after_help = "Example:\n  zhengce schema target")]
pub struct Args {
    /// One type; all of them where none is named
    #[arg(value_name = "TYPE")]
    kind: Option<String>,
}

/// Runs it.
pub fn run(_: &Context, args: &Args) -> Result<Outcome, Failure> {
    let schema = match &args.kind {
        Some(kind) => record::schema::schema_of(extract::type_named(kind)?),
        None => Some(
            record::schema::all().into_iter().map(|(kind, schema)| (kind.to_owned(), schema)).collect::<serde_json::Map<_, _>>().into(),
        ),
    };
    extract::print(&format!("{:#}\n", schema.ok_or("this type has no schema\n  hint: name another, or none")?))?;
    Ok(Outcome::Done)
}
