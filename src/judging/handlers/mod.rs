//! HTTP in and out, a file for each page: the judge's, and the board's (the chair).
mod board;
mod board_batch;
mod board_deal;
mod board_gaps;
mod board_judge;
mod board_paper;
mod board_reopening;
mod board_requests;
mod declaration;
mod paper;
mod print;
mod queue;
mod request;
mod sheet;

pub use board::{close, decide_reading, excuse, show_board};
pub use board_batch::pass as pass_batch;
pub use board_deal::{deal_out, show_deal};
pub use board_gaps::show_gaps;
pub use board_judge::{show_judge, withdraw as withdraw_judge};
pub use board_paper::{decide_mark, set_aside, show_paper as show_chairs_paper};
pub use board_reopening::{ask as ask_reopening, card_of as reopening_card, withdraw as withdraw_reopening};
pub use board_requests::{answer_correction, decide_report, show_requests};
pub use declaration::{declare, show_declaration};
pub use paper::{recuse, save_draft, show_paper, write_sheet};
pub use print::{show_print, show_sheets};
pub use queue::show_queue;
pub use request::{ask_correction, report};
