use super::model::{Unreadable, Warning};
use super::read::read;
use super::samples::{self, docx, docx_of_xml, package, wrap};

fn text_of(bytes: &[u8]) -> String {
    read(bytes).unwrap().text
}

#[test]
fn paragraphs_tables_and_breaks_are_read_in_order() {
    let body = "<w:p><w:r><w:t>Một</w:t><w:br/><w:t>dòng</w:t></w:r></w:p><w:tbl><w:tr><w:tc><w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>b</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p><w:r><w:t>cuối &amp; hết</w:t></w:r></w:p>";
    assert_eq!(text_of(&docx_of_xml(&wrap(body))), "Một\ndòng\n\na\tb\tcuối & hết");
}

#[test]
fn footnotes_and_endnotes_follow_the_text() {
    let of = |text: &str| wrap(&format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"));
    let parts = [("_rels/.rels", samples::RELS), ("word/document.xml", &of("Bài.")), ("word/endnotes.xml", &of("cuối bài")), ("word/footnotes.xml", &of("chân trang"))];
    assert_eq!(text_of(&package(&parts)), "Bài.\n\nchân trang\n\ncuối bài");
}

#[test]
fn deletions_comments_headers_and_hidden_text_do_not_come_through() {
    let body = "<w:p><w:r><w:t>Còn</w:t></w:r><w:del><w:r><w:delText>DELTEXT</w:delText></w:r></w:del><w:ins><w:r><w:t> thêm</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>HIDDEN</w:t></w:r><w:r><w:instrText>AUTHOR</w:instrText></w:r></w:p>";
    let parts = [
        ("_rels/.rels", samples::RELS),
        ("word/document.xml", &wrap(body)),
        ("word/header1.xml", &wrap("<w:p><w:r><w:t>HEADERLEAK</w:t></w:r></w:p>")),
        ("docProps/core.xml", "<x>AUTHORLEAK</x>"),
    ];
    let reading = read(&package(&parts)).unwrap();
    assert_eq!(reading.text, "Còn thêm");
    assert_eq!(reading.warnings, [Warning::HiddenText, Warning::TrackedChanges]);
}

#[test]
fn an_old_font_is_read_as_unicode_and_said_so() {
    let body = "<w:p><w:r><w:rPr><w:rFonts w:ascii=\".VnTime\"/></w:rPr><w:t>nh©n d©n</w:t></w:r></w:p>";
    let reading = read(&docx_of_xml(&wrap(body))).unwrap();
    assert_eq!((reading.text.as_str(), reading.warnings.as_slice()), ("nhân dân", [Warning::OldFont].as_slice()));
}

#[test]
fn a_text_that_inflates_without_end_is_a_bomb() {
    let huge = wrap(&format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", "A".repeat(100 << 20)));
    assert_eq!(read(&docx_of_xml(&huge)), Err(Unreadable::Bomb));
}

#[test]
fn a_million_deep_and_an_entity_bomb_and_an_external_entity_are_refused() {
    let deep = wrap(&"<w:sdt>".repeat(1_000_000));
    assert_eq!(read(&docx_of_xml(&deep)), Err(Unreadable::Bomb));
    for doctype in ["<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>", "<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>"] {
        assert_eq!(read(&docx_of_xml(&format!("{doctype}{}", wrap("<w:p><w:r><w:t>&b;</w:t></w:r></w:p>")))), Err(Unreadable::Forbidden));
    }
    assert_eq!(read(&docx_of_xml(&wrap("<w:p><w:r><w:t>&own;</w:t></w:r></w:p>"))), Err(Unreadable::Forbidden));
}

#[test]
fn too_many_parts_are_a_bomb_and_two_parts_of_one_name_are_broken() {
    let names: Vec<String> = (0..3_000).map(|i| format!("p{i}")).collect();
    let parts: Vec<(&str, &str)> = names.iter().map(|n| (n.as_str(), "")).collect();
    assert_eq!(read(&package(&parts)), Err(Unreadable::Bomb));
    let twice = wrap("<w:p><w:r><w:t>một</w:t></w:r></w:p>");
    let mut bytes = package(&[("_rels/.rels", samples::RELS), ("word/document.xml", &twice), ("word/document.xmX", &twice)]);
    for i in 0..bytes.len() - 17 {
        if &bytes[i..i + 17] == b"word/document.xmX" {
            bytes[i + 16] = b'l';
        }
    }
    assert_eq!(read(&bytes), Err(Unreadable::Broken));
}

#[test]
fn what_a_file_is_its_bytes_say_and_never_its_name() {
    assert_eq!(read(b"%PDF-1.7 ..."), Err(Unreadable::Pdf));
    assert_eq!(read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), Err(Unreadable::OldDoc));
    assert_eq!(read(b"MZ\x90\0"), Err(Unreadable::UnknownKind));
    assert_eq!(read(&package(&[("a.txt", "x")])), Err(Unreadable::UnknownKind));
    assert_eq!(read(b"  \n "), Err(Unreadable::Empty));
    assert_eq!(read("Gõ thẳng vào tệp".as_bytes()).unwrap().words, 4);
}

#[test]
fn half_files_and_changed_bytes_are_refused_or_read_and_never_panic() {
    let good = docx(&["Một đoạn văn đủ dài để nén.", "Đoạn hai."]);
    for n in (0..good.len()).step_by(7) {
        let _ = read(&good[..n]);
    }
    for i in 0..200 {
        let mut bad = good.clone();
        let at = (i * 7919) % bad.len();
        bad[at] ^= u8::try_from(1 + i % 255).unwrap();
        let _ = read(&bad);
    }
}

#[test]
fn letters_typed_apart_from_their_marks_count_the_same() {
    assert_eq!(text_of(&docx(&["Tie\u{302}\u{301}ng Vie\u{323}\u{302}t"])), "Tiếng Việt");
}

#[test]
fn every_file_of_the_zoo_reads_as_it_says() {
    for (what, bytes, expected) in super::zoo::animals() {
        assert!(read(&bytes) == expected || bytes.len() > super::MAX_UPLOAD, "{what}"); // the child refuses what is too long before it reads
    }
}
