//! Paper by post: the desk writes down an envelope on behalf of somebody, and an account takes it up by the code on its receipt.
pub mod forms;
pub mod handlers;
pub mod model;
pub mod pages;
pub mod rules;
pub mod store;
