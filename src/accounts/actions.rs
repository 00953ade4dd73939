//! What is done about accounts. Passwords are hashed and verified outside any transaction.
use futures_util::try_join;
use uuid::Uuid;

use super::forms::{SignInForm, SignUpForm};
use super::model::Credentials;
use super::store;
use crate::platform::admin;
use crate::platform::db::{Db, Mode, Public, SessionHash, Tx, Who, Worker};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Email, OneTime};
use crate::platform::i18n::Lang;
use crate::platform::secret::{random_key, sha256};
use crate::platform::site::Site;
use crate::platform::visitor::hash_of;
use actix_web::http::StatusCode;
use diesel_async::AsyncPgConnection;

/// Attempts of one account's password in 15 minutes: strict, whoever asks.
const PER_ACCOUNT: i32 = 10;
/// Letters to one address that anybody can cause in 15 minutes.
const LETTERS: i32 = 5;
/// Attempts from one network address in 15 minutes: generous, for whole offices sit behind one.
const PER_ADDRESS: i32 = 600;

const NOBODY: Who = Who::Visitor { session: None, contest: None };

fn throttled() -> Failure {
    Refusal::of("too_many_attempts").status(StatusCode::TOO_MANY_REQUESTS).into()
}

/// Counts an attempt for a purpose under both limits, in a transaction of its own so that a failed attempt counts too.
/// Buckets live in Postgres, so that several servers share them.
pub async fn count_attempt(db: &Db, purpose: &str, account: &str, address: &str) -> Result<(), Failure> {
    count_attempt_and(db, (purpose, account, address), async |_| Ok(())).await
}

/// As `count_attempt`, and in the same round trip what is to be read for the attempt; counted it is whatever was found.
async fn count_attempt_and<R>(db: &Db, (purpose, account, address): (&str, &str, &str), read: impl AsyncFnOnce(&Tx<Public>) -> Result<R, Failure>) -> Result<R, Failure> {
    let per_account = if matches!(purpose, "sign-up" | "forgot") { LETTERS } else { PER_ACCOUNT };
    let (strict, generous) = (sha256(format!("{purpose} account {account}").as_bytes()), sha256(format!("{purpose} address {address}").as_bytes()));
    let counted = async |tx: &Tx<Public>| {
        try_join!(store::forget_easily(tx), store::count_attempt(tx, strict, per_account, 15), store::count_attempt(tx, generous, PER_ADDRESS, 15), read(tx))
    };
    let (tx, ((), strict, generous, found)) = db.enter(Mode::Write, &NOBODY, counted).await?;
    tx.commit().await?;
    if strict && generous { Ok(found) } else { Err(throttled()) }
}

/// Verifies and opens a session; the cookie's key. Same work and answer for an unknown address and a wrong password.
pub async fn sign_in(site: &Site, who: &Who, form: &SignInForm, address: &str) -> Result<(Tx<Public>, String), Failure> {
    let wrong = || Refusal::of("sign_in_wrong");
    let email = Email::parse(&form.email);
    // what is no address has a bucket of its own too: one person's typing error locks out nobody else
    let key = email.as_ref().map_or(form.email.as_str(), |e| e.key.as_str());
    let found = count_attempt_and(&site.db, ("sign-in", key, address), async |tx| match &email {
        Some(email) => store::get_credentials(tx, email).await,
        None => Ok(None),
    })
    .await?;
    let fits = site.hasher.verify(form.password.clone(), found.as_ref().map(|c| c.password_hash.clone())).await?;
    let Some(credentials) = found.filter(|_| fits) else { return Err(wrong().into()) };
    site.db.enter(Mode::Write, &NOBODY, async |tx: &Tx<Public>| start_session(tx, &credentials, who).await).await
}

/// A new key at every sign-in (no fixation); the session that came along is closed.
pub async fn start_session(tx: &Tx<Public>, credentials: &Credentials, who: &Who) -> Result<String, Failure> {
    let key = random_key();
    let close_old = async {
        match who {
            Who::Visitor { session: Some(old), .. } => store::close_session(tx, *old).await,
            _ => Ok(()),
        }
    };
    try_join!(store::open_session(tx, credentials, hash_of(&key)), close_old)?;
    Ok(key)
}

/// Makes an unconfirmed account, or tells the owner of a known address by letter; the visitor sees no difference.
pub async fn sign_up(site: &Site, who: &Who, form: &SignUpForm, email: &Email, lang: Lang, address: &str) -> Result<Tx<Public>, Failure> {
    count_attempt(&site.db, "sign-up", &email.key, address).await?;
    let hash = site.hasher.hash(form.password.clone()).await?;
    let person = unconfirmed(site, store::person(Uuid::now_v7(), email, &form.name, lang.code(), &hash));
    let mut tx = site.db.open::<Public>(Mode::Write, who).await?;
    store::sign_up(&mut tx, person).await?;
    Ok(tx)
}

