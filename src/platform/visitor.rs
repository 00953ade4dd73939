//! Who is asking, as far as the request itself says: language, session, path. What it means, Postgres decides.
use actix_web::HttpRequest;
use actix_web::cookie::{Cookie, SameSite, time::Duration};
use actix_web::http::header;
use actix_web::web::Data;
use sha2::{Digest, Sha256};

use super::db::SessionHash;
use super::i18n::Lang;
use super::site::Site;

/// The cookie that holds the language chosen.
pub const LANG_COOKIE: &str = "phach_lang";

#[derive(Clone, Debug)]
pub struct Visitor {
    pub lang: Lang,
    pub session: Option<SessionHash>,
    /// Path and query, for "back here after signing in".
    pub path: String,
    pub query: String,
}

impl Visitor {
    pub fn of(req: &HttpRequest) -> Visitor {
        let chosen = req.cookie(LANG_COOKIE).and_then(|c| Lang::parse(c.value()));
        let browser = || {
            let header = req.headers().get(header::ACCEPT_LANGUAGE).and_then(|h| h.to_str().ok());
            header.map_or(Lang::default(), Lang::from_header)
        };
        // Only the name of this installation: under https a cookie that any neighbour could have set opens nothing.
        let https = req.app_data::<Data<Site>>().is_some_and(|s| s.https());
        let session = req.cookie(session_cookie_name(https));
        Visitor { lang: chosen.unwrap_or_else(browser), session: session.map(|c| hash_of(c.value())), path: req.path().to_owned(), query: req.query_string().to_owned() }
    }
}

/// `__Host-` where the address is https: then no other host and no plain page can set it.
pub fn session_cookie_name(https: bool) -> &'static str {
    if https { "__Host-phach" } else { "phach" }
}

pub fn hash_of(key: &str) -> SessionHash {
    SessionHash(Sha256::digest(key.as_bytes()).into())
}

/// The session's cookie: gone with 14 days, never readable by a script, never sent from another site's form.
pub fn session_cookie(key: String, https: bool) -> Cookie<'static> {
    Cookie::build(session_cookie_name(https), key).path("/").http_only(true).secure(https).same_site(SameSite::Lax).max_age(Duration::days(14)).finish()
}

pub fn no_session_cookie(https: bool) -> Cookie<'static> {
    let mut cookie = session_cookie(String::new(), https);
    cookie.set_max_age(Duration::ZERO);
    cookie
}

/// The address that has just signed up in this browser, so that nobody types it twice. It opens nothing, goes to the sign-in page alone and
/// is forgotten within the hour: who signs up is not signed in, since that would tell whether an address has an account.
const EMAIL_COOKIE: &str = "phach_email";

pub fn email_cookie(email: &str, https: bool) -> Cookie<'static> {
    let value: String = url::form_urlencoded::byte_serialize(email.as_bytes()).collect();
    Cookie::build(EMAIL_COOKIE, value).path("/sign-in").http_only(true).secure(https).same_site(SameSite::Lax).max_age(Duration::hours(1)).finish()
}
pub fn no_email_cookie(https: bool) -> Cookie<'static> {
    let mut cookie = email_cookie("", https);
    cookie.set_max_age(Duration::ZERO);
    cookie
}
/// Empty where none has.
pub fn email_of(req: &HttpRequest) -> String {
    // the framework has taken the percent signs off
    req.cookie(EMAIL_COOKIE).map(|c| c.value().chars().take(254).collect()).unwrap_or_default()
}
