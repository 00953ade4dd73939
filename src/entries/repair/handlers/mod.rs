//! HTTP in and out.
mod desk;
mod own;
mod view;

pub use desk::{ask, card_of, choose, download_came};
pub use own::{answer, download_own, own_card};
