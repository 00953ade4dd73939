//! .odt → text (OpenDocument, what LibreOffice writes): by the same walk and with the same result as .docx. Reads content.xml and
//! formulas; meta.xml and styles.xml, with who wrote it, headers and footers, are never opened.
use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::QName;

use super::flow::Flow;
use super::markup::{Elements, Turn, attribute, walk};
use super::model::{MAX_TEXT, Unreadable, Warning};
use super::package::Package;

mod formula;
mod styles;
#[cfg(test)]
mod tests;

use styles::{Style, Styles};

/// Fields that the word processor fills in from who sits at it and from the file; `sender-…` besides.
const TELLING: [&str; 9] = ["author-name", "author-initials", "creator", "initial-creator", "printed-by", "file-name", "template-name", "user-defined", "database-name"];
/// Not text of the work: a note's number and a list's label, which come by themselves, macros.
const NO_TEXT: [&str; 4] = ["note-citation", "number", "script", "execute-macro"];
/// Drawings that can hold paragraphs.
const SHAPES: [&str; 12] = ["custom-shape", "rect", "line", "polyline", "polygon", "regular-polygon", "path", "circle", "ellipse", "connector", "caption", "measure"];

/// Whether the package is an OpenDocument text. Other OpenDocument files (sheets, slides) are refused at once.
pub fn is_one(package: &mut Package<'_>) -> Result<bool, Unreadable> {
    let Some(kind) = package.part("mimetype")? else {
        return Ok(package.has("content.xml") && !package.has("_rels/.rels"));
    };
    match kind.trim().strip_prefix("application/vnd.oasis.opendocument.") {
        Some("text" | "text-template") => Ok(true),
        Some(_) => Err(Unreadable::UnknownKind),
        None => Ok(false),
    }
}

/// The text of an .odt, and what was left out.
pub fn read(mut package: Package<'_>) -> Result<(String, Vec<Warning>), Unreadable> {
    if let Some(manifest) = package.part("META-INF/manifest.xml")?
        && is_encrypted(&manifest)?
    {
        return Err(Unreadable::OldDoc);
    }
    let content = package.part("content.xml")?.ok_or(Unreadable::Broken)?;
    let mut styles = Styles::default();
    walk(&content, &mut styles)?;
    let mut text = Collector { package: &mut package, styles: &styles, is_text: false, flows: Flows::default(), looks: vec![], spaced: true, formula_at: None };
    walk(&content, &mut text)?;
    if !text.is_text {
        return Err(Unreadable::UnknownKind);
    }
    let Flows { body, footnotes, endnotes } = text.flows;
    Ok(body.finish([footnotes, endnotes]))
}

/// A part under a password is listed with how it is encrypted. Old programs write a document type here, which is passed over:
/// nothing of this part is shown or expanded.
fn is_encrypted(manifest: &str) -> Result<bool, Unreadable> {
    let mut reader = Reader::from_str(manifest);
    loop {
        match reader.read_event().map_err(|_| Unreadable::Broken)? {
            Event::Start(e) | Event::Empty(e) if e.local_name().as_ref() == "encryption-data" => return Ok(true),
            Event::Eof => return Ok(false),
            _ => {}
        }
    }
}

/// Notes follow the text, as in a .docx.
#[derive(Default)]
struct Flows {
    body: Flow,
    footnotes: Flow,
    endnotes: Flow,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Place {
    #[default]
    Body,
    Footnote,
    Endnote,
}

/// How text stands where the walk is.
#[derive(Clone, Copy, Default)]
struct Look<'a> {
    place: Place,
    font: &'a str,
    /// By what stands around; no style shows it again.
    hidden: bool,
    /// By its style; a style within can show it.
    style_hides: bool,
    /// Within a paragraph: text outside one is no text.
    words: bool,
}

struct Collector<'a, 'b> {
    package: &'a mut Package<'b>,
    styles: &'a Styles,
    is_text: bool,
    flows: Flows,
    /// With the depth of the element that it begins at.
    looks: Vec<(usize, Look<'a>)>,
    /// A space stands already, so more of them are none.
    spaced: bool,
    /// Depth of an object that was a formula: the picture beside it shows the same.
    formula_at: Option<usize>,
}

impl Elements for Collector<'_, '_> {
    fn start(&mut self, e: &BytesStart<'_>, depth: usize) -> Result<Turn, Unreadable> {
        let name = e.name();
        match name.as_ref().split_once(':') {
            Some(("office", "document-content" | "body")) => Ok(Turn::Enter),
            Some(("office", "text")) => {
                self.is_text = true;
                Ok(Turn::Enter)
            }
            Some(("text", local)) => self.text_element(local, e, depth),
            Some(("table", local)) => Ok(self.table(local, depth)),
            Some(("draw", local)) => self.drawing(local, e, depth),
            // LibreOffice's frame around a piece of a paragraph
            Some(("loext", "content-control")) => Ok(Turn::Enter),
            // comments, forms, scripts, alternative texts and what else is no text of the work
            _ => Ok(Turn::Skip),
        }
    }

