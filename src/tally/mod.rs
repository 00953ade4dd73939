//! Standings by ranking group, where the prizes end, ties and the chair's answers. Marks and ranks are Postgres's, frozen
//! by the close; the rules here draw the lines between them.
pub mod charts;
pub mod forms;
pub mod handlers;
pub mod pages;
pub mod replay;
pub mod rules;
pub mod store;
pub mod store_lists;
pub mod store_replay;
