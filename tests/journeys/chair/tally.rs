//! The tally against the sheets: whatever judges and the chair do, in any order, it is what the sheets alone say.
use std::collections::{BTreeMap, BTreeSet};

use phach::judging::deal::rng::Rng;

use super::{as_person, chair, deal, hand_in, judges};
use crate::ladder::model::agree;
use crate::support::TestApp;

const THRESHOLD: i32 = 1500;

/// The chair's decisions that stand, by paper.
type Decided = BTreeMap<String, i32>;

/// Each paper as its sheets say, and as it stands.
async fn check(app: &TestApp, decided: &Decided, after: &str) {
    let sheets = app.ask("select paper || ' ' || third || ' ' || total as line from blind.sheet").await;
    let papers = app
        .ask("select code || ' ' || wanted || ' ' || third_wanted || ' ' || coalesce(third::text, '-') || ' ' || coalesce(agreed::text, '-') || ' ' || coalesce(agreed_how, '-') || ' ' || marks::text as line from blind.paper order by code")
        .await;
    for paper in papers {
        let (code, wanted) = (paper.split(' ').next().unwrap(), paper.split(' ').nth(1).unwrap());
        let of = |third: &str| -> Vec<i32> {
            let mut marks: Vec<i32> = sheets.iter().filter_map(|s| s.strip_prefix(&format!("{code} {third} "))?.parse().ok()).collect();
            marks.sort_unstable();
            marks
        };
        let (firsts, third) = (of("false"), of("true").first().copied());
        let complete = !firsts.is_empty() && firsts.len() >= wanted.parse::<usize>().unwrap();
        let by_rule = if complete { agree(&firsts, third, THRESHOLD, "mean3") } else { None };
        let agreed = by_rule.or_else(|| decided.get(code).copied());
        let far = firsts.last().zip(firsts.first()).is_some_and(|(high, low)| high - low > THRESHOLD);
        let how = match (agreed, by_rule) {
            (None, _) => "-",
            (Some(_), None) => "chair",
            (Some(_), Some(_)) if far => "third",
            _ => "mean",
        };
        let number = |n: Option<i32>| n.map_or("-".to_owned(), |n| n.to_string());
        let list = firsts.iter().map(i32::to_string).collect::<Vec<_>>().join(",");
        let wanted_third = complete && agreed.is_none();
        assert_eq!(paper, format!("{code} {wanted} {wanted_third} {} {} {how} {{{list}}}", number(third), number(agreed)), "after {after}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tally_is_what_the_sheets_say_after_any_acts_of_judges_and_chair() {
    let mut done: BTreeSet<&str> = BTreeSet::new();
    // with two judges a third mark is soon the chair's to decide
    for (seed, n) in [(1, 5), (2, 4), (3, 2)] {
        let app = TestApp::spawn().await;
        app.small_contest().await;
        app.cut_papers(6).await;
        judges(&app, n).await;
        let chair = chair(&app).await;
        deal(&chair).await.is(303);
        let (mut rng, mut decided) = (Rng::new(&[seed; 32]), Decided::new());
        let as_chair = as_person("truong@example.org");
        for step in 0..90 {
            let open =
                app.ask("select a.email_key || ' ' || x.paper as line from blind.assignment x join account.account a on a.id = x.judge where x.state = 'open' order by 1").await;
            let sheets = app.ask("select judge || ' ' || paper as line from blind.sheet order by 1").await;
            let short = app.ask("select code || ' ' || third_wanted as line from blind.paper p where blind.unfilled(p) > 0 order by 1").await;
            let mut pick = |from: &[String]| (!from.is_empty()).then(|| from[rng.below(from.len())].split_once(' ').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap());
            let (sheet, mine, lacking) = (pick(&sheets), pick(&open), pick(&short));
            // a withdrawal for certain, others as it happens
            let roll = if step == 40 && n > 2 { 4 } else { rng.below(20) };
            let act = match (roll, sheet, mine, lacking) {
                (0..=3, _, _, Some((code, third))) => {
                    let mark = 50 * i32::try_from(rng.below(201)).unwrap();
                    if third == "true" {
                        app.execute(&format!("{as_chair} select blind.decide_mark('{code}', {mark}, 'Không còn ai')")).await;
                        decided.insert(code, mark);
                        "decide"
                    } else {
                        app.execute(&format!("{as_chair} select blind.excuse_reading('{code}', 'Không còn ai')")).await;
                        "excuse"
                    }
                }
                (1..=3, Some((judge, code)), ..) => {
                    app.execute(&format!("{as_chair} select blind.set_aside('{code}', '{judge}', 'Chấm nhầm bài')")).await;
                    decided.remove(&code);
                    "aside"
                }
                (4, Some((judge, _)), ..) if n > 2 && step > 15 && step % 2 == 0 => {
                    let choice = ["kept", "again"][rng.below(2)];
                    let gone = app.ask(&format!("select paper as line from blind.sheet where judge = '{judge}'")).await;
                    let sql = format!("{as_chair} select blind.withdraw_judge('{judge}', '{choice}', 'Nghỉ ốm dài')");
                    if diesel_async::SimpleAsyncConnection::batch_execute(&mut app.admin().await, &sql).await.is_ok() && choice == "again" {
                        decided.retain(|code, _| !gone.contains(code));
                    }
                    "withdraw"
                }
                (5..=6, _, Some((judge, code)), _) => {
                    super::recuse(&app, &judge, &code).await;
                    "recuse"
                }
                (7..=9, ..) => {
                    app.night().await;
                    "deal"
                }
                (_, _, Some((judge, code)), _) => {
                    hand_in(&app, &judge, &code, 50 * (60 + i32::try_from(rng.below(140)).unwrap())).await;
                    "sheet"
                }
                _ => "nothing",
            };
            done.insert(act);
            check(&app, &decided, &format!("{act}, step {step} of world {seed}")).await;
        }
    }
    for act in ["sheet", "aside", "withdraw", "recuse", "deal", "excuse", "decide"] {
        assert!(done.contains(act), "too tame: never {act}");
    }
}
