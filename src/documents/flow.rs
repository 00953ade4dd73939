//! Text on its way out of a document: pieces into paragraphs, cells beside each other, and what is to be told of it.
use super::legacy;
use super::model::Warning;

#[derive(Default)]
pub struct Flow {
    out: String,
    /// Those begun and not ended: a paragraph can hold a box with paragraphs of its own.
    open: Vec<Paragraph>,
    warnings: Vec<Warning>,
}

#[derive(Default)]
struct Paragraph {
    text: String,
    hidden: bool,
}

impl Flow {
    pub fn warn(&mut self, warning: Warning) {
        if !self.warnings.contains(&warning) {
            self.warnings.push(warning);
        }
    }

    /// Not needed where paragraphs never hold one another: text begins one by itself.
    pub fn begin_paragraph(&mut self) {
        self.open.push(Paragraph::default());
    }

    /// A piece of text under one font. What a reader of the document does not see is told and left out.
    pub fn push(&mut self, piece: &str, font: &str, hidden: bool) {
        if hidden {
            if !piece.trim().is_empty() {
                self.warn(Warning::HiddenText);
            }
            return;
        }
        let unicode = legacy::to_unicode(font, piece);
        if unicode.is_some() {
            self.warn(Warning::OldFont);
        }
        if self.open.is_empty() {
            self.begin_paragraph();
        }
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push_str(unicode.as_deref().unwrap_or(piece));
        }
    }

    /// The paragraph is not shown, what stands in it already included.
    pub fn hide_paragraph(&mut self) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.hidden = true;
        }
    }

    pub fn end_paragraph(&mut self) {
        let Some(paragraph) = self.open.pop() else { return };
        if paragraph.text.trim().is_empty() {
            return;
        }
        if paragraph.hidden {
            self.warn(Warning::HiddenText);
            return;
        }
        self.out.push_str(paragraph.text.trim_end());
        self.out.push_str("\n\n");
    }

    /// Cells of a row stand beside each other.
    pub fn join_cell(&mut self) {
        let kept = self.out.trim_end_matches('\n').len();
        self.out.truncate(kept);
        self.out.push('\t');
    }

    /// Bytes of text so far.
    pub fn gathered(&self) -> usize {
        self.out.len() + self.open.iter().map(|p| p.text.len()).sum::<usize>()
    }

    /// The text, then that of `notes`, flow by flow; and what was left out.
    pub fn finish(mut self, notes: impl IntoIterator<Item = Flow>) -> (String, Vec<Warning>) {
        self.end_all();
        for mut flow in notes {
            flow.end_all();
            self.out.push_str(&flow.out);
            self.warnings.append(&mut flow.warnings);
        }
        self.warnings.sort_unstable();
        self.warnings.dedup();
        (self.out, self.warnings)
    }

    fn end_all(&mut self) {
        while !self.open.is_empty() {
            self.end_paragraph();
        }
    }
}
