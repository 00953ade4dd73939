use crate::documents::model::{Reading, Unreadable, Warning};
use crate::documents::read::read;
use crate::documents::samples::{ODT, RELS, docx, odt, odt_of_xml, odt_wrap, package, wrap};

fn reading(styles: &str, body: &str) -> Reading {
    read(&odt_of_xml(&odt_wrap(styles, body))).unwrap()
}

fn text_of(body: &str) -> String {
    reading("", body).text
}

#[test]
fn paragraphs_headings_lists_and_breaks_are_read_in_order() {
    let body = "<text:sequence-decls><text:sequence-decl text:name=\"Hinh\"/></text:sequence-decls>\
        <text:h text:outline-level=\"1\">Chợ <text:span>&amp; sông</text:span></text:h>\
        <text:p>Một<text:line-break/>dòng<text:soft-page-break/> dài,<text:s text:c=\"3\"/>ba<text:s/>cách,<text:tab/>thụt</text:p>\n  \
        <text:list><text:list-header><text:p>Đầu</text:p></text:list-header><text:list-item><text:p>một</text:p><text:list><text:list-item><text:p>hai</text:p></text:list-item></text:list></text:list-item></text:list>\
        <text:p/><text:section text:name=\"a\"><text:p><text:a>liên <text:bookmark-start/>kết</text:a></text:p></text:section>";
    assert_eq!(text_of(body), "Chợ & sông\n\nMột\ndòng dài,   ba cách,\tthụt\n\nĐầu\n\nmột\n\nhai\n\nliên kết");
}

#[test]
fn spaces_and_line_ends_of_the_file_itself_are_one_space() {
    assert_eq!(text_of("<text:p>\n   Một \n\t <text:span> hai</text:span>\n </text:p>"), "Một hai");
}

#[test]
fn cells_stand_beside_each_other_as_in_a_docx_and_notes_follow_the_text() {
    let row = |cells: [&str; 2]| {
        let cells = cells.map(|c| format!("<table:table-cell office:value-type=\"string\"><text:p>{c}</text:p></table:table-cell>"));
        format!("<table:table-row>{}</table:table-row>", cells.concat())
    };
    let body = format!("<table:table><table:title>Ngoài bài</table:title><table:table-column/>{}{}</table:table><text:p>cuối</text:p>", row(["a", "b"]), row(["c", "d"]));
    let cell = |c: &str| format!("<w:tc><w:p><w:r><w:t>{c}</w:t></w:r></w:p></w:tc>");
    let same = format!("<w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl><w:p><w:r><w:t>cuối</w:t></w:r></w:p>", cell("a"), cell("b"), cell("c"), cell("d"));
    assert_eq!(text_of(&body), read(&crate::documents::samples::docx_of_xml(&wrap(&same))).unwrap().text);
    let note = |class, text| {
        format!("<text:note text:note-class=\"{class}\"><text:note-citation>1</text:note-citation><text:note-body><text:p>{text}</text:p></text:note-body></text:note>")
    };
    let body = format!("<text:p>Đầu{} giữa{} hết.</text:p><text:p>Sau.</text:p>", note("endnote", "cuối bài"), note("footnote", "chân trang"));
    assert_eq!(text_of(&body), "Đầu giữa hết.\n\nSau.\n\nchân trang\n\ncuối bài");
}

