//! HTTP in and out, by who asks.
mod contest_view;
mod extension;
mod invite_list;
mod notices;
mod organizer;
mod organizer_turns;
mod people;
mod public;
mod rules;
mod setup;
mod views;

pub use extension::{confirm_extension, drop_extension, propose_extension, show_confirmation, show_extension};
pub use invite_list::{preview_list, send_list, show_list};
pub use notices::{remove_notice, show_notices, write_notice};
pub use organizer::{cancel_invitation, invite, invite_again, show_organizer, waive};
pub use people::show_people;
pub use public::{show_about, show_call, show_contest, show_front};
pub use rules::{download_rules, sample_of, save_section, show_rules, show_section};
pub use setup::{create, read_file, show_choice, show_setup};
