//! A list to take away, as a file: which columns, and how a cell is written so that no program takes it for a formula.
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

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

/// A cell as it is meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell {
    Number(i64),
    Text(String),
}

/// The moment as spreadsheets sort it.
pub fn moment(at: DateTime<Utc>, tz: Tz) -> String {
    at.with_timezone(&tz).format("%Y-%m-%d %H:%M:%S").to_string()
}

/// A line of CSV (RFC 4180). What would begin a formula gets an apostrophe in front: people type names, spreadsheets run cells.
pub fn csv_line(cells: &[Cell], out: &mut String) {
    for (i, cell) in cells.iter().enumerate() {
        if i > 0 {
            out.push(',');
        }
        match cell {
            Cell::Number(n) => out.push_str(&n.to_string()),
            Cell::Text(text) => csv_text(text, out),
        }
    }
    out.push_str("\r\n");
}

fn csv_text(text: &str, out: &mut String) {
    let formula = text.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']) || text.starts_with(['\t', '\r', '\n']);
    if !formula && !text.contains([',', '"', '\n', '\r', ';']) {
        out.push_str(text);
        return;
    }
    out.push('"');
    if formula {
        out.push('\'');
    }
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> String {
        let mut out = String::new();
        csv_line(&[Cell::Number(7), Cell::Text(text.into())], &mut out);
        out
    }

    #[test]
    fn a_cell_that_would_run_is_text() {
        for text in ["=1+1", "+84900000246", "-2", "@sum", "\tx", " =cmd|' /C calc'!A0", "＝1"] {
            assert!(written(text).starts_with("7,\"'"), "{}", written(text));
        }
        assert_eq!(written("Đường về bản"), "7,Đường về bản\r\n");
    }
    #[test]
    fn quotes_commas_and_lines_stay_inside_their_cell() {
        assert_eq!(written("Ông \"Ba\", xã A\nB"), "7,\"Ông \"\"Ba\"\", xã A\nB\"\r\n");
    }
}
