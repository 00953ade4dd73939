//! The ladder and the standings in Postgres against a model of the rules in a few lines of Rust: random rounds, from the
//! sheets to the prize list.
pub mod model;
mod sql;

use std::collections::BTreeMap;

use phach::judging::deal::rng::Rng;
use phach::tally::rules::{self, Answer, Block, Level};

use self::model::{Round, agree};
use self::sql::id;
use crate::support::TestApp;

/// The pages' lines put every place on the level that the model gives its block.
fn check_lines(round: &Round, answers: &BTreeMap<(u32, i32), bool>) {
    let levels_of = round.levels_of(answers);
    for group in 0..2 {
        let levels: Vec<Level> = (1..).zip(&round.levels[group as usize]).map(|(level, places)| Level { level, places: *places }).collect();
        let of_group: Vec<_> = round.standings().into_iter().filter(|s| s.0 == group).collect();
        let ends = |mark: i32| {
            let places: Vec<i32> = of_group.iter().filter(|s| s.2 == mark).map(|s| s.4 as i32).collect();
            Block { first: places[0], last: places[places.len() - 1] }
        };
        let mut blocks: Vec<Block> = of_group.iter().map(|s| ends(s.2)).collect();
        blocks.dedup();
        let given: Vec<Answer> = answers.iter().filter(|((g, _), _)| *g == group).map(|((_, level), all_in)| Answer { level: *level, all_in: *all_in }).collect();
        let lines = rules::lines(&levels, &blocks, &given);
        for (_, code, mark, _, place) in &of_group {
            assert_eq!(Ok(rules::level_of(&lines, *place as i32)), levels_of[&(group, *mark)], "{code}: {lines:?} {answers:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn random_rounds_end_in_postgres_as_in_the_model() {
    let app = TestApp::spawn().await;
    let mut rng = Rng::new(&[5; 32]);
    let (mut thirds, mut ties) = (0, 0);
    for n in 1..=32 {
        let mut round = Round::random(n, &mut rng);
        let c = id(n, 1);
        app.execute(&round.setup()).await;
        app.execute(&round.read(&mut rng)).await;
        let wanted = app.ask(&format!("select code as line from blind.paper where contest = '{c}' and third_wanted order by code")).await;
        let expected: Vec<String> = round.papers.iter().filter(|p| !p.firsts.is_empty() && round.mark_of(p).is_none()).map(|p| p.code.clone()).collect();
        assert_eq!(wanted, expected, "third marks of round {n}");
        thirds += wanted.len();
        app.execute(&round.read_thirds(&wanted, &mut rng)).await;
        app.execute(&format!("{} select blind.close_round()", round.enter())).await;

        let standings = app.ask(&format!("select g.position || ' ' || s.code || ' ' || s.mark || ' ' || s.rank || ' ' || s.place as line from blind.standing s join contest.ranking_group g on g.id = s.ranking_group where s.contest = '{c}' and s.mark is not null order by g.position, s.place")).await;
        let expected: Vec<String> = round.standings().iter().map(|(g, code, mark, rank, place)| format!("{g} {code} {mark} {rank} {place}")).collect();
        assert_eq!(standings, expected, "standings of round {n}: {} {} {}", round.readers, round.threshold, round.rule);
        ties += settle_ties(&app, &round, &mut rng).await;
    }
    assert!(thirds > 60 && ties > 18, "too tame: {thirds} third marks, {ties} ties");
}

/// Answers ties one by one, comparing what is open before each, then the prize list. Returns how many there were.
async fn settle_ties(app: &TestApp, round: &Round, rng: &mut Rng) -> usize {
    let c = id(round.n, 1);
    let mut answers = BTreeMap::new();
    loop {
        let open = app.ask(&format!("select g.position || ' ' || b.straddles || ' ' || b.mark as line from blind.blocks('{c}') b join contest.ranking_group g on g.id = b.ranking_group where b.straddles is not null order by 1")).await;
        let levels = round.levels_of(&answers);
        let mut expected: Vec<String> = levels.iter().filter_map(|((g, mark), r)| Some(format!("{g} {} {mark}", r.err()?))).collect();
        expected.sort();
        assert_eq!(open, expected, "open ties of round {} after {answers:?}", round.n);
        let Some(((group, mark), level)) = levels.iter().find_map(|(k, r)| Some((*k, r.err()?))) else { break };
        let all_in = rng.below(2) == 0;
        let word = if all_in { "all_in" } else { "all_out" };
        app.execute(&format!("{} select blind.answer_tie('{}', {level}, {mark}, '{word}', 'ngang nhau')", round.enter(), id(round.n, 10 + group))).await;
        answers.insert((group, level), all_in);
    }
    let list = app
        .ask(&format!(
            "select l.code || ' ' || coalesce(p.key, 'reserve ' || l.reserve) as line from blind.prize_list('{c}', 2) l left join contest.prize p on p.id = l.prize order by 1"
        ))
        .await;
    let (levels, mut expected, mut reserves) = (round.levels_of(&answers), vec![], [0; 2]);
    for (group, code, mark, _, _) in round.standings() {
        match levels[&(group, mark)] {
            Ok(Some(level)) => expected.push(format!("{code} g{group}-{level}")),
            _ if round.levels[group as usize].is_empty() => {}
            _ => {
                reserves[group as usize] += 1;
                if reserves[group as usize] <= 2 {
                    expected.push(format!("{code} reserve {}", reserves[group as usize]));
                }
            }
        }
    }
    expected.sort();
    assert_eq!(list, expected, "prize list of round {} after {answers:?}", round.n);
    check_lines(round, &answers);
    answers.len()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_agreed_mark_is_the_models_for_any_marks_threshold_and_rule() {
    let app = TestApp::spawn().await;
    let mut rng = Rng::new(&[6; 32]);
    let (mut rows, mut expected) = (vec![], vec![]);
    for i in 0..4000 {
        let mut mark = || [rng.below(20), 30, 31, 45][rng.below(4)] as i32 * 25;
        let mut firsts: Vec<i32> = (0..1 + i % 4).map(|_| mark()).collect();
        firsts.sort_unstable();
        let third = (i % 3 > 0).then(&mut mark);
        let (threshold, rule) = ([0, 50, 200, 375][i % 4], ["mean3", "closest-pair", "third-final"][i / 7 % 3]);
        let marks = firsts.iter().map(i32::to_string).collect::<Vec<_>>().join(",");
        rows.push(format!("({i}, '{{{marks}}}'::int[], {}, {threshold}, '{rule}')", third.map_or("null::int".into(), |t| t.to_string())));
        expected.push(agree(&firsts, third, threshold, rule).map(|m| m.to_string()).unwrap_or_default());
    }
    let sql = format!("select blind.agree(m, t, h, r)::text as line from (values {}) v(i, m, t, h, r) order by i", rows.join(","));
    let found = app.ask(&sql).await;
    for (i, (found, expected)) in found.iter().zip(&expected).enumerate() {
        assert_eq!(found, expected, "{}", rows[i]);
    }
    assert!(expected.iter().filter(|e| e.is_empty()).count() > 100, "a third mark is never owed");
}
