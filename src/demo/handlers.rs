//! The letters on a page.
use actix_web::HttpResponse;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::guards::Marked;
use super::pages::{LetterRow, LettersPage};
use super::store::{self, Shown};
use crate::outbox::Letter;
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::http::query_value;
use crate::platform::i18n::{self, Lang};
use crate::platform::site::Site;

const A_PAGE: i32 = 25;
/// The year 9999, in microseconds.
const NEVER: i64 = 253_370_764_800_000_000;

fn row(shown: &Shown, site: &Site, lang: Lang) -> Result<LetterRow, Failure> {
    let letter = Letter {
        id: shown.id,
        order: String::new(),
        to: shown.to_address.clone(),
        lang: Lang::parse(&shown.lang).unwrap_or_default(),
        kind: shown.kind.clone(),
        params: shown.params.clone(),
    };
    let name = shown.params.get("name").and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
    let head = LetterRow { at: i18n::moment(lang, shown.created_at, Tz::Asia__Ho_Chi_Minh), to: shown.to_address.clone(), name, ..LetterRow::default() };
    if shown.params.as_object().is_none_or(serde_json::Map::is_empty) {
        return Ok(LetterRow { wiped: true, ..head });
    }
    let (words, link) = (letter.words(site)?, letter.link(site));
    // without the line of the link and the signature: the page has a button of its own
    let of_the_letter = |p: &&str| !p.is_empty() && !p.starts_with("--") && (link.is_empty() || !p.contains(&link));
    let text = words.text.split("\n\n").map(str::trim).filter(of_the_letter).map(str::to_owned).collect();
    Ok(LetterRow { subject: words.subject, text, href: link.strip_prefix(&site.public_url).unwrap_or_default().to_owned(), ..head })
}

/// A letter's place in the list, as the address of the next page says it: microseconds, and its number.
fn place(below: &str) -> Option<(DateTime<Utc>, i64)> {
    let (at, number) = below.split_once('-')?;
    Some((DateTime::from_timestamp_micros(at.parse().ok()?)?, number.parse().ok()?))
}

pub async fn show_letters(mut proof: Proven<Marked>) -> Result<HttpResponse, Failure> {
    let (lang, site) = (proof.lang(), proof.site.clone());
    let value = |name: &str| query_value(&proof.visitor.query, name).unwrap_or_default();
    let to = value("to");
    let from = place(&value("below"));
    let (_, tx) = proof.parts();
    let found = store::list_letters(tx, &to, from.unwrap_or((DateTime::from_timestamp_micros(NEVER).unwrap_or_default(), i64::MAX)), A_PAGE + 1).await?;
    let on_page = usize::try_from(A_PAGE).unwrap_or_default();
    let address: String = url::form_urlencoded::byte_serialize(to.as_bytes()).collect();
    let last = found.get(on_page.saturating_sub(1)).filter(|_| found.len() > on_page).map(|l| format!("{}-{}", l.created_at.timestamp_micros(), l.number));
    let letters = found.iter().take(on_page).map(|l| row(l, &site, lang)).collect::<Result<_, _>>()?;
    proof
        .show(LettersPage {
            letters,
            older_href: last.map(|below| format!("/demo/letters?to={address}&below={below}")).unwrap_or_default(),
            newest_href: if from.is_none() { String::new() } else { format!("/demo/letters?to={address}") },
            to,
        })
        .await
}
