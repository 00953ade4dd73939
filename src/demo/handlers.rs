//! The letters on a page.
use actix_web::HttpResponse;
use chrono_tz::Tz;

use super::guards::Marked;
use super::pages::{LetterRow, LettersPage};
use super::store::{self, Shown};
use crate::outbox::Letter;
use crate::platform::failure::Failure;
use crate::platform::guard::Proven;
use crate::platform::i18n::{self, Lang};
use crate::platform::site::Site;

const A_PAGE: i32 = 25;

fn row(shown: &Shown, site: &Site, lang: Lang) -> Result<LetterRow, Failure> {
    let letter = Letter { id: shown.id, order: String::new(), to: shown.to_address.clone(), lang: Lang::parse(&shown.lang).unwrap_or_default(), kind: shown.kind.clone(), params: shown.params.clone() };
    let head = LetterRow { at: i18n::moment(lang, shown.created_at, Tz::Asia__Ho_Chi_Minh), to: shown.to_address.clone(), ..LetterRow::default() };
    if shown.params.as_object().is_none_or(serde_json::Map::is_empty) {
        return Ok(LetterRow { wiped: true, ..head });
    }
    let (words, link) = (letter.words(site)?, letter.link(site));
    // without the line of the link and the signature: the page has a button of its own
    let of_the_letter = |p: &&str| !p.is_empty() && !p.starts_with("--") && (link.is_empty() || !p.contains(&link));
    let text = words.text.split("\n\n").map(str::trim).filter(of_the_letter).map(str::to_owned).collect();
    Ok(LetterRow { subject: words.subject, text, href: link.strip_prefix(&site.public_url).unwrap_or_default().to_owned(), ..head })
}

pub async fn show_letters(mut proof: Proven<Marked>) -> Result<HttpResponse, Failure> {
    let (lang, site) = (proof.lang(), proof.site.clone());
    let value = |name: &str| url::form_urlencoded::parse(proof.visitor.query.as_bytes()).find(|(k, _)| k == name).map(|(_, v)| v.trim().to_owned()).unwrap_or_default();
    let (to, below) = (value("to"), value("below").parse().unwrap_or(i64::MAX));
    let (_, tx) = proof.parts();
    let found = store::list_letters(tx, &to, below, A_PAGE + 1).await?;
    let on_page = usize::try_from(A_PAGE).unwrap_or_default();
    let address: String = url::form_urlencoded::byte_serialize(to.as_bytes()).collect();
    let last = found.get(on_page.saturating_sub(1)).filter(|_| found.len() > on_page).map(|l| l.number);
    let letters = found.iter().take(on_page).map(|l| row(l, &site, lang)).collect::<Result<_, _>>()?;
    proof
        .show(LettersPage {
            letters,
            older_href: last.map(|n| format!("/demo/letters?to={address}&below={n}")).unwrap_or_default(),
            newest_href: if below == i64::MAX { String::new() } else { format!("/demo/letters?to={address}") },
            to,
        })
        .await
}
