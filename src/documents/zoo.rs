//! One file of every kind a reading can meet, with what must come out of it, the same from the parser alone and from the child
//! behind its walls. For tests.
use super::model::{Reading, Unreadable, Warning};
use super::samples::{self, docx, docx_of_xml, package, wrap};

/// What it is, its bytes, and what a reading gives.
pub type Animal = (&'static str, Vec<u8>, Result<Reading, Unreadable>);

/// All of them; some take a moment to make.
pub fn animals() -> Vec<Animal> {
    [good(), poor(), hostile()].into_iter().flatten().collect()
}

fn text(text: &str, words: u32, warnings: &[Warning]) -> Result<Reading, Unreadable> {
    Ok(Reading { text: text.to_owned(), words, warnings: warnings.to_vec() })
}

fn good() -> Vec<Animal> {
    let table = "<w:p><w:r><w:t>Một</w:t><w:br/><w:t>dòng</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let marked = "<w:p><w:r><w:t>Còn</w:t></w:r><w:del><w:r><w:delText>DEL</w:delText></w:r></w:del><w:ins><w:r><w:t> thêm</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>HID</w:t></w:r></w:p>";
    let old = "<w:p><w:r><w:rPr><w:rFonts w:ascii=\".VnTime\"/></w:rPr><w:t>nh©n d©n</w:t></w:r></w:p>";
    let long = vec!["Tủ sách của thôn mở cửa mỗi chiều."; 40_000].join("\n\n");
    let utf16: Vec<u8> = "\u{feff}Gõ thẳng".encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        ("a text", "Gõ thẳng vào tệp".as_bytes().to_vec(), text("Gõ thẳng vào tệp", 4, &[])),
        ("a text of two bytes a letter", utf16, text("Gõ thẳng", 2, &[])),
        ("a text of megabytes", long.clone().into_bytes(), text(&long, 320_000, &[])),
        ("a document", docx(&["Một hai.", "Ba."]), text("Một hai.\n\nBa.", 3, &[])),
        ("a document with a table", docx_of_xml(&wrap(table)), text("Một\ndòng\n\na\tb", 4, &[])),
        ("a document with changes and hidden text", docx_of_xml(&wrap(marked)), text("Còn thêm", 2, &[Warning::HiddenText, Warning::TrackedChanges])),
        ("an OpenDocument text", samples::odt(&["Một hai.", "Ba."]), text("Một hai.\n\nBa.", 3, &[])),
        ("a document in an old font", docx_of_xml(&wrap(old)), text("nhân dân", 2, &[Warning::OldFont])),
        ("a document of megabytes", docx(&vec!["Tủ sách của thôn mở cửa mỗi chiều."; 40_000]), text(&long, 320_000, &[])),
    ]
}

fn poor() -> Vec<Animal> {
    let half = docx(&["Một hai ba bốn năm sáu bảy tám chín mười."]);
    let half = half.get(..half.len() / 2).unwrap_or_default().to_vec();
    vec![
        ("nothing", vec![], Err(Unreadable::Empty)),
        ("no word", b" \n\n ".to_vec(), Err(Unreadable::Empty)),
        ("a PDF", b"%PDF-1.7 ...".to_vec(), Err(Unreadable::Pdf)),
        ("an old .doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), Err(Unreadable::OldDoc)),
        ("a program", b"MZ\x90\0".to_vec(), Err(Unreadable::UnknownKind)),
        ("a package of something else", package(&[("a.txt", "x")]), Err(Unreadable::UnknownKind)),
        ("half a document", half, Err(Unreadable::Broken)),
        ("a text of more bytes than a draft holds", b"hai ba ".repeat(700_000), Err(Unreadable::TooLarge)),
        ("more bytes than an upload may have", vec![b'a'; super::model::MAX_UPLOAD + 1], Err(Unreadable::TooLarge)),
    ]
}

fn hostile() -> Vec<Animal> {
    let endless = wrap(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "A".repeat(100 << 20)));
    let names: Vec<String> = (0..3_000).map(|i| format!("p{i}")).collect();
    let many: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), "")).collect();
    let entity = "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>";
    let body = "<w:p><w:r><w:t>&e;</w:t></w:r></w:p>";
    vec![
        ("a text that inflates without end", docx_of_xml(&endless), Err(Unreadable::Bomb)),
        ("a million deep", docx_of_xml(&wrap(&"<w:sdt>".repeat(1_000_000))), Err(Unreadable::Bomb)),
        ("too many parts", package(&many), Err(Unreadable::Bomb)),
        ("an external entity", docx_of_xml(&format!("{entity}{}", wrap(body))), Err(Unreadable::Forbidden)),
        ("an entity of its own", docx_of_xml(&wrap(body)), Err(Unreadable::Forbidden)),
        ("a document without its main part", package(&[("_rels/.rels", samples::RELS)]), Err(Unreadable::Broken)),
    ]
}