#[test]
fn text_boxes_are_read_pictures_are_not_and_a_sentence_stays_whole_around_them() {
    let boxed = "<draw:frame draw:name=\"k\"><draw:text-box> <text:p>Trong khung.</text:p> </draw:text-box><svg:title>THAYTHE</svg:title><svg:desc>MOTA</svg:desc></draw:frame>";
    let plain = reading("", &format!("<text:p>Trước {boxed}và sau.</text:p>"));
    assert_eq!((plain.text.as_str(), plain.warnings.as_slice()), ("Trong khung.\n\nTrước và sau.", [].as_slice()));
    let picture = "<draw:frame><draw:image xlink:href=\"Pictures/a.jpg\"><office:binary-data>AAAA</office:binary-data><text:p>ANH</text:p></draw:image></draw:frame>";
    let shape = "<draw:custom-shape><text:p>Trong hình.</text:p><draw:enhanced-geometry/></draw:custom-shape>";
    for (drawn, text) in [(picture, "Chữ."), (shape, "Trong hình.\n\nChữ."), ("<draw:frame><draw:object xlink:href=\"./Object 1\"/></draw:frame>", "Chữ.")] {
        let seen = reading("", &format!("<text:p>{drawn}Chữ.</text:p>"));
        assert_eq!((seen.text.as_str(), seen.warnings.as_slice()), (text, [Warning::Pictures].as_slice()));
    }
}

#[test]
fn a_formula_is_read_as_its_letters_and_its_picture_is_no_picture() {
    let body = "<text:p>Vì <draw:frame><draw:object xlink:href=\"./Object 1\"/><draw:image xlink:href=\"./ObjectReplacements/Object 1\"/></draw:frame> nên.</text:p>";
    let math = "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><semantics><mrow><mi>E</mi>\n<mo>=</mo><mi>m</mi></mrow><annotation encoding=\"StarMath 5.0\">E = m</annotation></semantics></math>";
    let content = odt_wrap("", body);
    let of = |object: &str| read(&package(&[("mimetype", ODT), ("content.xml", &content), ("Object 1/content.xml", object)]));
    assert_eq!(of(math).unwrap(), Reading { text: "Vì E=m nên.".into(), words: 3, warnings: vec![] });
    let chart = odt_wrap("", "<text:p>BIEUDO</text:p>");
    assert_eq!(of(&chart).unwrap(), Reading { text: "Vì nên.".into(), words: 2, warnings: vec![Warning::Pictures] });
    assert_eq!(of(&"<math>".repeat(1_000)), Err(Unreadable::Bomb));
}

#[test]
fn nothing_that_is_not_the_works_present_text_comes_through() {
    let leaks = [
        "<office:annotation><dc:creator>LEAK</dc:creator><text:p>LEAK</text:p></office:annotation><office:annotation-end/>",
        "<text:author-name text:fixed=\"false\">LEAK</text:author-name><text:author-initials>LEAK</text:author-initials>",
        "<text:creator>LEAK</text:creator><text:initial-creator>LEAK</text:initial-creator><text:printed-by>LEAK</text:printed-by>",
        "<text:sender-lastname>LEAK</text:sender-lastname><text:sender-company>LEAK</text:sender-company><text:sender-email>LEAK</text:sender-email>",
        "<text:file-name>LEAK</text:file-name><text:template-name>LEAK</text:template-name><text:user-defined text:name=\"Owner\">LEAK</text:user-defined>",
        "<text:script script:language=\"Basic\">LEAK</text:script><text:execute-macro text:name=\"m\">LEAK</text:execute-macro><text:number>LEAK</text:number>",
        "<draw:control draw:control=\"c\"/><form:text form:current-value=\"LEAK\">LEAK</form:text><own:thing>LEAK</own:thing>",
        "<text:conditional-text text:condition=\"ooow:1\" text:string-value-if-false=\"LEAK\"/>",
    ];
    let content = odt_wrap(
        "<style:style style:name=\"P1\" style:family=\"paragraph\" style:parent-style-name=\"LEAK\"/>",
        &format!(
            "<office:forms><form:form><form:text><text:p>LEAK</text:p></form:text></form:form></office:forms><text:user-field-decls><text:user-field-decl office:string-value=\"LEAK\"/></text:user-field-decls>\
             <text:table-of-content><text:table-of-content-source><text:index-title-template>LEAK</text:index-title-template></text:table-of-content-source><text:index-body><text:p>Mục lục</text:p></text:index-body></text:table-of-content>\
             LEAK<text:p text:style-name=\"P1\">Còn <text:date>30/11</text:date>{} và <text:conditional-text>đây</text:conditional-text></text:p>",
            leaks.concat()
        ),
    );
    let leak = odt_wrap("", "<text:p>LEAK</text:p>");
    let parts = [("mimetype", ODT), ("content.xml", &content), ("styles.xml", &leak), ("meta.xml", &leak), ("settings.xml", &leak), ("Object 1/content.xml", &leak)];
    assert_eq!(read(&package(&parts)).unwrap(), Reading { text: "Mục lục\n\nCòn 30/11 và đây".into(), words: 6, warnings: vec![] });
}

