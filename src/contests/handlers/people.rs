//! The list of a contest's people, searched and by pages: two thousand judges are more than the organizer's first page can show.
use actix_web::HttpResponse;

use super::organizer::{Organizing, invited_row};
use crate::accounts::model::HatWord;
use crate::contests::organizer_pages::Choice;
use crate::contests::people_pages::{PeoplePage, WearerRow};
use crate::contests::store;
use crate::contests::store::{Invited, Official};
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::http::query_value;
use crate::platform::i18n;
use crate::platform::names::{by_given_name, fold};

/// Rows a page.
const PAGE: usize = 100;

/// What is looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Search {
    /// Invitations; else who wears a hat.
    pub invited: bool,
    /// Empty: any.
    pub hat: String,
    pub q: String,
    pub from: usize,
}

impl Search {
    /// What an address asks for; what no page offers is left out.
    pub fn of(query: &str) -> Search {
        let value = |name: &str| query_value(query, name).unwrap_or_default();
        let hat = HatWord::parse(&value("hat")).map(|h| h.word().to_owned()).unwrap_or_default();
        let q: String = value("q").chars().filter(|c| !c.is_control()).take(100).collect();
        Search { invited: value("list") == "invited", hat, q, from: value("from").parse().unwrap_or(0) }
    }
    /// The same as part of an address.
    pub fn query(&self) -> String {
        let mut out = url::form_urlencoded::Serializer::new(String::new());
        out.append_pair("list", if self.invited { "invited" } else { "worn" });
        for (name, value) in [("hat", &self.hat), ("q", &self.q)] {
            if !value.is_empty() {
                out.append_pair(name, value);
            }
        }
        if self.from > 0 {
            out.append_pair("from", &self.from.to_string());
        }
        out.finish()
    }
    fn takes(&self, hat: &str, words: &[&str]) -> bool {
        let q = fold(&self.q);
        (self.hat.is_empty() || self.hat == hat) && (q.is_empty() || words.iter().any(|w| fold(w).contains(&q)))
    }
    /// The search on another page of its list.
    fn at(&self, from: usize) -> Search {
        Search { from, ..self.clone() }
    }
}

/// Those that wait or have expired first: something can be done about them.
pub fn by_state(invited: &mut [Invited]) {
    let place = |i: &Invited| ["waiting", "expired"].iter().position(|s| *s == i.state).unwrap_or(2);
    invited.sort_by_key(place);
}

pub async fn show_people(mut proof: Proven<Organizing>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let search = Search::of(&proof.visitor.query);
    let (fact, tx) = proof.parts();
    let contest = fact.contest.clone();
    let path = contest.path("organizer/people");
    let link = |from: usize| format!("{path}?{}", search.at(from).query());
    let mut page = PeoplePage {
        title: contest.title(lang).to_owned(),
        back_href: contest.path("organizer"),
        again_action: contest.path("organizer/again"),
        cancel_action: contest.path("organizer/cancellation"),
        list: if search.invited { "invited" } else { "worn" }.to_owned(),
        hats: HatWord::ALL.iter().map(|h| Choice { id: h.word().to_owned(), name: String::new(), chosen: h.word() == search.hat }).collect(),
        q: search.q.clone(),
        query: search.query(),
        ..PeoplePage::default()
    };
    if search.invited {
        let mut invited = store::list_invited(tx).await?;
        invited.retain(|i| search.takes(&i.hat, &[&i.name, i.email.as_deref().unwrap_or_default()]));
        by_state(&mut invited);
        page.found_n = invited.len();
        page.invited = invited.iter().skip(search.from).take(PAGE).map(|i| invited_row(i, &contest, lang)).collect();
    } else {
        let mut worn: Vec<Official> = store::list_officials(tx).await?;
        worn.retain(|o| search.takes(&o.hat, &[&o.name]));
        worn.sort_by_cached_key(|o| (by_given_name(&o.name), o.hat.clone()));
        page.found_n = worn.len();
        page.wearers = worn.iter().skip(search.from).take(PAGE).map(|o| WearerRow { name: o.name.clone(), hat: o.hat.clone() }).collect();
    }
    page.found = i18n::number(lang, i64::try_from(page.found_n).unwrap_or(i64::MAX));
    if search.from > 0 {
        page.earlier = link(search.from.saturating_sub(PAGE));
    }
    if search.from.saturating_add(PAGE) < page.found_n {
        page.later = link(search.from + PAGE);
    }
    page.action = path;
    proof.show(page).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_search_is_the_same_after_its_address_and_takes_nothing_that_no_page_offers() {
        let search = Search { invited: true, hat: "judge".into(), q: "Đặng & An".into(), from: 200 };
        assert_eq!(Search::of(&search.query()), search);
        assert_eq!(Search::of("list=x&hat=king&from=-3&q=%0A"), Search::default());
    }
    #[test]
    fn people_are_found_without_marks_and_by_hat() {
        let search = Search { hat: "judge".into(), q: "dang".into(), ..Search::default() };
        assert!(search.takes("judge", &["Đặng Thị An"]));
        assert!(!search.takes("clerk", &["Đặng Thị An"]) && !search.takes("judge", &["Trần An"]));
    }
}
