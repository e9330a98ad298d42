//! What kind of line is this, and below which heading? Blocks, outline, tables.
//!
//! `（一）加大项目扶持力度。科学合理利用…` is a heading of the second level that runs into its paragraph.

mod flat;
mod front;
mod lines;
pub mod marker;
mod outline;
mod table;

pub use front::{Field, FieldLabel, GENRES, document_number, field_label};
pub use marker::MarkerKind;
pub use outline::{Block, Kind, Outline, Section};
pub use table::{Cell, Column, Row, RowKind, Table};