#[test]
fn deletions_are_left_out_and_insertions_kept() {
    let info = "<office:change-info><dc:creator>LEAK</dc:creator><dc:date>2026-11-30T00:00:00</dc:date><text:p>LEAK</text:p></office:change-info>";
    let tracked = |what: &str| format!("<text:tracked-changes><text:changed-region>{what}</text:changed-region></text:tracked-changes>");
    let text = "<text:p>Còn<text:change text:change-id=\"c\"/><text:change-start text:change-id=\"d\"/> thêm<text:change-end text:change-id=\"d\"/></text:p>";
    let seen = reading("", &format!("{}{text}", tracked(&format!("<text:deletion>{info}<text:p>LEAK</text:p></text:deletion>"))));
    assert_eq!((seen.text.as_str(), seen.warnings.as_slice()), ("Còn thêm", [Warning::TrackedChanges].as_slice()));
    let seen = reading("", &format!("{}{text}", tracked(&format!("<text:insertion>{info}</text:insertion>"))));
    assert_eq!((seen.text.as_str(), seen.warnings.as_slice()), ("Còn thêm", [].as_slice()));
}

#[test]
fn what_the_word_processor_does_not_show_is_left_out_and_said_so() {
    let styles = "<style:style style:name=\"T1\" style:family=\"text\"><style:text-properties fo:color=\"#000000\" text:display=\"none\"/></style:style>\
        <style:style style:name=\"T2\" style:family=\"text\" style:parent-style-name=\"T1\"/>\
        <style:style style:name=\"T3\" style:family=\"text\"><style:text-properties text:display=\"true\"/></style:style>\
        <style:style style:name=\"P1\" style:family=\"paragraph\"><style:paragraph-properties/><style:text-properties text:display=\"none\"/></style:style>\
        <style:style style:name=\"L1\" style:family=\"text\"><style:text-properties text:display=\"none\"/></style:style>";
    let note = "<text:note text:note-class=\"footnote\"><text:note-body><text:p>AN</text:p></text:note-body></text:note>";
    for hidden in [
        "<text:p>Còn<text:span text:style-name=\"T1\">AN</text:span></text:p>".to_owned(),
        "<text:p>Còn<text:span text:style-name=\"T2\">A<text:span>N</text:span></text:span></text:p>".into(),
        format!("<text:p>Còn</text:p><text:p text:style-name=\"P1\">AN{note}</text:p>"),
        format!("<text:p>Còn<text:span text:style-name=\"T1\">{note}</text:span></text:p>"),
        "<text:p>Còn<text:hidden-text text:condition=\"ooow:1\" text:string-value=\"AN\" text:is-hidden=\"true\"/></text:p>".into(),
        "<text:p>Còn<text:hidden-text>AN</text:hidden-text></text:p>".into(),
        format!("<text:p>AN<text:hidden-paragraph text:is-hidden=\"true\"/> AN{note}</text:p><text:p>Còn</text:p>"),
        "<text:section text:display=\"none\"><text:p><text:span text:style-name=\"T3\">AN</text:span></text:p></text:section><text:p>Còn</text:p>".into(),
        "<text:section text:display=\"condition\" text:is-hidden=\"true\"><table:table><table:table-row><table:table-cell><text:p>AN</text:p></table:table-cell></table:table-row></table:table></text:section><text:p>Còn</text:p>".into(),
        "<text:p>Còn<text:variable-set text:display=\"none\">AN</text:variable-set></text:p>".into(),
        "<text:p><draw:frame draw:display=\"none\"><draw:text-box><text:p>AN</text:p></draw:text-box></draw:frame>Còn</text:p>".into(),
        "<text:p>Còn</text:p><table:table><table:table-row><table:covered-table-cell><text:p>AN</text:p></table:covered-table-cell></table:table-row></table:table>".into(),
    ] {
        let seen = reading(styles, &hidden);
        assert_eq!((seen.text.as_str(), seen.warnings.as_slice()), ("Còn", [Warning::HiddenText].as_slice()), "{hidden}");
    }
    for shown in [
        "<text:p text:style-name=\"P1\"><text:span text:style-name=\"T3\">Còn</text:span></text:p>",
        "<text:list text:style-name=\"L1\"><text:list-item><text:p text:style-name=\"T1\">Còn</text:p></text:list-item></text:list>",
        "<text:p>Còn<text:hidden-paragraph text:condition=\"ooow:0\"/></text:p>",
        "<text:section text:display=\"condition\" text:condition=\"ooow:0\"><text:p>Còn</text:p></text:section>",
    ] {
        let seen = reading(styles, shown);
        assert_eq!((seen.text.as_str(), seen.warnings.as_slice()), ("Còn", [].as_slice()), "{shown}");
    }
}

