//! The chair's list of steps, from the cut to the results.
use super::board::Chairing;
use crate::contests::turns::{Facts, State, Step, TurnRow, steps};
use crate::judging::board_pages::BoardPage;
use crate::judging::store_board::{self as store, JudgeLine, Progress};
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::i18n;

/// The steps that a chair follows.
const SHOWN: [Step; 7] = [Step::Cut, Step::Deal, Step::Mark, Step::Ties, Step::Seal, Step::Open, Step::Publish];

fn stage_of(p: &Progress, judges: &[JudgeLine]) -> i32 {
    match p {
        Progress { sealed: true, .. } => 4,
        Progress { closed_at: Some(_), .. } => 3,
        // nothing is left to be cut or read: it can be closed as it is
        Progress { nothing_comes: true, .. } => 2,
        _ if judges.iter().any(|j| j.open_papers + j.marked + j.recused > 0) => 2,
        _ => i32::from(p.papers > 0),
    }
}

/// `page`: as far as it is filled.
pub async fn turns_of(proof: &mut Proven<Chairing>, p: &Progress, judges: &[JudgeLine], page: &BoardPage) -> Result<Vec<TurnRow>, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let contest = fact.contest.clone();
    let stage = stage_of(p, judges);
    let ends = if stage >= 3 { store::get_ends(tx).await? } else { store::Ends::default() };
    let facts = Facts { phase: contest.phase(), ready: true, staffed: true, stage, ties: ends.ties, opened: ends.opened, published: contest.published_at.is_some() };
    let count = |key: &str, n: i64| if n > 0 { proof.t(key, &[("n", i18n::number(lang, n))]) } else { String::new() };
    let undeclared = i64::try_from(judges.iter().filter(|j| !j.declared && !j.withdrawn).count()).unwrap_or(i64::MAX);
    let row = |(step, state): (Step, State)| {
        let (detail, href) = match (step, state) {
            (Step::Cut, State::Next) => {
                let from = contest.queries_close_at.max(contest.intake_closes_at);
                (proof.t("turn-cut-from", &[("at", i18n::moment(lang, from, contest.tz()))]), String::new())
            }
            (Step::Deal, State::Now | State::Next) => (count("turn-undeclared", undeclared), page.deal_href.clone()),
            (Step::Mark, State::Now) if page.may_close => (proof.t("turn-mark-ready", &[]), "#h-closing".to_owned()),
            (Step::Mark, State::Now) => (count("turn-mark-left", p.wanted - p.done), "#h-closing".to_owned()),
            (Step::Ties, _) => (count("turn-ties-n", ends.ties), page.standings_href.clone()),
            (Step::Open, State::Now) => (proof.t("turn-open-two", &[]), String::new()),
            _ => (String::new(), String::new()),
        };
        TurnRow::of((step, state), "chair", detail, href)
    };
    Ok(steps(&facts).into_iter().filter(|(step, _)| SHOWN.contains(step)).map(row).collect())
}
