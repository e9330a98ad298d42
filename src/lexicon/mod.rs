//! What do the words mean? Places, agencies, units of measure, cue words, industries and indicators.
//!
//! `省发改委` in a document of 黑龙江省 is 黑龙江省发展和改革委员会; `万亿元` is 10¹² 元; `左右` says about.
//!
//! The words live in TSV files embedded in the program (their sources: `SOURCES.md`), each row with an example that a
//! test runs. A table is read on first use; nothing is read that isn't asked for. Input is folded text: half-width
//! digits and letters, simplified characters. Offsets are in bytes of that input.

pub mod agency;
pub mod coined;
pub mod cue;
pub mod indicator;
pub mod industry;
pub mod naming;
pub mod place;
mod tsv;
pub mod unit;
mod words;