#[test]
fn an_old_font_is_read_as_unicode_by_its_face_or_its_family() {
    let styles = "<style:style style:name=\"P1\" style:family=\"paragraph\"><style:text-properties style:font-name=\".VnTime1\"/></style:style>\
        <style:style style:name=\"T1\" style:family=\"text\"><style:text-properties fo:font-family=\"&apos;.VnTimeH&apos;, serif\"/></style:style>\
        <style:style style:name=\"T2\" style:family=\"text\"><style:text-properties style:font-name=\"Tinos\"/></style:style>";
    let content =
        odt_wrap(styles, "<text:p text:style-name=\"P1\">nh©n <text:span text:style-name=\"T1\">d©n</text:span> <text:span text:style-name=\"T2\">©</text:span></text:p>");
    let faces = "<office:font-face-decls><style:font-face style:name=\".VnTime1\" svg:font-family=\"&apos;.VnTime&apos;\"/></office:font-face-decls><office:automatic-styles>";
    let seen = read(&odt_of_xml(&content.replace("<office:automatic-styles>", faces))).unwrap();
    assert_eq!((seen.text.as_str(), seen.warnings.as_slice()), ("nhân DÂN ©", [Warning::OldFont].as_slice()));
}

#[test]
fn what_the_package_is_its_parts_say() {
    let content = odt_wrap("", "<text:p>Một bài.</text:p>");
    let sheet = content.replace("office:text", "office:spreadsheet");
    let of = |parts: &[(&str, &str)]| read(&package(parts)).map(|r| r.text);
    assert_eq!(of(&[("content.xml", &content)]), Ok("Một bài.".into()), "without its kind");
    assert_eq!(of(&[("mimetype", &format!("{ODT}-template\n")), ("content.xml", &content)]), Ok("Một bài.".into()));
    assert_eq!(of(&[("mimetype", ODT), ("content.xml", &sheet)]), Err(Unreadable::UnknownKind));
    assert_eq!(of(&[("content.xml", &sheet)]), Err(Unreadable::UnknownKind));
    for kind in ["spreadsheet", "presentation", "graphics", "formula", "text-master"] {
        let kind = format!("application/vnd.oasis.opendocument.{kind}");
        assert_eq!(of(&[("mimetype", &kind), ("content.xml", &content)]), Err(Unreadable::UnknownKind), "{kind}");
    }
    assert_eq!(of(&[("mimetype", "application/epub+zip"), ("content.xml", &content)]), Err(Unreadable::UnknownKind));
    assert_eq!(of(&[("mimetype", ODT)]), Err(Unreadable::Broken));
    // a stray part beside a whole .docx changes nothing
    let document = wrap("<w:p><w:r><w:t>Word.</w:t></w:r></w:p>");
    assert_eq!(of(&[("_rels/.rels", RELS), ("word/document.xml", &document), ("content.xml", &content)]), Ok("Word.".into()));
    assert_eq!(read(&docx(&["Một bài."])).unwrap(), read(&odt(&["Một bài."])).unwrap());
}

