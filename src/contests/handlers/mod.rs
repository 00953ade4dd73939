//! HTTP in and out, by who asks.
mod organizer;
mod public;
mod setup;

pub use organizer::{cancel_invitation, invite, invite_again, show_organizer, waive};
pub use public::{show_about, show_contest, show_front};
pub use setup::{create, read_file, show_choice, show_setup};
