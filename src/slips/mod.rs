//! The crossings: the only room that may mention both sides.
