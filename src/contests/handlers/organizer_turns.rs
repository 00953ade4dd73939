//! The organizer's list of steps: what each says beside its name, and where it is done.
use super::organizer::Organizing;
use crate::contests::Contest;
use crate::contests::organizer_pages::OrganizerPage;
use crate::contests::store_turns::Progress;
use crate::contests::turns::{Facts, State, Step, TurnRow, steps};
use crate::platform::guard::Proven;
use crate::platform::i18n;

/// `page`: as far as it is filled, with what the rules lack and who wears which hat.
pub fn turns_of(proof: &Proven<Organizing>, contest: &Contest, p: &Progress, page: &OrganizerPage) -> Vec<TurnRow> {
    let lang = proof.lang();
    let moment = |at| i18n::moment(lang, at, contest.tz());
    let at = |key: &str, at| proof.t(key, &[("at", moment(at))]);
    let count = |key: &str, n: i64| if n > 0 { proof.t(key, &[("n", i18n::number(lang, n))]) } else { String::new() };
    let missing: Vec<String> = page.groups.iter().filter(|g| !g.enough).map(|g| proof.t(&format!("hat-{}", g.hat), &[])).collect();
    let categories = i64::try_from(page.categories.len()).unwrap_or(i64::MAX);
    let facts = Facts {
        phase: contest.phase(),
        ready: contest.ready,
        staffed: missing.is_empty(),
        stage: p.stage,
        ties: p.ties,
        opened: p.opened,
        published: contest.published_at.is_some(),
    };
    let row = |(step, state): (Step, State)| {
        let (detail, rest) = match (step, state) {
            (Step::Rules, State::Now) => (count("turn-rules-lacks", i64::try_from(page.problems.len()).unwrap_or_default()), "organizer/rules"),
            (Step::People, State::Now) => (proof.t("turn-people-lacks", &[("hats", missing.join(", "))]), "organizer#officials"),
            (Step::Receive, State::Next) => (at("turn-receive-opens", contest.opens_at), ""),
            (Step::Receive, State::Now) => (at("turn-receive-closes", contest.closes_at), ""),
            (Step::Receive, State::Done) => (at("turn-receive-closed", contest.closes_at), ""),
            (Step::Screen, _) => (at("turn-screen-until", contest.queries_close_at), ""),
            (Step::Cut, State::Next) => (at("turn-cut-from", contest.queries_close_at.max(contest.intake_closes_at)), ""),
            (Step::Cut, State::Now) => (proof.t("turn-cut-now", &[]), ""),
            // a category to which nothing valid came is never cut: said, and no more
            (Step::Cut, State::Done) if p.cut < categories => {
                let args = [("n", i18n::number(lang, p.cut)), ("of", i18n::number(lang, categories))];
                (proof.t("turn-cut-some", &args), "")
            }
            (Step::Deal, State::Now | State::Next) => (count("turn-undeclared", p.undeclared.into()), "organizer/people?hat=judge"),
            (Step::Mark, State::Now) => (proof.t("turn-mark-now", &[]), "standings"),
            (Step::Ties, _) => (count("turn-ties-n", p.ties), "standings"),
            (Step::Seal, _) => (String::new(), "prizes"),
            (Step::Open, State::Now) => (p.key_until.map_or_else(|| proof.t("turn-open-two", &[]), |until| at("turn-open-second", until)), "minutes/seal"),
            (Step::Publish, _) => (String::new(), "collectives"),
            _ => (String::new(), ""),
        };
        let href = if rest.is_empty() { String::new() } else { contest.path(rest) };
        TurnRow::of((step, state), "organizer", detail, href)
    };
    steps(&facts).into_iter().map(row).collect()
}
