//! The language of the pages is a choice of this browser; of who is signed in it is the account's too, for letters follow it.
use actix_web::cookie::Cookie;
use actix_web::cookie::time::Duration;
use actix_web::{HttpRequest, HttpResponse};

use super::guards::Anyone;
use super::store;
use crate::platform::failure::Failure;
use crate::platform::form::{Fields, Form};
use crate::platform::guard::{Posted, Saved};
use crate::platform::http::{local_path, query_value};
use crate::platform::i18n::Lang;
use crate::platform::page::see_other;
use crate::platform::visitor::{LANG_COOKIE, Visitor};

fn chosen(lang: Lang, back: &str) -> HttpResponse {
    let mut answer = see_other(local_path(back));
    let cookie = Cookie::build(LANG_COOKIE, lang.code()).path("/").http_only(true).max_age(Duration::days(365)).finish();
    let _ = answer.add_cookie(&cookie); // a fixed name and two values: cannot fail to encode
    answer
}

/// `GET /lang/{lang}?back=/…`: a preference of this browser, no state of ours.
pub async fn language(req: HttpRequest) -> HttpResponse {
    let visitor = Visitor::of(&req);
    let lang = Lang::parse(req.match_info().query("lang")).unwrap_or(visitor.lang);
    chosen(lang, &query_value(&visitor.query, "back").unwrap_or_default())
}

/// The other language, and where it was chosen.
pub struct LanguageForm {
    lang: Option<Lang>,
    back: String,
}
impl Form for LanguageForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        LanguageForm { lang: Lang::parse(&f.line("lang")), back: f.line("back") }
    }
}

/// For who is signed in. A session that has ended meanwhile is no reason to refuse the page in the other language.
pub async fn keep_language(Posted { mut proof, form }: Posted<Anyone, LanguageForm>) -> Result<Saved<HttpResponse>, Failure> {
    let lang = form.lang.unwrap_or(proof.lang());
    let (visitor, tx) = proof.parts();
    if visitor.me.is_some() {
        store::set_lang(tx, lang.code()).await?;
    }
    proof.commit(chosen(lang, &form.back)).await
}
