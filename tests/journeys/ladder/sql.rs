//! A round as SQL: contest, judges, papers, readings, excuses.
use std::fmt::Write as _;

use phach::judging::deal::rng::Rng;

use super::model::Round;

pub fn id(n: u32, what: u32) -> String {
    format!("02{n:06x}-0000-7000-8000-{what:012x}")
}

impl Round {
    /// `create`, judges and papers as SQL.
    pub fn setup(&self) -> String {
        let n = self.n;
        let (c, rubric) = (id(n, 1), id(n, 2));
        let mut prizes = vec![];
        for (group, levels) in self.levels.iter().enumerate() {
            for (i, places) in levels.iter().enumerate() {
                let key = format!("g{group}-{}", i + 1);
                prizes.push(format!(
                    r#"{{"id":"{}","contest":"{c}","key":"{key}","name_vi":"x","name_en":"x","kind":"individual","ranking_group":"{}","level":{},"places":{places},"position":{}}}"#,
                    id(n, 50 + 10 * group as u32 + i as u32), id(n, 10 + group as u32), i + 1, prizes.len() + 1
                ));
            }
        }
        let group = |g: u32| format!(r#"{{"id":"{}","contest":"{c}","key":"g{g}","name_vi":"x","name_en":"x","total":10000,"position":{g}}}"#, id(n, 10 + g));
        let category = |g: u32| {
            format!(
                r#"{{"id":"{}","contest":"{c}","key":"k{g}","name_vi":"x","name_en":"x","kind":"text","min_authors":1,"max_authors":1,"rubric":"{rubric}","ranking_group":"{}","position":{g}}}"#,
                id(n, 20 + g),
                id(n, 10 + g)
            )
        };
        let holder = |i: u32| format!(r#"{{"id":"{}","contest":"{c}","email_key":"k{i}@example.org","office_vi":"x","office_en":"x","position":{i}}}"#, id(n, 30 + i));
        let mut sql = format!(
            r#"set local role phach_owner; select contest.create('{{"id":"{c}","slug":"vong-{n}","title_vi":"x","title_en":"x","host_vi":"x","host_en":"x","summary_vi":"x","summary_en":"x",
              "timezone":"UTC","lang":"vi","separation":"strict","opens_at":"2026-01-01T00:00:00Z","closes_at":"2026-01-02T00:00:00Z","intake_closes_at":"2026-01-02T00:00:00Z",
              "queries_close_at":"2026-01-03T00:00:00Z","readers":{},"threshold":{},"third":"{}",
              "rubrics":[{{"id":"{rubric}","contest":"{c}","key":"r","name_vi":"x","name_en":"x","step":50,"total":10000,"position":1}}],
              "criteria":[{{"id":"{}","rubric":"{rubric}","key":"d","name_vi":"x","name_en":"x","description_vi":"","description_en":"","max":10000,"position":1}}],
              "ranking_groups":[{},{}],"categories":[{},{}],"units":[],"prizes":[{}],"key_holders":[{},{}],"by_hand":[]}}'::jsonb); reset role;"#,
            self.readers,
            self.threshold,
            self.rule,
            id(n, 3),
            group(0),
            group(1),
            category(0),
            category(1),
            prizes.join(","),
            holder(0),
            holder(1)
        );
        for j in 0..5 {
            let _ = write!(
                sql,
                "insert into account.account(id, email, email_key, name, lang, password_hash) values ('{}', 'l{n}j{j}@example.org', 'l{n}j{j}@example.org', 'J', 'vi', 'none');",
                id(n, 100 + j)
            );
        }
        for p in &self.papers {
            let _ = write!(
                sql,
                "insert into blind.paper(code, contest, category, ranking_group, title, body, wanted) values ('{}', '{c}', '{}', '{}', 't', 'b', {});",
                p.code,
                id(n, 20 + p.group),
                id(n, 10 + p.group),
                self.readers
            );
        }
        sql
    }

    pub fn enter(&self) -> String {
        format!("select set_config('phach.contest', '{}', true), set_config('phach.account', '{}', true);", id(self.n, 1), id(self.n, 100))
    }

    /// A reading from the assignment to the sheet.
    pub fn reading(&self, code: &str, judge: u32, mark: i32, third: bool) -> String {
        let (c, j) = (id(self.n, 1), id(self.n, 100 + judge));
        format!(
            "insert into blind.assignment(judge, paper, contest, third) values ('{j}', '{code}', '{c}', {third}); insert into blind.sheet(judge, paper, contest, marks) values ('{j}', '{code}', '{c}', '{{\"d\": {mark}}}');"
        )
    }

    /// What an assignment found nobody for is excused by the chair; of a third mark the chair decides.
    pub fn excuse(&self, missing: &[(String, usize, Option<i32>)]) -> String {
        let c = id(self.n, 1);
        let mut sql =
            format!("insert into blind.deal(contest, seed, input_sha256, dealt) select contest, n, '\\x00', 0 from blind.next_seed('{c}'); select blind.make_seed('{c}');");
        for (code, n, mark) in missing {
            let act = match mark {
                Some(mark) => format!("blind.decide_mark('{code}', {mark}, 'không còn ai')"),
                None => format!("blind.excuse_reading('{code}', 'không còn ai')"),
            };
            let _ = write!(sql, "insert into blind.shortage select id, contest, '{code}', {n} from blind.deal where contest = '{c}' order by seed desc limit 1; select {act};");
        }
        sql
    }

    /// Random first readings, some of them excused, in SQL and in the model.
    pub fn read(&mut self, rng: &mut Rng) -> String {
        const MARKS: [i32; 5] = [6000, 6050, 7000, 8000, 8050];
        let (mut sql, mut missing) = (self.enter(), vec![]);
        for i in 0..self.papers.len() {
            let excused = (0..self.readers).filter(|_| rng.below(8) == 0).count();
            let marks: Vec<i32> = (excused..self.readers).map(|_| MARKS[rng.below(MARKS.len())]).collect();
            let code = self.papers[i].code.clone();
            for (judge, mark) in marks.iter().enumerate() {
                sql.push_str(&self.reading(&code, judge as u32, *mark, false));
            }
            if excused > 0 {
                missing.push((code, excused, None));
            }
            self.papers[i].firsts = marks;
        }
        sql + &self.excuse(&missing)
    }

    /// Third marks where they are wanted, by a judge who has not read the paper; some decided by the chair.
    pub fn read_thirds(&mut self, wanted: &[String], rng: &mut Rng) -> String {
        let (mut sql, mut missing) = (self.enter(), vec![]);
        for code in wanted {
            let i = self.papers.iter().position(|p| p.code == *code).unwrap();
            if rng.below(4) == 0 {
                let mark = 50 * rng.below(201) as i32;
                self.papers[i].chair = Some(mark);
                missing.push((code.clone(), 1, Some(mark)));
            } else {
                let mark = 5000 + 50 * rng.below(90) as i32;
                self.papers[i].third = Some(mark);
                sql.push_str(&self.reading(code, 4, mark, true));
            }
        }
        sql + &self.excuse(&missing)
    }
}
