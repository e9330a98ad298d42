//! Which files do the pages load? Style, script and icon, embedded in the program; their addresses change with what they hold.

use std::sync::LazyLock;

/// A file that pages load.
pub struct Asset {
    /// Its name below `/assets/`.
    pub name: &'static str,
    /// Its media type.
    pub media: &'static str,
    /// What it holds.
    pub body: &'static str,
}

/// All of them.
pub const ALL: &[Asset] = &[
    Asset { name: "style.css", media: "text/css; charset=utf-8", body: include_str!("assets/style.css") },
    Asset { name: "page.js", media: "text/javascript; charset=utf-8", body: include_str!("assets/page.js") },
    Asset { name: "icon.svg", media: "image/svg+xml", body: include_str!("assets/icon.svg") },
];

/// The address of an asset.
pub fn address(name: &str) -> String {
    static HASH: LazyLock<String> = LazyLock::new(|| super::short_hash(&ALL.iter().map(|asset| asset.body).collect::<Vec<_>>().join("\0")));
    format!("/assets/{name}?v={}", *HASH)
}
