//! Who you are: sign-up, sign-in, invitations, hats. The tables stand behind functions of the database; this room holds
//! no password longer than a hash takes.
pub mod actions;
pub mod address_handlers;
pub mod demo_handlers;
pub mod forms;
pub mod guards;
pub mod handlers;
pub mod language_handlers;
pub mod model;
pub mod pages;
pub mod store;
pub mod store_demo;

pub use actions::count_attempt;
pub use guards::{Anyone, Bearer, SignedIn};
pub use model::{AccountId, HatWord, Me};
pub use store::grant_by_administrator;

pub use actions::{first_link, invitation_link, sweep};
