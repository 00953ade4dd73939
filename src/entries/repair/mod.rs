//! After the cut: the desk asks an author for a repaired file or text, the author answers, and the desk takes it or says why not.
pub mod forms;
pub mod handlers;
pub mod model;
pub mod pages;
pub mod rules;
pub mod store;
