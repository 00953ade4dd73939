//! HTTP in and out, a file for each page: the judge's, and the board's (the chair).
mod board;
mod board_batch;
mod board_deal;
mod board_paper;
mod declaration;
mod paper;
mod queue;
mod sheet;

pub use board::{close, decide_reading, excuse, show_board};
pub use board_batch::pass as pass_batch;
pub use board_deal::{deal_out, show_deal};
pub use board_paper::show_paper as show_chairs_paper;
pub use declaration::{declare, show_declaration};
pub use paper::{recuse, save_draft, show_paper, write_sheet};
pub use queue::show_queue;