#[test]
fn a_file_under_a_password_is_refused_as_one() {
    let entry = |inside: &str| {
        format!(
            "<!DOCTYPE manifest:manifest PUBLIC \"-//OpenOffice.org//DTD Manifest 1.0//EN\" \"Manifest.dtd\"><manifest:manifest xmlns:manifest=\"urn:oasis:names:tc:opendocument:xmlns:manifest:1.0\"><manifest:file-entry manifest:full-path=\"content.xml\" manifest:media-type=\"text/xml\">{inside}</manifest:file-entry></manifest:manifest>"
        )
    };
    let content = odt_wrap("", "<text:p>Một bài.</text:p>");
    let of = |inside: &str| read(&package(&[("mimetype", ODT), ("META-INF/manifest.xml", &entry(inside)), ("content.xml", &content)])).map(|r| r.text);
    assert_eq!(of("<manifest:encryption-data manifest:checksum=\"x\"><manifest:algorithm/></manifest:encryption-data>"), Err(Unreadable::OldDoc));
    assert_eq!(of(""), Ok("Một bài.".into()));
}

#[test]
fn bombs_depths_and_entities_are_refused_as_in_a_docx() {
    let huge = odt_wrap("", &format!("<text:p>{}</text:p>", "A".repeat(100 << 20)));
    assert_eq!(read(&odt_of_xml(&huge)), Err(Unreadable::Bomb));
    let long = odt_wrap("", &"<text:p>một hai ba bốn</text:p>".repeat(300_000));
    assert_eq!(read(&odt_of_xml(&long)), Err(Unreadable::TooLarge));
    let spaces = odt_wrap("", &format!("<text:p>a{}</text:p>", "<text:s text:c=\"4000000000\"/>".repeat(1_000)));
    assert_eq!(read(&odt_of_xml(&spaces)), Err(Unreadable::TooLarge));
    for deep in ["<text:span>", "<text:section>", "<own:thing>"] {
        assert_eq!(read(&odt_of_xml(&odt_wrap("", &deep.repeat(1_000_000)))), Err(Unreadable::Bomb), "{deep}");
    }
    let shown = odt_wrap("", "<text:p>&b;</text:p>");
    for doctype in ["<!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]>", "<!DOCTYPE x [<!ENTITY b SYSTEM \"file:///etc/passwd\">]>", ""] {
        assert_eq!(read(&odt_of_xml(&format!("{doctype}{shown}"))), Err(Unreadable::Forbidden), "{doctype}");
    }
    let many = "<text:p><draw:frame><draw:object xlink:href=\"./Object 1\"/></draw:frame></text:p>".repeat(200);
    let object = format!("<math><mi>{}</mi></math>", " ".repeat(1 << 20));
    assert_eq!(
        read(&package(&[("mimetype", ODT), ("content.xml", &odt_wrap("", &many)), ("Object 1/content.xml", &object)])),
        Err(Unreadable::Bomb),
        "one part read again and again"
    );
}

#[test]
fn half_files_and_changed_bytes_are_refused_or_read_and_never_panic() {
    let good = odt(&["Một đoạn văn đủ dài để nén.", "Đoạn hai."]);
    for n in (0..good.len()).step_by(7) {
        assert!(read(&good[..n]).is_err(), "{n} bytes");
    }
    for i in 0..200 {
        let mut bad = good.clone();
        let at = (i * 7919) % bad.len();
        bad[at] ^= u8::try_from(1 + i % 255).unwrap();
        let _ = read(&bad);
    }
}
