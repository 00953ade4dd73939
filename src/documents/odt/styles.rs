//! The automatic styles of an .odt: which of them hide text, and which set it in another font.
use std::collections::HashMap;

use quick_xml::events::BytesStart;
use quick_xml::name::QName;

use crate::documents::markup::{Elements, Turn, attribute};
use crate::documents::model::Unreadable;

/// What one style says; None where it leaves the matter to what stands around.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Style {
    pub hidden: Option<bool>,
    pub font: Option<String>,
}

/// The styles of content.xml, by family and name. Those of styles.xml are not read: headers and footers live there.
#[derive(Default)]
pub struct Styles {
    /// The font's own name by the name that the document gives it.
    faces: HashMap<String, String>,
    paragraphs: HashMap<String, Style>,
    spans: HashMap<String, Style>,
    open: Option<Open>,
}

struct Open {
    of_paragraphs: bool,
    name: String,
    style: Style,
}

impl Styles {
    pub fn of_paragraph(&self, name: &str) -> Option<&Style> {
        self.paragraphs.get(name)
    }
    pub fn of_span(&self, name: &str) -> Option<&Style> {
        self.spans.get(name)
    }

    /// A style begins as the automatic style that it names as its parent, if that came before.
    fn open(&mut self, e: &BytesStart<'_>) -> Result<Turn, Unreadable> {
        let of_paragraphs = match attribute(e, "family")?.as_deref() {
            Some("paragraph") => true,
            Some("text") => false,
            _ => return Ok(Turn::Skip),
        };
        let parent = attribute(e, "parent-style-name")?.unwrap_or_default();
        let parent = if of_paragraphs { self.of_paragraph(&parent) } else { self.of_span(&parent) };
        let style = parent.cloned().unwrap_or_default();
        self.open = Some(Open { of_paragraphs, name: attribute(e, "name")?.unwrap_or_default(), style });
        Ok(Turn::Enter)
    }

    fn text_properties(&mut self, e: &BytesStart<'_>) -> Result<(), Unreadable> {
        let Some(open) = &mut self.open else { return Ok(()) };
        if let Some(display) = attribute(e, "display")? {
            open.style.hidden = Some(display == "none");
        }
        if let Some(face) = attribute(e, "font-name")? {
            open.style.font = Some(self.faces.get(&face).cloned().unwrap_or(face));
        } else if let Some(family) = attribute(e, "font-family")? {
            open.style.font = Some(first_of(&family));
        }
        Ok(())
    }
}

impl Elements for Styles {
    fn start(&mut self, e: &BytesStart<'_>, _: usize) -> Result<Turn, Unreadable> {
        match e.name().as_ref() {
            "office:document-content" | "office:font-face-decls" | "office:automatic-styles" => {}
            "style:font-face" => {
                let family = attribute(e, "font-family")?.unwrap_or_default();
                self.faces.insert(attribute(e, "name")?.unwrap_or_default(), first_of(&family));
            }
            "style:style" => return self.open(e),
            "style:text-properties" => self.text_properties(e)?,
            _ => return Ok(Turn::Skip),
        }
        Ok(Turn::Enter)
    }

    fn end(&mut self, name: QName<'_>, _: usize) {
        if name.as_ref() == "style:style"
            && let Some(Open { of_paragraphs, name, style }) = self.open.take()
        {
            if of_paragraphs { &mut self.paragraphs } else { &mut self.spans }.insert(name, style);
        }
    }

    fn text(&mut self, _: &str) {}
}

/// The first family of a list as style sheets write it, without quotes.
fn first_of(families: &str) -> String {
    let first = families.split(',').next().unwrap_or_default().replace("&apos;", "'").replace("&quot;", "\"");
    first.trim().trim_matches(['\'', '"']).to_owned()
}
