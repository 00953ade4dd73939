//! Letters: enqueued in the transaction of the decision they tell of (`mail.enqueue`), rendered and sent by the worker.
mod letter;
mod store;
mod transport;
mod worker;

pub use letter::{Letter, in_fours, kinds};
pub use transport::{Transport, print_folder};
pub use worker::{send_due, wipe_old};
