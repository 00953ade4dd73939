//! HTTP in and out, for the desk.
mod decide;
mod queue;
mod show;

pub use decide::{DecisionForm, decide};
pub use queue::show_desk;
pub use show::{download, show_entry};
