//! Statistics and ranking: pure functions.
