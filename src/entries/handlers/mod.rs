//! HTTP in and out, for the contestant.
mod entry;
mod gather;
mod list;
mod receipt;

pub use entry::{delete, save_draft, show_entry, withdraw, write_entry};
pub use list::{open_entry, show_entries};
pub use receipt::{download, show_receipt};
