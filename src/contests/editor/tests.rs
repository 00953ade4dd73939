use super::super::rows::Ids;
use super::super::shipped;
use super::*;

fn applied(rules: &Ruleset, section: &Section, typed: &Typed) -> Result<Ruleset, Vec<String>> {
    let mut made = rules.clone();
    let mut ids = Ids::default();
    let mut work = Work { typed, rules: &mut made, ids: &mut ids, wrong: vec![] };
    (section.apply)(&mut work);
    let wrong: Vec<String> = work.wrong.iter().map(|(f, r)| format!("{f} {}", r.name)).collect();
    if wrong.is_empty() { Ok(made) } else { Err(wrong) }
}

#[test]
fn a_form_sent_back_as_it_was_filled_changes_nothing() {
    for word in ["national", "province", "jfk"] {
        let rules = shipped::ruleset(word).unwrap();
        for section in SECTIONS {
            let typed = (section.fill)(&rules);
            assert_eq!(applied(&rules, section, &typed).as_ref(), Ok(&rules), "{word} {}", section.word);
            assert_eq!(moves(section, &typed, &typed), [], "{word} {}", section.word);
        }
    }
}

#[test]
fn rules_go_to_rows_and_come_back_with_the_ids_they_had() {
    for word in ["national", "province", "jfk", "blank"] {
        let rules = shipped::ruleset(word).unwrap();
        let mut ids = Ids::default();
        let id = uuid::Uuid::now_v7();
        let json = super::super::rows::to_json(&rules, &mut ids, id);
        let (read, mut read_ids) = super::super::rows::from_json(json.clone()).unwrap();
        assert_eq!(read, rules, "{word}");
        assert_eq!(super::super::rows::to_json(&read, &mut read_ids, id), json, "{word}");
    }
}

#[test]
fn two_rows_change_keys_with_each_other_and_keep_their_ids() {
    use super::super::rows::Part;
    let mut ids = Ids::default();
    let (a, b) = (ids.of(Part::Category, "a"), ids.of(Part::Category, "b"));
    ids.rename(Part::Category, &[("a".into(), "b".into()), ("b".into(), "a".into())]);
    assert_eq!((ids.of(Part::Category, "b"), ids.of(Part::Category, "a")), (a, b));
}

#[test]
fn units_are_read_by_their_indentation_with_spaces_or_tabs() {
    let mut typed = Typed::default();
    typed.set("units", "Tỉnh\n\n  Huyện | District | h\n    Xã\n  Huyện\nKhác\n\tTrong khác");
    let made = applied(&shipped::blank(), &units::UNITS, &typed).unwrap();
    let lines: Vec<String> = made.units.iter().map(|u| format!("{} < {}", u.key.as_str(), u.parent.as_ref().map_or("-", |p| p.as_str()))).collect();
    assert_eq!(lines, ["tinh < -", "h < tinh", "xa < h", "huyen < tinh", "khac < -", "trong-khac < khac"]);
    assert_eq!((units::UNITS.fill)(&made).get("units").lines().nth(2), Some("    Xã | | xa"));
}

#[test]
fn a_change_lists_what_moved_and_never_a_private_value() {
    let rules = shipped::ruleset("jfk").unwrap();
    let section = section("holders").unwrap();
    let before = (section.fill)(&rules);
    let mut after = before.clone();
    after.set("email_1", "ai@example.org");
    after.set("office_vi_2", "Chức danh mới");
    let moved = moves(section, &before, &after);
    assert!(moved.iter().any(|m| m.field == "email" && m.old.is_empty() && m.new.is_empty()), "{moved:?}");
    assert!(moved.iter().any(|m| m.field == "row-added" && m.row == "Chức danh mới"), "{moved:?}");
}
