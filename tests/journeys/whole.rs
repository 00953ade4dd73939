//! Whole contests, from their making to their results: each that ships with the program, and one made by hand on pages alone.
use phach::contests::model::{Category, Ruleset};

use crate::organizer_rules::{SLUG, blank, by_hand, dated, file};
use crate::support::{Browser, PASSWORD, Seen, TestApp};

/// Entries of each category.
const EACH: usize = 3;

/// A contest under way with everybody who works in it.
struct Walk {
    app: TestApp,
    slug: String,
    rules: Ruleset,
    organizer: Browser,
}

/// One copied from what ships; open by now, also west of Greenwich.
async fn copied(word: &str) -> Walk {
    let app = TestApp::spawn().await;
    let organizer = app.creator("tochuc@example.org").await;
    let form = dated(organizer.get(&format!("/contests/new/{word}")).await.form("/contests/new"), -13);
    let slug = form.value("slug").unwrap().to_owned();
    let office =
        |form: crate::support::Filling, n: usize| form.fill(&format!("holder_{n}"), &format!("khoa{n}@example.org")).fill(&format!("office_vi_{n}"), &format!("Chức danh {n}"));
    office(office(form, 1), 2).submit().await.is(303);
    let rules = file(&organizer, &slug).await;
    Walk { app, slug, rules, organizer }
}

/// An essay that the category takes.
fn essay(k: &Category) -> String {
    let words = k.words.min.unwrap_or(100).max(20) + 1;
    (1..=words).map(|i| if i % 50 == 0 { "làng.\n\n" } else { "chữ " }).collect()
}

impl Walk {
    fn path(&self, rest: &str) -> String {
        format!("/c/{}/{rest}", self.slug)
    }
    async fn official(&self, hat: &str, name: &str, email: &str) -> Browser {
        self.app.official(&self.slug, hat, name, email).await
    }
    async fn ask(&self, what: &str) -> Vec<String> {
        self.app.ask(what).await
    }

    /// `EACH` works in every category, each by a person of its own through the form: everything is ticked and answered.
    async fn submissions(&self) {
        for (i, k) in self.rules.categories.iter().enumerate() {
            for n in 1..=EACH {
                let browser = self.app.person(&format!("Tác Giả {i}{n}"), &format!("tacgia{i}{n}@example.org")).await;
                let page = browser.get(&self.path("entries")).await.form(&self.path("entries")).submit().await.is(303).follow().await.is(200);
                self.filled(&page, i, k).submit().await.is(303).follow().await.is(200).says("Đã nhận bài số");
            }
        }
    }

    fn filled(&self, page: &Seen, at: usize, k: &Category) -> crate::support::Filling {
        let options = |of: &str| page.attrs(&format!("select[name='{of}'] option"), "value").into_iter().filter(|v| !v.is_empty()).collect::<Vec<_>>();
        let category = page.attrs("[name=category][value]", "value").swap_remove(at);
        let mut form = page.form("").fill("category", &category).fill("title", &format!("Bài về {}", k.name.vi)).fill("text", &essay(k)).fill("do", "submit");
        for tick in page.attrs("input[type=checkbox][data-needed]", "name") {
            form = form.fill(&tick, "yes");
        }
        for choice in page.attrs("select[data-needed]", "name").into_iter().filter(|n| n != "category") {
            form = form.fill(&choice, &options(&choice)[0]);
        }
        if form.value("year_1").is_some() {
            form = form.fill("year_1", "1990");
        }
        // half of them through a unit
        match options("unit").first().filter(|_| at.is_multiple_of(2)) {
            Some(unit) => form.fill("unit", unit),
            None => form,
        }
    }

    async fn desk(&self) {
        let clerk = self.official("clerk", "Thư Ký", "thuky@example.org").await;
        for id in self.ask("select id::text as line from named.entry order by number").await {
            crate::clerk::decide(&clerk, &self.path(&format!("desk/{id}")), "valid", "").await.is(303);
        }
        self.app.travel_to(chrono::Utc::now() + chrono::TimeDelta::days(5)).await;
        self.app.stay_signed_in().await;
        let cut = self.path("desk/cut");
        for _ in &self.rules.categories {
            clerk.get(&cut).await.is(200).form(&cut).fill("sure", "yes").submit().await.is(303);
        }
        let uncut = "select count(*)::text as line from named.entry where not cut";
        assert_eq!(self.ask(uncut).await, ["0"]);
    }

