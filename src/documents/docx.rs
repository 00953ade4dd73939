//! .docx → text: our own reader, because the libraries either lose text (text boxes, formulas) or leak (comments, headers,
//! deleted text, the author's name). Reads the main part, footnotes and endnotes, and nothing that says who wrote it.
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;

use super::flow::Flow;
use super::markup::{Elements, Turn, attribute, walk};
use super::model::{Unreadable, Warning};
use super::package::Package;

/// Elements whose whole content is not the author's present text: deletions, fields' codes, fallbacks, old properties.
const SKIPPED: [&str; 12] =
    ["del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange"];

/// The text of a .docx, and what was left out.
pub fn read(mut package: Package<'_>) -> Result<(String, Vec<Warning>), Unreadable> {
    let rels = package.part("_rels/.rels")?.ok_or(Unreadable::UnknownKind)?;
    let main = main_part(&rels)?.ok_or(Unreadable::UnknownKind)?;
    let document = package.part(&main)?.ok_or(Unreadable::Broken)?;
    let mut text = Collector::default();
    walk(&document, &mut text)?;
    let folder = main.rsplit_once('/').map_or("", |(f, _)| f);
    for notes in ["footnotes", "endnotes"] {
        if let Some(notes) = package.part(&format!("{folder}/{notes}.xml"))? {
            text.end_paragraph();
            walk(&notes, &mut text)?;
        }
    }
    text.end_paragraph();
    Ok(text.flow.finish([]))
}

/// Where the package says its document is; word/document.xml by habit, other names by right.
fn main_part(rels: &str) -> Result<Option<String>, Unreadable> {
    let mut reader = Reader::from_str(rels);
    loop {
        match reader.read_event().map_err(|_| Unreadable::Broken)? {
            Event::Empty(e) | Event::Start(e) if e.local_name().as_ref() == "Relationship" => {
                let kind = attribute(&e, "Type")?.unwrap_or_default();
                if kind.ends_with("/officeDocument") {
                    let target = attribute(&e, "Target")?.unwrap_or_default();
                    return Ok(Some(target.trim_start_matches('/').to_owned()));
                }
            }
            Event::DocType(_) => return Err(Unreadable::Forbidden),
            Event::Eof => return Ok(None),
            _ => {}
        }
    }
}

#[derive(Default)]
struct Collector {
    flow: Flow,
    run: String,
    run_font: String,
    run_hidden: bool,
    in_text: bool,
}

impl Elements for Collector {
    fn start(&mut self, e: &BytesStart<'_>, _: usize) -> Result<Turn, Unreadable> {
        let local = e.local_name();
        let name = local.as_ref();
        if SKIPPED.contains(&name) {
            if name == "del" || name == "moveFrom" {
                self.flow.warn(Warning::TrackedChanges);
            }
            return Ok(Turn::Skip);
        }
        match name {
            "t" => self.in_text = true,
            "tab" => self.run.push('\t'),
            "br" | "cr" => self.run.push('\n'),
            "noBreakHyphen" => self.run.push('-'),
            "vanish" => self.run_hidden = attribute(e, "val")?.is_none_or(|v| v != "0" && v != "false"),
            "rFonts" => self.run_font = attribute(e, "ascii")?.or(attribute(e, "hAnsi")?).unwrap_or_default(),
            "drawing" | "pict" | "object" => self.flow.warn(Warning::Pictures),
            _ => {}
        }
        Ok(Turn::Enter)
    }

    fn end(&mut self, name: QName<'_>, _: usize) {
        match name.local_name().as_ref() {
            "t" => self.in_text = false,
            "r" => self.end_run(),
            "p" => self.end_paragraph(),
            "tc" => self.flow.join_cell(),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text {
            self.run.push_str(text);
        }
    }

    fn gathered(&self) -> usize {
        self.flow.gathered() + self.run.len()
    }
}

impl Collector {
    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let font = std::mem::take(&mut self.run_font);
        let hidden = std::mem::take(&mut self.run_hidden);
        self.flow.push(&run, &font, hidden);
    }

    fn end_paragraph(&mut self) {
        self.end_run();
        self.flow.end_paragraph();
    }
}
