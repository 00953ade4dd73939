//! A spawned app with a database of its own, and a browser that fills its forms.
#![allow(dead_code, reason = "each journey uses a part")]
mod browser;
mod entries;
mod fixtures;
mod server;

pub use browser::{Browser, Filling, Seen};
pub use entries::Sent;
pub use server::TestApp;

/// A password that the rules take.
pub const PASSWORD: &str = "một câu dài dễ nhớ";
