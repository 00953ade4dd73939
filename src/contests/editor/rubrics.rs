//! Rubrics, and the criteria of all of them in one list.
use super::fields::{Field, KEY, Kind, NAME_EN, NAME_VI, ORDER, Offers};
use super::heads::english;
use super::typed::{Typed, at};
use super::work::{Renamed, Work};
use super::{Frozen, Section};
use crate::contests::file::MOST_REMARK;
use crate::contests::model::{Criterion, Key, Rubric, Ruleset};
use crate::contests::rows::Part;
use crate::platform::failure::Refusal;

pub static RUBRICS: Section = Section {
    word: "rubrics",
    fields: &[],
    row: &[NAME_VI, NAME_EN, Field::new("step", Kind::Line).hint().wide(), KEY, ORDER],
    most: 50,
    frozen: Frozen::Marking,
    fill: fill_rubrics,
    apply: apply_rubrics,
};

fn fill_rubrics(r: &Ruleset) -> Typed {
    let mut typed = Typed::default();
    for (i, x) in r.rubrics.iter().enumerate() {
        typed.push(i + 1, [("name_vi", x.name.vi.clone()), ("name_en", english(&x.name)), ("step", x.step.to_string()), ("key", x.key.as_str().to_owned())]);
    }
    typed
}

fn apply_rubrics(w: &mut Work<'_>) {
    let (mut taken, mut renamed): (Vec<Key>, Renamed) = (vec![], vec![]);
    let before = w.rules.rubrics.clone();
    let rubrics = w.listed(50, &["name_vi", "name_en"], |w, row| {
        let name = w.row_name(row);
        let step = w.points(&at("step", row), 1);
        let (name, step) = (name?, step?);
        let key = w.key(row, &name.vi, &taken)?;
        taken.push(key.clone());
        let named = w.named(row, &key);
        let criteria = before.iter().find(|x| x.key.as_str() == named.0).map(|x| x.criteria.clone()).unwrap_or_default();
        if criteria.iter().any(|c| !c.max.is_multiple_of(step)) {
            w.wrong(&at("step", row), Refusal::of("rule_off_step"));
        }
        renamed.push(named);
        Some(Rubric { key, name, step, criteria })
    });
    let of = |was: &str, is: &str, x: &Rubric| -> Renamed { x.criteria.iter().map(|c| (format!("{was} {}", c.key.as_str()), format!("{is} {}", c.key.as_str()))).collect() };
    let moved: Renamed = renamed.iter().flat_map(|(was, is)| before.iter().filter(move |x| x.key.as_str() == was).flat_map(move |x| of(was, is, x))).collect();
    w.rename(Part::Criterion, &moved);
    w.rename(Part::Rubric, &renamed);
    for k in &mut w.rules.categories {
        k.rubric = k.rubric.take().and_then(|key| renamed.iter().find(|(was, _)| was == key.as_str()).and_then(|(_, is)| Key::parse(is)));
    }
    w.rules.rubrics = rubrics;
}

pub static CRITERIA: Section = Section {
    word: "criteria",
    fields: &[],
    row: &[
        Field::new("rubric", Kind::Choice(Offers::Rubrics, false)).wide(),
        NAME_VI,
        NAME_EN,
        Field::new("max", Kind::Line).hint().wide(),
        Field::new("description_vi", Kind::Area).optional(),
        Field::new("description_en", Kind::Area).optional(),
        KEY,
        ORDER,
    ],
    most: 500,
    frozen: Frozen::Marking,
    fill: fill_criteria,
    apply: apply_criteria,
};

fn fill_criteria(r: &Ruleset) -> Typed {
    let mut typed = Typed::default();
    let all = r.rubrics.iter().flat_map(|x| x.criteria.iter().map(move |c| (x, c)));
    for (i, (x, c)) in all.enumerate() {
        let about = c.description.as_ref();
        typed.push(
            i + 1,
            [
                ("rubric", x.key.as_str().to_owned()),
                ("name_vi", c.name.vi.clone()),
                ("name_en", english(&c.name)),
                ("max", c.max.to_string()),
                ("description_vi", about.map(|d| d.vi.clone()).unwrap_or_default()),
                ("description_en", about.map(english).unwrap_or_default()),
                ("key", c.key.as_str().to_owned()),
            ],
        );
        typed.set(&at("was", i + 1), format!("{} {}", x.key.as_str(), c.key.as_str()));
    }
    typed
}

fn apply_criteria(w: &mut Work<'_>) {
    let mut renamed: Renamed = vec![];
    let mut rubrics: Vec<Rubric> = w.rules.rubrics.iter().map(|x| Rubric { criteria: vec![], ..x.clone() }).collect();
    w.listed(500, &["name_vi", "name_en", "max"], |w, row| {
        let found = w.choice(&at("rubric", row), |word| rubrics.iter().position(|x| x.key.as_str() == word));
        let name = w.row_name(row);
        let max = w.points(&at("max", row), 1);
        let description = w.both_or_none("description", Some(row), MOST_REMARK);
        let (rubric, name, max) = (rubrics.get_mut(found?)?, name?, max?);
        if !max.is_multiple_of(rubric.step) {
            w.wrong(&at("max", row), Refusal::of("rule_max_step").with("step", rubric.step.to_string()));
        }
        if rubric.criteria.len() == 20 {
            w.wrong(&at("rubric", row), Refusal::of("rule_rows").with("most", 20));
        }
        let taken: Vec<Key> = rubric.criteria.iter().map(|c| c.key.clone()).collect();
        let key = own_key(w, row, &name.vi, &taken)?;
        renamed.push((w.typed.row("was", row).to_owned(), format!("{} {}", rubric.key.as_str(), key.as_str())));
        rubric.criteria.push(Criterion { key, name, description: description?, max });
        Some(())
    });
    w.rename(Part::Criterion, &renamed);
    w.rules.rubrics = rubrics;
}

/// As `Work::key`; a criterion's `was` begins with its rubric's.
fn own_key(w: &mut Work<'_>, row: usize, name: &str, taken: &[Key]) -> Option<Key> {
    let typed = w.typed.row("key", row).trim().to_lowercase();
    let was = w.typed.row("was", row).rsplit(' ').next().unwrap_or_default().to_owned();
    let wanted = if typed.is_empty() { was } else { typed };
    if wanted.is_empty() {
        return Some(super::work::made_of(name, taken));
    }
    w.free_key(&at("key", row), &wanted, taken)
}