    /// Everybody declares, the papers are dealt, each judge marks all of the own: no two papers of a group alike.
    async fn marking(&self, chair: &Browser) {
        let judges = usize::try_from(self.rules.round.readers).unwrap() + 1;
        let mut all = vec![];
        for n in 1..=judges {
            let judge = self.official("judge", &format!("Giám Khảo {n}"), &format!("giamkhao{n}@example.org")).await;
            let declaration = self.path("marking/declaration");
            judge.get(&declaration).await.form(&declaration).fill("none", "1").submit().await.is(303);
            all.push(judge);
        }
        let deal = self.path("chair/deal");
        let preview = chair.get(&deal).await.is(200);
        let value = |name: &str| preview.attrs(&format!("form[method=post] input[name={name}]"), "value").concat();
        chair.post(&deal, &[("cap".into(), value("cap")), ("token".into(), value("token"))]).await.is(303);
        let codes = self.ask("select code as line from blind.paper order by code").await;
        for (n, judge) in all.iter().enumerate() {
            let of =
                format!("select x.paper as line from blind.assignment x join account.account a on a.id = x.judge where a.email_key = 'giamkhao{}@example.org' order by 1", n + 1);
            for code in self.ask(&of).await {
                let place = codes.iter().position(|c| *c == code).unwrap();
                let page = judge.get(&self.path(&format!("marking/{code}"))).await.is(200);
                self.sheet(&page, place).submit().await.is(303);
            }
        }
        chair.get(&self.path("chair")).await.form(&self.path("chair/closing")).fill("sure", "yes").submit().await.is(303);
    }

    /// The best of everything, less as many steps in one criterion as the paper has places before it.
    fn sheet(&self, page: &Seen, place: usize) -> crate::support::Filling {
        let form = page.form("").fill("do", "submit");
        let names: Vec<String> = form.fields().iter().map(|(n, _)| n.clone()).filter(|n| n.starts_with("mark_")).collect();
        let sheet = self.rules.rubrics.iter().find(|r| names.len() == r.criteria.len() && r.criteria.iter().all(|c| names.contains(&format!("mark_{}", c.key.as_str()))));
        let rubric = sheet.expect("a rubric whose criteria the page shows");
        let widest = rubric.criteria.iter().max_by_key(|c| c.max).unwrap();
        rubric.criteria.iter().fold(form, |form, c| {
            let less = if c.key == widest.key { rubric.step.get() * i32::try_from(place).unwrap() } else { 0 };
            let mark = c.max.get() - less;
            form.fill(&format!("mark_{}", c.key.as_str()), &format!("{},{:02}", mark / 100, mark % 100))
        })
    }

    /// Proposed, sealed, opened by two, published; every winner's name stands on the public page.
    async fn results(&self, chair: &Browser, holder: &Browser) {
        let (prizes, opening) = (self.path("prizes"), self.path("opening"));
        self.organizer.get(&prizes).await.form(&prizes).submit().await.is(303);
        let proposed = self.ask("select code as line from blind.proposal where prize is not null order by code").await;
        assert!(!proposed.is_empty(), "no prize is given");
        self.organizer.get(&prizes).await.form(&format!("{prizes}/seal")).fill("sure", "yes").submit().await.is(303);
        let last4 = self.organizer.get(&prizes).await.all(".code.stub").concat();
        for key in [chair, holder] {
            key.get(&opening).await.is(200).form(&opening).fill("last4", &last4).fill("password", PASSWORD).submit().await.is(303);
        }
        self.organizer.get(&self.path("collectives")).await.is(200).form(&self.path("publication")).fill("sure", "yes").submit().await.is(303);
        let public = self.app.browser().get(&self.path("results")).await.is(200);
        let winners = "select distinct u.name as line from blind.proposal p join slip.pair s on s.paper = p.code join named.entry e on e.id = s.entry
            join named.version v on v.entry = e.id and v.n = e.version join named.author u on u.version = v.id where p.prize is not null";
        let winners = self.ask(winners).await;
        assert_eq!(winners.len(), proposed.len());
        for name in winners {
            public.says(&name);
        }
        let codes = self.ask("select code as line from blind.paper").await;
        assert!(codes.iter().all(|c| !public.body.contains(c)), "a public page shows a code");
    }

    async fn carry_to_the_end(self) {
        let chair = self.official("chair", "Trưởng Ban", "khoa2@example.org").await;
        let holder = self.official("auditor", "Giám Sát", "khoa1@example.org").await;
        self.submissions().await;
        self.desk().await;
        self.marking(&chair).await;
        self.app.stay_signed_in().await;
        self.results(&chair, &holder).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_national_contest_that_ships_is_carried_to_its_results() {
    copied("national").await.carry_to_the_end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_provincial_contest_that_ships_is_carried_to_its_results() {
    copied("province").await.carry_to_the_end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn the_school_contest_that_ships_is_carried_to_its_results() {
    copied("jfk").await.carry_to_the_end().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_contest_made_by_hand_on_pages_alone_is_carried_to_its_results() {
    let app = TestApp::spawn().await;
    let organizer = blank(&app, -1).await;
    by_hand(&organizer).await;
    let rules = file(&organizer, SLUG).await;
    Walk { app, slug: SLUG.to_owned(), rules, organizer }.carry_to_the_end().await;
}
