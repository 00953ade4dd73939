//! The front page, what Phách is, and a contest's call with its rules, on a page and as one to print.
use actix_web::HttpResponse;
use chrono::Datelike;
use chrono_tz::Tz;

use crate::accounts::guards::Anyone;
use crate::accounts::model::MyHat;
use crate::accounts::store::{get_me, list_my_hats};
use crate::contests::call::Listed;
use crate::contests::model::Dates;
use crate::contests::pages::{AboutPage, CallPage, ContestCard, ContestPage, FrontPage, WorkLink, YearOfContests};
use crate::contests::phase::{Phase, phase};
use crate::contests::store::OwnStanding;
use crate::contests::{Wearing, store};
use crate::platform::db::Public;
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::i18n::{self, Lang};

use super::contest_view::Rules;

type Shown = Result<HttpResponse, Failure>;

fn card(c: &Listed, lang: Lang) -> ContestCard {
    let tz = c.timezone.parse().unwrap_or(Tz::UTC);
    let dates = Dates { opens: c.opens_at, closes: c.closes_at, intake_closes: c.closes_at, queries_close: c.closes_at, postmark_by: None };
    let at = if c.ready { phase(&dates, c.now) } else { Phase::Announced };
    ContestCard {
        href: format!("/c/{}", c.slug),
        results_href: c.published_at.map(|_| format!("/c/{}/results", c.slug)).unwrap_or_default(),
        title: lang.pick(&c.title_vi, &c.title_en).to_owned(),
        host: lang.pick(&c.host_vi, &c.host_en).to_owned(),
        phase: at.word().to_owned(),
        moment: i18n::moment(lang, if at == Phase::Announced { c.opens_at } else { c.closes_at }, tz),
    }
}

pub async fn show_front(mut proof: Proven<Anyone>) -> Shown {
    let (lang, signed_in) = (proof.lang(), proof.visitor.session.is_some());
    let (_, tx) = proof.parts();
    let contests = store::list_contests(tx).await?;
    let mut years: Vec<YearOfContests> = vec![];
    let mut out: Vec<(i32, &Listed)> = contests.iter().filter_map(|c| c.published_at.map(|at| (at.with_timezone(&c.timezone.parse().unwrap_or(Tz::UTC)).year(), c))).collect();
    out.sort_by_key(|(year, _)| -year);
    for (year, c) in out {
        match years.last_mut().filter(|y| y.year == year) {
            Some(y) => y.contests.push(card(c, lang)),
            None => years.push(YearOfContests { year, contests: vec![card(c, lang)] }),
        }
    }
    let may_create = signed_in && get_me(tx).await?.is_some_and(|me| me.may_create);
    let contests = contests.iter().filter(|c| c.published_at.is_none()).map(|c| card(c, lang)).collect();
    proof.show_to_all(FrontPage { contests, years, may_create }).await
}

pub async fn show_about(proof: Proven<Anyone>) -> Shown {
    proof.show_to_all(AboutPage {}).await
}

pub async fn show_contest(mut proof: Proven<Wearing<Public>>) -> Shown {
    let (lang, signed_in) = (proof.lang(), proof.visitor.session.is_some());
    let (fact, tx) = proof.parts();
    let read = Rules::read(tx).await?;
    let hats = if signed_in { list_my_hats(tx).await? } else { vec![] };
    // the daily page first: a key is turned on one evening
    let mut mine: Vec<&MyHat> = hats.iter().filter(|h| h.slug == fact.contest.slug).collect();
    mine.sort_by_key(|h| h.hat == "key-holder");
    let entering = fact.contest.phase() == Phase::Open && hats.iter().all(|h| h.slug != fact.contest.slug);
    let own = if signed_in && entering { store::get_own_standing(tx).await? } else { OwnStanding::default() };
    let page = ContestPage {
        begins: signed_in && entering && !own.begun && !own.at_limit,
        at_limit: own.at_limit,
        begun: own.begun,
        work: mine.iter().map(|h| WorkLink { hat: h.hat.clone(), href: h.href() }).collect(),
        ..read.page(&fact.contest, lang)
    };
    proof.show_to_all(page).await
}

/// Everything as one document to print: the call for entries as it is pinned up.
pub async fn show_call(mut proof: Proven<Wearing<Public>>) -> Shown {
    let (lang, site) = (proof.lang(), proof.site.clone());
    let (fact, tx) = proof.parts();
    let read = Rules::read(tx).await?;
    let contest = &fact.contest;
    let page = CallPage { call: read.page(contest, lang), address: site.link(&contest.path("")), printed: i18n::day(lang, contest.now, contest.tz()) };
    proof.show_to_all(page).await
}
