//! Marks and declarations as typed: what they are, and why not.
