//! HTTP in and out, a file for each page.
mod declaration;
mod paper;
mod queue;
mod sheet;

pub use declaration::{declare, show_declaration};
pub use paper::{recuse, save_draft, show_paper, write_sheet};
pub use queue::show_queue;
