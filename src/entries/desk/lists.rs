//! The desk's list to take away: which columns.

/// Columns in order; each has its word `desk-list-<key>`. Behind them one for each question of the rules, in its own words.
pub const COLUMNS: [&str; 22] = [
    "number",
    "receipt",
    "state",
    "cut",
    "category",
    "unit",
    "title",
    "words",
    "authors",
    "pens",
    "years",
    "emails",
    "phones",
    "guardians",
    "received",
    "postmark",
    "arrived",
    "condition",
    "since",
    "due",
    "flags",
    "reason",
];
