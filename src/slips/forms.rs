//! What is confirmed on the pages of the room.
use uuid::Uuid;

use crate::platform::form::{Fields, Form};

/// A cut, confirmed.
#[derive(Clone, Default)]
pub struct CutForm {
    pub category: Option<Uuid>,
    /// The box was ticked.
    pub sure: bool,
    /// How many entries the page said it would cut.
    pub entries: i64,
}
impl Form for CutForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        CutForm { category: f.line("category").parse().ok(), sure: f.has("sure"), entries: f.line("entries").parse().unwrap_or(-1) }
    }
}
