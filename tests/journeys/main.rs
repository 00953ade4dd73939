//! Journeys by person: a spawned app, a database of its own, real forms.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "tests say what they expect")]
mod support;

mod accounts;
mod auditor;
mod chair;
mod clerk;
mod contestant;
mod hats;
mod judge;
mod letters;
mod organizer;
mod public;
mod results;
