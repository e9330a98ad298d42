//! Where is it? The tantivy index: its schema, how text is cut for it, the writer, the reader. It finds `产业园区` by words and by
//! characters, and holds each record's JSON as the exports print it; there is no second store.
//!
//! ```text
//! Writer::open("index", words) → put("方案", records) → commit()       Index::open("index") → record(id)
//! ```

mod amount;
mod analysis;
mod error;
mod facts;
mod fold;
mod folder;
mod print;
mod reader;
mod schema;
mod segment;
mod stored;
mod tokens;
mod words;
mod writer;

pub use amount::{Amount, digits_end, read_amount, shift_point};
pub use analysis::{ANALYZER, Word, cut_words, tile_words};
pub use error::Error;
pub use facts::{Facts, body, value};
pub use fold::{fold, fold_char, fold_name, fold_number, is_han};
pub use print::{SKETCH, print, same_text, sketch};
pub use reader::{Index, Stats};
pub use schema::{Column, Fields, NAMES, SCHEMA, Sheet, Told, describe, last_day};
pub use words::{Dictionary, Segmenter};
pub use writer::{Entries, Resources, Writer};

#[cfg(test)]
mod tests;
