//! .docx → text: our own reader, because the libraries either lose text (text boxes, formulas) or leak (comments, headers,
//! deleted text, the author's name). Reads the main part and footnotes, and nothing that says who wrote it.
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::legacy;
use super::model::{MAX_TEXT, Unreadable, Warning};
use super::package::Package;

/// Elements deep, at most.
const MOST_DEPTH: usize = 256;

/// Elements whose whole content is not the author's present text: deletions, fields' codes, fallbacks, old properties.
const SKIPPED: [&str; 12] =
    ["del", "moveFrom", "instrText", "delText", "delInstrText", "Fallback", "rPrChange", "pPrChange", "sectPrChange", "tblPrChange", "tcPrChange", "trPrChange"];

/// The text of a .docx, and what was left out.
pub fn read(bytes: &[u8]) -> Result<(String, Vec<Warning>), Unreadable> {
    let mut package = Package::open(bytes)?;
    let rels = package.part("_rels/.rels")?.ok_or(Unreadable::UnknownKind)?;
    let main = main_part(&rels)?.ok_or(Unreadable::UnknownKind)?;
    let document = package.part(&main)?.ok_or(Unreadable::Broken)?;
    let mut text = Collector::default();
    text.collect(&document)?;
    let folder = main.rsplit_once('/').map_or("", |(f, _)| f);
    if let Some(notes) = package.part(&format!("{folder}/footnotes.xml"))? {
        text.end_paragraph();
        text.collect(&notes)?;
    }
    text.end_paragraph();
    text.warnings.sort_unstable();
    text.warnings.dedup();
    Ok((text.out, text.warnings))
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

fn attribute(e: &BytesStart, name: &str) -> Result<Option<String>, Unreadable> {
    for a in e.attributes().take(64) {
        let a = a.map_err(|_| Unreadable::Broken)?;
        if a.key.local_name().as_ref() == name {
            return Ok(Some(a.value.to_string()));
        }
    }
    Ok(None)
}

#[derive(Default)]
struct Collector {
    out: String,
    warnings: Vec<Warning>,
    paragraph: String,
    run: String,
    run_font: String,
    run_hidden: bool,
    in_text: bool,
    depth: usize,
    /// Depth of the element being skipped, with all in it.
    skip_from: Option<usize>,
}

impl Collector {
    fn collect(&mut self, xml: &str) -> Result<(), Unreadable> {
        let mut reader = Reader::from_str(xml);
        reader.config_mut().check_end_names = true;
        self.depth = 0;
        loop {
            match reader.read_event().map_err(|_| Unreadable::Broken)? {
                Event::Start(e) => {
                    self.depth += 1;
                    if self.depth > MOST_DEPTH {
                        return Err(Unreadable::Bomb);
                    }
                    self.start(&e)?;
                }
                Event::Empty(e) => {
                    self.depth += 1;
                    self.start(&e)?;
                    self.end(e.local_name().as_ref())?;
                    self.depth -= 1;
                }
                Event::End(e) => {
                    self.end(e.local_name().as_ref())?;
                    self.depth = self.depth.saturating_sub(1);
                }
                Event::Text(t) if self.in_text && self.skip_from.is_none() => self.run.push_str(&t),
                Event::CData(t) if self.in_text && self.skip_from.is_none() => self.run.push_str(&t),
                Event::GeneralRef(r) => self.reference(&r)?,
                Event::DocType(_) => return Err(Unreadable::Forbidden),
                Event::Eof => return if self.depth == 0 { Ok(()) } else { Err(Unreadable::Broken) },
                _ => {}
            }
            if self.out.len() + self.paragraph.len() + self.run.len() > MAX_TEXT {
                return Err(Unreadable::TooLarge);
            }
        }
    }

    fn start(&mut self, e: &BytesStart) -> Result<(), Unreadable> {
        let local = e.local_name();
        let name = local.as_ref();
        if self.skip_from.is_some() {
            return Ok(());
        }
        if SKIPPED.contains(&name) {
            self.skip_from = Some(self.depth);
            if name == "del" || name == "moveFrom" {
                self.warnings.push(Warning::TrackedChanges);
            }
            return Ok(());
        }
        match name {
            "t" => self.in_text = true,
            "tab" => self.run.push('\t'),
            "br" | "cr" => self.run.push('\n'),
            "noBreakHyphen" => self.run.push('-'),
            "vanish" => self.run_hidden = attribute(e, "val")?.is_none_or(|v| v != "0" && v != "false"),
            "rFonts" => self.run_font = attribute(e, "ascii")?.or(attribute(e, "hAnsi")?).unwrap_or_default(),
            "drawing" | "pict" | "object" => self.warnings.push(Warning::Pictures),
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) -> Result<(), Unreadable> {
        if let Some(from) = self.skip_from {
            if self.depth <= from {
                self.skip_from = None;
            }
            return Ok(());
        }
        match name {
            "t" => self.in_text = false,
            "r" => self.end_run(),
            "p" => self.end_paragraph(),
            "tc" => self.join_cell(),
            _ => {}
        }
        Ok(())
    }

    /// The five of XML and numbers; a document's own entities are refused.
    fn reference(&mut self, r: &quick_xml::events::BytesRef) -> Result<(), Unreadable> {
        let c = match r.resolve_char_ref() {
            Ok(Some(c)) => c,
            _ => match r.as_ref() {
                "amp" => '&',
                "lt" => '<',
                "gt" => '>',
                "quot" => '"',
                "apos" => '\'',
                _ => return Err(Unreadable::Forbidden),
            },
        };
        if self.in_text && self.skip_from.is_none() {
            self.run.push(c);
        }
        Ok(())
    }

    fn end_run(&mut self) {
        let run = std::mem::take(&mut self.run);
        let font = std::mem::take(&mut self.run_font);
        if std::mem::take(&mut self.run_hidden) {
            if !run.trim().is_empty() {
                self.warnings.push(Warning::HiddenText);
            }
            return;
        }
        match legacy::to_unicode(&font, &run) {
            Some(converted) => {
                self.warnings.push(Warning::OldFont);
                self.paragraph.push_str(&converted);
            }
            None => self.paragraph.push_str(&run),
        }
    }

    fn end_paragraph(&mut self) {
        self.end_run();
        let paragraph = std::mem::take(&mut self.paragraph);
        if !paragraph.trim().is_empty() {
            self.out.push_str(paragraph.trim_end());
            self.out.push_str("\n\n");
        }
    }

    /// Cells of a row stand beside each other.
    fn join_cell(&mut self) {
        let kept = self.out.trim_end_matches('\n').len();
        self.out.truncate(kept);
        self.out.push('\t');
    }
}
