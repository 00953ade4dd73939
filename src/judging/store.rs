//! The judge's SQL.
