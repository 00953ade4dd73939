//! Journeys by person: a spawned app, a database of its own, real forms. And the walls, straight in Postgres.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "tests say what they expect"
)]
mod support;

mod access;
mod accounts;
mod after_cut;
mod after_cut_corrections;
mod after_cut_repair;
mod after_cut_repair_walls;
mod announcements;
mod architecture;
mod blindness;
mod auditor;
mod bones;
mod chair;
mod clerk;
mod clerk_beside;
mod clerk_corrections;
mod clerk_doubts;
mod clerk_letters;
mod clerk_lists;
mod clerk_many;
mod clerk_names;
mod clerk_post;
mod contestant;
mod closing;
mod crossings;
mod cutting;
mod decisions;
mod demo;
mod durability;
mod extension;
mod fortress;
mod grants;
mod hats;
mod judge;
mod invite_list;
mod keys;
mod ladder;
mod letters;
mod migrations;
mod organizer;
mod own_result;
mod organizer_rules;
mod pages;
mod portal;
mod public;
mod queue;
mod readings;
mod results;
mod running;
mod sealed_desk;
mod strikes;
mod turns;
mod whole;
