//! 政策 `zhengce`: reads Chinese government policy texts the way a careful official does, and answers from them.
//!
//! The way of the data, which is also the order of the folders:
//!
//! ```text
//! bytes → Source → Outline (blocks, headings, tables) → Reading (folded text) → Clause → Mention → Record → Index → Hit → view
//! ```
//!
//! One English term a Chinese term: 目标 target · 指标 indicator · 项目 project · 园区 park · 责任 responsibility ·
//! 牵头单位 lead · 配合单位 support · 完成时间 deadline · 附件 attachment · 文号 document number · 主送 addressees ·
//! 以上 at least · 超过/突破 over · 左右 about.

pub mod audit;
pub mod cli;
pub mod export;
pub mod index;
pub mod layout;
pub mod lexicon;
pub mod mention;
pub mod query;
pub mod record;
pub mod remote;
pub mod source;
pub mod text;
pub mod web;
