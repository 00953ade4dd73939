//! What any web application needs, and no word of contests: hats and transactions, proofs, pages, forms, words, the
//! store, the private Postgres.
pub mod admin;
pub mod assets;
pub mod cluster;
pub mod copies;
pub mod db;
pub mod failure;
pub mod form;
pub mod guard;
pub mod http;
pub mod i18n;
pub mod id;
pub mod kept;
pub mod list;
pub mod metrics;
pub mod names;
pub mod page;
pub mod password;
pub mod query;
pub mod secret;
pub mod sessions;
pub mod site;
pub mod storage;
pub mod tls;
pub mod visitor;
