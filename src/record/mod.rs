//! The append-only chain of what happened: chaining, reading, verification.