    fn end(&mut self, name: QName<'_>, depth: usize) {
        match name.as_ref() {
            "text:p" | "text:h" => {
                self.flow().end_paragraph();
                self.spaced = false;
            }
            "table:table-cell" if !self.is_hidden() => self.flow().join_cell(),
            _ => {}
        }
        if self.looks.last().is_some_and(|(at, _)| *at == depth) {
            self.looks.pop();
        }
    }

    /// Line ends and spaces of the file itself are one space; others have elements.
    fn text(&mut self, text: &str) {
        if !self.look().words {
            return;
        }
        let mut piece = String::with_capacity(text.len());
        for c in text.chars() {
            let is_space = matches!(c, ' ' | '\t' | '\r' | '\n');
            if !is_space {
                piece.push(c);
            } else if !self.spaced {
                piece.push(' ');
            }
            self.spaced = is_space;
        }
        self.push(&piece);
    }

    fn gathered(&self) -> usize {
        self.flows.body.gathered() + self.flows.footnotes.gathered() + self.flows.endnotes.gathered()
    }
}

impl<'a> Collector<'a, '_> {
    fn look(&self) -> Look<'a> {
        self.looks.last().map_or_else(Look::default, |(_, look)| *look)
    }
    fn is_hidden(&self) -> bool {
        let look = self.look();
        look.hidden || look.style_hides
    }

    fn enter(&mut self, depth: usize, look: Look<'a>) -> Turn {
        self.looks.push((depth, look));
        Turn::Enter
    }

    /// Something of its own within what stands around: a note, a box, a table.
    fn enter_apart(&mut self, depth: usize, hidden: bool) -> Turn {
        let place = self.look().place;
        self.enter(depth, Look { place, hidden: hidden || self.is_hidden(), ..Look::default() })
    }

    fn flow(&mut self) -> &mut Flow {
        match self.look().place {
            Place::Body => &mut self.flows.body,
            Place::Footnote => &mut self.flows.footnotes,
            Place::Endnote => &mut self.flows.endnotes,
        }
    }

    fn push(&mut self, piece: &str) {
        let (font, hidden) = (self.look().font, self.is_hidden());
        self.flow().push(piece, font, hidden);
    }

    /// Spaces, a tab, a line's end: as many as the document says.
    fn push_blank(&mut self, blank: char, times: usize) {
        if self.look().words {
            self.push(&blank.to_string().repeat(times.min(MAX_TEXT)));
            self.spaced = false;
        }
    }

    fn text_element(&mut self, local: &str, e: &BytesStart<'_>, depth: usize) -> Result<Turn, Unreadable> {
        match local {
            "p" | "h" => self.paragraph(e, depth),
            "s" => {
                let times = attribute(e, "c")?.map_or(Some(1), |n| n.parse().ok());
                self.push_blank(' ', times.unwrap_or(1));
                Ok(Turn::Skip)
            }
            "tab" => {
                self.push_blank('\t', 1);
                Ok(Turn::Skip)
            }
            "line-break" => {
                self.push_blank('\n', 1);
                Ok(Turn::Skip)
            }
            // within tracked-changes: what was struck out; insertions stand in the text itself
            "deletion" => {
                self.flow().warn(Warning::TrackedChanges);
                Ok(Turn::Skip)
            }
            "note" => Ok(self.note(attribute(e, "note-class")?.as_deref(), depth)),
            "hidden-text" => {
                let text = attribute(e, "string-value")?.unwrap_or_default();
                self.flow().push(&text, "", true);
                let look = Look { hidden: true, ..self.look() };
                Ok(self.enter(depth, look))
            }
            "hidden-paragraph" => {
                if is_not_shown(e)? {
                    self.hide_paragraph();
                }
                Ok(Turn::Skip)
            }
            _ if TELLING.contains(&local) || NO_TEXT.contains(&local) || local.starts_with("sender-") || local.ends_with("-source") => Ok(Turn::Skip),
            _ => self.piece(e, depth),
        }
    }

    /// What stands in it already, and what comes, with its notes and boxes.
    fn hide_paragraph(&mut self) {
        self.flow().hide_paragraph();
        for (_, look) in self.looks.iter_mut().rev().take_while(|(_, look)| look.words) {
            look.hidden = true;
        }
    }

    fn paragraph(&mut self, e: &BytesStart<'_>, depth: usize) -> Result<Turn, Unreadable> {
        let styles = self.styles;
        let style = attribute(e, "style-name")?.and_then(|name| styles.of_paragraph(&name));
        let around = self.look();
        self.flow().begin_paragraph();
        self.spaced = true;
        let plain = Look { place: around.place, hidden: around.hidden || around.style_hides, words: true, ..Look::default() };
        Ok(self.enter(depth, styled(plain, style)))
    }

    /// A piece of a paragraph, a section, a list, a field: what a reader sees of it is its text.
    fn piece(&mut self, e: &BytesStart<'_>, depth: usize) -> Result<Turn, Unreadable> {
        let (styles, around) = (self.styles, self.look());
        // sections and lists have styles of other families, maybe of the same names
        let name = if around.words { attribute(e, "style-name")? } else { None };
        let look = styled(around, name.and_then(|name| styles.of_span(&name)));
        let hidden = look.hidden || is_not_shown(e)?;
        Ok(self.enter(depth, Look { hidden, ..look }))
    }

    /// A note within a note stays in it.
    fn note(&mut self, class: Option<&str>, depth: usize) -> Turn {
        let hidden = self.is_hidden();
        let place = match (self.look().place, class) {
            (Place::Body, Some("endnote")) => Place::Endnote,
            (Place::Body, _) => Place::Footnote,
            (place, _) => place,
        };
        self.enter(depth, Look { place, hidden, ..Look::default() })
    }

    fn table(&mut self, local: &str, depth: usize) -> Turn {
        match local {
            // under a cell that spans its place
            "covered-table-cell" => self.enter_apart(depth, true),
            "title" | "desc" => Turn::Skip,
            _ => self.enter_apart(depth, false),
        }
    }

    fn drawing(&mut self, local: &str, e: &BytesStart<'_>, depth: usize) -> Result<Turn, Unreadable> {
        match local {
            "frame" | "text-box" | "g" | "a" => {}
            "image" if self.formula_at == Some(depth) => return Ok(Turn::Skip),
            "object" => {
                let formula = self.formula(e)?;
                self.formula_at = formula.as_ref().map(|_| depth);
                match formula {
                    Some(text) => {
                        self.push(&text);
                        self.spaced = false;
                    }
                    None => self.flow().warn(Warning::Pictures),
                }
                return Ok(Turn::Skip);
            }
            "image" | "object-ole" | "plugin" | "applet" | "floating-frame" => {
                self.flow().warn(Warning::Pictures);
                return Ok(Turn::Skip);
            }
            _ if SHAPES.contains(&local) => self.flow().warn(Warning::Pictures),
            _ => return Ok(Turn::Skip),
        }
        if local == "frame" {
            self.formula_at = None;
        }
        let hidden = is_not_shown(e)?;
        Ok(self.enter_apart(depth, hidden))
    }

    /// The object's own part in this package; what lies elsewhere is never fetched.
    fn formula(&mut self, e: &BytesStart<'_>) -> Result<Option<String>, Unreadable> {
        let Some(place) = attribute(e, "href")? else { return Ok(None) };
        let part = format!("{}/content.xml", place.trim_start_matches("./").trim_end_matches('/'));
        match self.package.part(&part)? {
            Some(xml) => formula::read(&xml),
            None => Ok(None),
        }
    }
}

/// `display="none"`, or a condition that did not hold when the file was written.
fn is_not_shown(e: &BytesStart<'_>) -> Result<bool, Unreadable> {
    Ok(attribute(e, "display")?.is_some_and(|d| d == "none") || attribute(e, "is-hidden")?.is_some_and(|h| h == "true"))
}

fn styled<'a>(look: Look<'a>, style: Option<&'a Style>) -> Look<'a> {
    let Some(style) = style else { return look };
    Look { font: style.font.as_deref().unwrap_or(look.font), style_hides: style.hidden.unwrap_or(look.style_hides), ..look }
}
