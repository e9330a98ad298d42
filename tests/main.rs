//! The tests that run over whole texts: one binary, a module a question.

mod audit;
mod cmd;
mod formats;
mod gold;
mod layers;
mod normalize;
mod properties;
mod spec;
mod support;
