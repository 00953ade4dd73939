//! The append-only chain of what happened: events come in by `record.note` in the transaction of the decision; the worker
//! chains them in batches; the auditor reads and filters them.
pub mod chain;
pub mod store;
pub mod store_verify;
mod worker;

pub use worker::{Chainer, chain_new, daily_head};
