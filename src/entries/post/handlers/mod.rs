//! HTTP in and out: the desk writes an envelope down, prints its receipt, issues another code.
mod code;
mod enter;
mod gather;

pub use code::issue_code;
pub use enter::{enter, show_again, show_new};
pub use gather::card_of;
