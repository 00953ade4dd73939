//! Phách: essay contests, judged blind, fair and provable. Rooms in dependency order; a room uses only rooms above it.
pub mod config;
pub mod platform;

pub mod outbox;
pub mod record;
pub mod accounts;
pub mod contests;
pub mod documents;
pub mod entries;
pub mod slips;
pub mod judging;
pub mod tally;
pub mod results;
pub mod demo;

pub mod app;
pub mod jobs;
pub mod routes;
pub mod serve;
pub mod verify;
