//! What do people see who type no commands? The page and its JSON API: `zhengce serve` answers `/?q=产业园区` for them and
//! `/api/search?q=产业园区` for their programs.
//!
//! [`http`] takes a request in and sends the answer out, [`generation`] has the work done, [`page`] writes HTML, [`api`] writes JSON. What is
//! written to a page goes through maud, which escapes it: a document's text can never become markup.

mod api;
mod ask;
mod assets;
mod chart;
mod cite;
mod files;
pub mod generation;
pub mod http;
mod openapi;
mod page;
mod params;
mod problem;
pub mod serve;

pub use generation::Generation;
pub use http::{Settings, Site, router};
pub use serve::{Patience, follow, serve};

/// A short name for what text holds: the same for the same text.
fn short_hash(text: &str) -> String {
    use sha2::{Digest, Sha256};
    let digest = Sha256::digest(text.as_bytes());
    format!("{:016x}", digest.iter().take(8).fold(0_u64, |hash, byte| hash << 8 | u64::from(*byte)))
}
