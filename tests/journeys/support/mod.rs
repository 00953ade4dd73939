//! A spawned app with a database of its own, and a browser that fills its forms.
#![allow(dead_code, reason = "each journey uses a part")]
mod browser;
mod entries;
mod fixtures;
mod program;
mod server;

pub use browser::{Browser, Filling, Seen};
pub use entries::Sent;
pub use fixtures::small_contest_at;
pub use program::{Program, phach, words_of};
pub use server::{TestApp, ask_at, broken_link_at, execute_at};

/// A password that the rules take.
pub const PASSWORD: &str = "một câu dài dễ nhớ";
