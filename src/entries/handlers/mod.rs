//! HTTP in and out, for the contestant.
mod check;
mod coauthor;
mod conflict;
mod entry;
pub mod gather;
mod list;
mod preview;
mod receipt;
mod resume;

pub use check::check_receipt;
pub use coauthor::{answer_coauthor, show_coauthor};
pub use entry::{delete, save_draft, show_entry, withdraw, write_entry};
pub use list::{claim, open_entry, show_entries};
pub use preview::{download_draft, show_kept, show_preview};
pub use receipt::{attachment_named, download, show_receipt};
pub use resume::{ask as ask_to_resume, resume};
