//! A formula in an .odt is an object with a part of its own, in MathML.
use quick_xml::events::BytesStart;
use quick_xml::name::QName;

use crate::documents::markup::{Elements, Turn, walk};
use crate::documents::model::Unreadable;

#[derive(Default)]
struct Formula {
    text: String,
    in_token: bool,
}

impl Elements for Formula {
    fn start(&mut self, e: &BytesStart<'_>, depth: usize) -> Result<Turn, Unreadable> {
        match e.local_name().as_ref() {
            // charts and sheets are objects too
            other if depth == 1 && other != "math" => return Ok(Turn::Skip),
            // the same once more, as it was typed
            "annotation" | "annotation-xml" => return Ok(Turn::Skip),
            "mi" | "mn" | "mo" | "mtext" | "ms" => self.in_token = true,
            _ => {}
        }
        Ok(Turn::Enter)
    }
    fn end(&mut self, _: QName<'_>, _: usize) {
        self.in_token = false;
    }
    fn text(&mut self, text: &str) {
        if self.in_token {
            self.text.push_str(text.trim());
        }
    }
    fn gathered(&self) -> usize {
        self.text.len()
    }
}

/// The letters and signs of a formula, one after another; None where the object is something else, or is damaged.
pub fn read(xml: &str) -> Result<Option<String>, Unreadable> {
    let mut formula = Formula::default();
    match walk(xml, &mut formula) {
        Ok(()) => Ok(Some(formula.text).filter(|t| !t.is_empty())),
        Err(e @ (Unreadable::Bomb | Unreadable::TooLarge)) => Err(e),
        Err(_) => Ok(None),
    }
}
