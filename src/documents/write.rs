//! A .docx written: a title and paragraphs, as a word processor opens them.
use std::fmt::Write as _;

use super::samples::package;

const TYPES: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
/// A4, the margins and the font of a Vietnamese office's letter.
const PAGE: &str = "<w:sectPr><w:pgSz w:w=\"11906\" w:h=\"16838\"/><w:pgMar w:top=\"1134\" w:right=\"851\" w:bottom=\"1134\" w:left=\"1701\" w:header=\"709\" w:footer=\"709\" w:gutter=\"0\"/></w:sectPr>";
const FONT: &str = "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:cs=\"Times New Roman\"/>";

/// The file's bytes. It says nothing of who wrote it or when.
pub fn write_docx(title: &str, paragraphs: &[String]) -> Vec<u8> {
    let mut body =
        format!("<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr><w:r><w:rPr>{FONT}<w:b/><w:sz w:val=\"32\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(title));
    for p in paragraphs {
        let _ = write!(
            body,
            "<w:p><w:pPr><w:spacing w:after=\"120\" w:line=\"312\" w:lineRule=\"auto\"/><w:ind w:firstLine=\"567\"/><w:jc w:val=\"both\"/></w:pPr><w:r><w:rPr>{FONT}<w:sz w:val=\"28\"/></w:rPr><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>",
            escaped(p)
        );
    }
    let document = super::samples::wrap(&format!("{body}{PAGE}"));
    package(&[("[Content_Types].xml", TYPES), ("_rels/.rels", super::samples::RELS), ("word/document.xml", &document)])
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_is_written_is_read_again() {
        let bytes = super::write_docx("Chợ & sông", &["Đoạn <một>.".into(), "Đoạn hai.".into()]);
        assert_eq!(crate::documents::read::read(&bytes).unwrap().text, "Chợ & sông\n\nĐoạn <một>.\n\nĐoạn hai.");
    }
}
