//! The tests that run over whole texts: one binary, a module a question.

// Tests read better with short loops and tables of cases.
#![allow(clippy::needless_for_each, clippy::format_collect, clippy::similar_names)]

mod audit;
mod cmd;
mod durable;
mod exports;
mod formats;
mod gold;
mod layers;
mod normalize;
mod properties;
mod remote;
mod search;
mod spec;
mod support;
mod web;
