//! The XML parts of a package, walked once from top to bottom: no element deeper than a document needs, no document type, no
//! entity but XML's own, and not more text than an entry may have. One walk for every kind of package.
use quick_xml::Reader;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::name::QName;

use super::model::{MAX_TEXT, Unreadable};

/// Elements deep, at most.
const MOST_DEPTH: usize = 256;
/// Attributes of an element that are looked at.
const MOST_ATTRIBUTES: usize = 64;

/// What becomes of an element that starts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    Enter,
    /// Neither its text nor its elements are told, nor its end.
    Skip,
}

/// Who takes a part's elements and text, in their order. The root's depth is 1.
pub trait Elements {
    fn start(&mut self, e: &BytesStart<'_>, depth: usize) -> Result<Turn, Unreadable>;
    fn end(&mut self, name: QName<'_>, depth: usize);
    fn text(&mut self, text: &str);
    /// Bytes of text so far; beyond `MAX_TEXT` the walk ends.
    fn gathered(&self) -> usize {
        0
    }
}

/// Tells `to` what stands in a part. Refused: what is not well formed (`Broken`), too deep (`Bomb`), too long (`TooLarge`), or
/// declares or names entities of its own (`Forbidden`), also where nobody looks.
pub fn walk(xml: &str, to: &mut impl Elements) -> Result<(), Unreadable> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut depth = 0;
    // depth of the element being skipped, with all in it
    let mut skipped: Option<usize> = None;
    loop {
        match reader.read_event().map_err(|_| Unreadable::Broken)? {
            Event::Start(e) => {
                depth += 1;
                if depth > MOST_DEPTH {
                    return Err(Unreadable::Bomb);
                }
                if skipped.is_none() && to.start(&e, depth)? == Turn::Skip {
                    skipped = Some(depth);
                }
            }
            Event::Empty(e) => {
                let entered = skipped.is_none() && to.start(&e, depth + 1)? == Turn::Enter;
                if entered {
                    to.end(e.name(), depth + 1);
                }
            }
            Event::End(e) => {
                match skipped {
                    None => to.end(e.name(), depth),
                    Some(from) if depth <= from => skipped = None,
                    Some(_) => {}
                }
                depth = depth.saturating_sub(1);
            }
            Event::Text(t) if skipped.is_none() => to.text(&t),
            Event::CData(t) if skipped.is_none() => to.text(&t),
            Event::GeneralRef(r) => {
                let c = character(&r)?;
                if skipped.is_none() {
                    to.text(c.encode_utf8(&mut [0; 4]));
                }
            }
            Event::DocType(_) => return Err(Unreadable::Forbidden),
            Event::Eof => return if depth == 0 { Ok(()) } else { Err(Unreadable::Broken) },
            _ => {}
        }
        if to.gathered() > MAX_TEXT {
            return Err(Unreadable::TooLarge);
        }
    }
}

/// The five of XML and numbers; a document's own entities are refused.
fn character(r: &BytesRef<'_>) -> Result<char, Unreadable> {
    if let Ok(Some(c)) = r.resolve_char_ref() {
        return Ok(c);
    }
    match r.as_ref() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(Unreadable::Forbidden),
    }
}

/// An attribute by its name without prefix, as it is written.
pub fn attribute(e: &BytesStart<'_>, name: &str) -> Result<Option<String>, Unreadable> {
    for a in e.attributes().take(MOST_ATTRIBUTES) {
        let a = a.map_err(|_| Unreadable::Broken)?;
        if a.key.local_name().as_ref() == name {
            return Ok(Some(a.value.to_string()));
        }
    }
    Ok(None)
}
