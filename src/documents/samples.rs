//! Small .docx and .odt files for tests and benches.
use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// A package with the given main part.
pub fn docx_of_xml(document: &str) -> Vec<u8> {
    package(&[("_rels/.rels", RELS), ("word/document.xml", document)])
}

/// A package of the given parts.
pub fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let _ = zip.start_file(*name, SimpleFileOptions::default());
        let _ = zip.write_all(text.as_bytes());
    }
    zip.finish().map(Cursor::into_inner).unwrap_or_default()
}

/// A document of paragraphs.
pub fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let body: String = paragraphs.iter().map(|p| format!("<w:p><w:r><w:t xml:space=\"preserve\">{p}</w:t></w:r></w:p>")).collect();
    docx_of_xml(&wrap(&body))
}

/// A body in its document.
pub fn wrap(body: &str) -> String {
    format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?><w:document xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\"><w:body>{body}</w:body></w:document>")
}

pub const RELS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"r1\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/></Relationships>";

/// What the package of an OpenDocument text says that it is.
pub const ODT: &str = "application/vnd.oasis.opendocument.text";

/// An OpenDocument text of paragraphs.
pub fn odt(paragraphs: &[&str]) -> Vec<u8> {
    let body: String = paragraphs.iter().map(|p| format!("<text:p text:style-name=\"Standard\">{p}</text:p>")).collect();
    odt_of_xml(&odt_wrap("", &body))
}

/// A package with the given content.
pub fn odt_of_xml(content: &str) -> Vec<u8> {
    package(&[("mimetype", ODT), ("content.xml", content)])
}

/// A body in its document, after its automatic styles.
pub fn odt_wrap(styles: &str, body: &str) -> String {
    let spaces: String = ["office", "style", "text", "table", "draw", "svg-compatible", "xsl-fo-compatible", "form", "script"]
        .iter()
        .map(|n| {
            let prefix = n.trim_end_matches("-compatible").trim_start_matches("xsl-");
            format!(" xmlns:{prefix}=\"urn:oasis:names:tc:opendocument:xmlns:{n}:1.0\"")
        })
        .collect();
    let others = "xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:xlink=\"http://www.w3.org/1999/xlink\"";
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content{spaces} {others} office:version=\"1.3\"><office:scripts/><office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    )
}