/// A new account with the link of the letter that confirms its address.
fn unconfirmed(site: &Site, person: serde_json::Value) -> serde_json::Value {
    let token = OneTime::new();
    store::with_confirmation(person, &token, &site.link(&format!("/confirm/{}", token.key)), &site.link("/sign-in"))
}

/// A letter with a link that is good for an hour, if somebody has that address.
pub async fn forgot(site: &Site, who: &Who, email: &Email, address: &str) -> Result<Tx<Public>, Failure> {
    if site.pages.is_demonstration() {
        return Err(Refusal::of("demonstration_keeps").status(StatusCode::CONFLICT).into()); // before a letter that leads to nothing
    }
    count_attempt(&site.db, "forgot", &email.key, address).await?;
    let token = OneTime::new();
    let mut tx = site.db.open::<Public>(Mode::Write, who).await?;
    store::forgot(&mut tx, email, &token, &site.link(&format!("/reset/{}", token.key))).await?;
    Ok(tx)
}

/// A new password by the letter's link; every session of the account ends.
pub async fn reset(site: &Site, who: &Who, token: &str, password: String, address: &str) -> Result<Tx<Public>, Failure> {
    count_attempt(&site.db, "reset", token, address).await?; // before the costly hash, for the link may be made up
    let hash = site.hasher.hash(password).await?;
    let mut tx = site.db.open::<Public>(Mode::Write, who).await?;
    if store::reset(&mut tx, token, &hash).await? {
        Ok(tx)
    } else {
        tx.rollback().await;
        Err(Refusal::of("link_gone").status(StatusCode::CONFLICT).into())
    }
}

/// A second look at the visitor's own password, for what needs it (turning a key). Wrong ones count strictly.
pub async fn verify_own_password(site: &Site, session: Option<SessionHash>, password: String, address: &str) -> Result<(), Failure> {
    let who = Who::Visitor { session, contest: None };
    let mut tx = site.db.open::<Public>(Mode::Read, &who).await?;
    let own = store::get_my_credentials(&mut tx).await?.ok_or(Failure::SignInFirst)?;
    tx.commit().await?;
    count_attempt(&site.db, "own-password", &own.id.to_string(), address).await?;
    if !site.hasher.verify(password, Some(own.password_hash)).await? {
        return Err(Refusal::of("password_wrong").into());
    }
    let tx = site.db.open::<Public>(Mode::Write, &who).await?;
    store::give_back_attempt(&tx).await?;
    tx.commit().await
}

/// An invitation taken up by somebody new: the account is made with it. Errors as `account.redeem` refuses.
pub async fn redeem_as_new(site: &Site, who: &Who, token: &str, form: &SignUpForm, email: &Email, lang: Lang) -> Result<(Tx<Public>, Option<String>, String), Failure> {
    let hash = site.hasher.hash(form.password.clone()).await?;
    let id = Uuid::now_v7();
    let mut tx = site.db.open::<Public>(Mode::Write, who).await?;
    let slug = store::redeem(&mut tx, token, Some(unconfirmed(site, store::person(id, email, &form.name, lang.code(), &hash)))).await?;
    let key = start_session(&tx, &Credentials { id, password_hash: hash }, who).await?;
    Ok((tx, slug, key))
}

/// The job: what has run out goes.
pub async fn sweep(site: &Site) -> Result<(), Failure> {
    let mut tx: Tx<Worker> = site.db.open(Mode::Write, &Who::Program { contest: None }).await?;
    store::sweep(&mut tx).await?;
    tx.commit().await
}

/// The first organizer's link, while nobody has an account.
pub async fn first_link(conn: &mut AsyncPgConnection, public_url: &str) -> Result<Option<String>, Failure> {
    if !store::nobody_yet(conn).await? {
        return Ok(None);
    }
    let key = store::grant_by_administrator(conn, None, None).await?;
    Ok(Some(format!("{public_url}/invitation/{key}")))
}

/// `phach account invite`: a link by which the owner of that address may create contests.
pub async fn invitation_link(admin_url: &str, email: &str, public_url: &str) -> Result<String, String> {
    let email = Email::parse(email).ok_or_else(|| format!("{email} is not an e-mail address"))?;
    let mut conn = admin::connect(admin_url).await?;
    let key = store::grant_by_administrator(&mut conn, Some(&email), None).await.map_err(|e| e.to_string())?;
    Ok(format!("{public_url}/invitation/{key}"))
}
