//! Proofs about the visitor. A handler receives `Proven<P>`, never a raw id: the proof is made by one function, carries
//! the hat and the transaction it was found in, and actions demand it.
use std::marker::PhantomData;

use actix_web::dev::Payload;
use actix_web::http::{Method, StatusCode};
use actix_web::web::{self, Data};
use actix_web::{FromRequest, Handler, HttpRequest, HttpResponse, Responder, Route, guard};
use futures_util::future::{FutureExt, LocalBoxFuture, Ready, ready};
use futures_util::join;
use serde::de::DeserializeOwned;
use uuid::Uuid;

use super::db::{Hat, Mode, Public, Slug, Tx, Who};
use super::failure::{Failure, Refusal};
use super::form::{Fields, Form};
use super::i18n::Lang;
use super::page::{self, Frame, Page};
use super::sessions;
use super::site::Site;
use super::visitor::Visitor;

/// Implemented once per proof, next to the one function that can make it.
pub trait Proof: Sized + 'static {
    type Hat: Hat;
    /// What the address says, not yet believed.
    type Key: DeserializeOwned + 'static;
    /// The contest in the address: None where the page belongs to none; a name that cannot be one is not found.
    fn contest(key: &Self::Key) -> Result<Option<Slug>, Failure>;
    /// Sent right behind the opening of the transaction, without waiting for its answer: what is found counts only where the
    /// opening was granted.
    fn prove(tx: &Tx<Self::Hat>, key: Self::Key) -> impl Future<Output = Result<Self, Failure>>;
    /// Where the visitor stands, for the layout.
    fn frame(&self, visitor: &Visitor) -> Frame;
}

/// A proof that can be made once more, in another transaction.
pub trait Again: Proof {
    /// What its address said.
    fn key(&self) -> Self::Key;
}

/// The fact, and the transaction it was read in. Private fields: only `of` makes one.
pub struct Proven<P: Proof> {
    fact: P,
    tx: Tx<P::Hat>,
    pub visitor: Visitor,
    pub site: Data<Site>,
}

impl<P: Proof> Proven<P> {
    /// For the few handlers that verify a password between two transactions: `Sent` first, then this.
    pub async fn of(req: HttpRequest) -> Result<Self, Failure> {
        Ok(Self::with(req, async |_| Ok(())).await?.0)
    }
    /// As `of`, and what is read whatever the proof finds goes out behind it, in the same round trip.
    async fn with<R>(req: HttpRequest, reads: impl AsyncFnOnce(&Tx<P::Hat>) -> Result<R, Failure>) -> Result<(Self, R), Failure> {
        let site = req.app_data::<Data<Site>>().ok_or_else(|| Failure::broken("no Site in the app"))?.clone();
        #[expect(clippy::disallowed_types, reason = "the one place where an address becomes a key, to be proven next")]
        let key = web::Path::<P::Key>::extract(&req).await.map_err(|_| Failure::NotFound)?.into_inner();
        let visitor = Visitor::of(&req);
        let mode = if matches!(*req.method(), Method::GET | Method::HEAD) { Mode::Read } else { Mode::Write };
        let who = Who::Visitor { session: visitor.session, contest: P::contest(&key)? };
        let first = async |tx: &Tx<P::Hat>| {
            let (fact, found) = join!(P::prove(tx, key), reads(tx));
            Ok((fact?, found?)) // what the proof says counts first
        };
        let (tx, (fact, found)) = site.db.enter::<P::Hat, _>(mode, &who, first).await?;
        if let (Mode::Read, Some(session), true) = (mode, visitor.session, P::Hat::ROLE != Public::ROLE) {
            sessions::was_seen(&site, session); // a hat other than the public's is only worn in a living session
        }
        Ok((Proven { fact, tx, visitor, site }, found))
    }
    pub fn fact(&self) -> &P {
        &self.fact
    }
    pub fn lang(&self) -> Lang {
        self.visitor.lang
    }
    /// The proof and its transaction, for an action.
    pub fn parts(&mut self) -> (&P, &mut Tx<P::Hat>) {
        (&self.fact, &mut self.tx)
    }
    /// A message in the visitor's language.
    pub fn t(&self, key: &str, args: &[(&'static str, String)]) -> String {
        self.site.pages.t(self.visitor.lang, key, args)
    }
    /// A refusal's sentence in the visitor's language, to stand in a form.
    pub fn sentence(&self, refusal: &super::failure::Refusal) -> String {
        self.t(&refusal.key(), &refusal.args)
    }
    /// Ends the transaction, then prints the page.
    pub async fn show<G: Page>(self, page: G) -> Result<HttpResponse, Failure> {
        let frame = self.fact.frame(&self.visitor);
        self.tx.commit().await?;
        Ok(page::html(StatusCode::OK, self.site.pages.render(&page, &frame, &self.visitor)?))
    }
    /// As `show`, for a page that is the same for everybody without a session: they share a copy up to a second old.
    pub async fn show_to_all<G: Page>(self, page: G) -> Result<HttpResponse, Failure>
    where
        P: Proof<Hat = Public>,
    {
        let frame = self.fact.frame(&self.visitor);
        self.tx.commit().await?;
        let html = self.site.pages.render(&page, &frame, &self.visitor)?;
        self.site.copies.keep(&self.visitor, &html);
        Ok(page::html(StatusCode::OK, html))
    }
    /// Ends the transaction of a page that is no page: a download, whose bytes come from elsewhere.
    pub async fn end(self) -> Result<(), Failure> {
        self.tx.commit().await
    }
    /// Takes everything back and answers with a page that says what to mend. For POST handlers: `Err(proof.refuse(…).await)`.
    pub async fn refuse<G: Page>(self, status: StatusCode, page: G) -> Failure {
        let frame = self.fact.frame(&self.visitor);
        self.tx.rollback().await;
        match self.site.pages.render(&page, &frame, &self.visitor) {
            Ok(html) => Failure::Page(status, html),
            Err(e) => e,
        }
    }
    /// Keeps what was written (a draft) and answers with a page that says what to mend. For POST handlers, as `refuse`.
    pub async fn keep<G: Page>(self, status: StatusCode, page: G) -> Failure {
        let frame = self.fact.frame(&self.visitor);
        if let Err(e) = self.tx.commit().await {
            return e;
        }
        match self.site.pages.render(&page, &frame, &self.visitor) {
            Ok(html) => Failure::Page(status, html),
            Err(e) => e,
        }
    }
    /// The answer exists only once the transaction stands.
    pub async fn commit<R>(self, answer: R) -> Result<Saved<R>, Failure> {
        self.tx.commit().await?;
        Ok(Saved(answer))
    }
}

impl<P: Again> Proven<P> {
    /// Takes everything back and answers with a page of what now stands, read anew: somebody else may have been quicker, and a
    /// refusal of the database ended the transaction. For POST handlers, as `refuse`.
    pub async fn refuse_anew<G: Page>(self, status: StatusCode, page: impl AsyncFnOnce(&mut Tx<P::Hat>, &P) -> Result<G, Failure>) -> Failure {
        let key = self.fact.key();
        let Proven { tx, visitor, site, .. } = self;
        tx.rollback().await;
        let shown = async {
            let who = Who::Visitor { session: visitor.session, contest: P::contest(&key)? };
            let (mut tx, fact) = site.db.enter::<P::Hat, _>(Mode::Read, &who, async |tx| P::prove(tx, key).await).await?;
            let page = page(&mut tx, &fact).await?;
            tx.commit().await?;
            site.pages.render(&page, &fact.frame(&visitor), &visitor)
        };
        shown.await.map_or_else(|e| e, |html| Failure::Page(status, html))
    }
}

/// What only a commit makes; a POST route takes no handler without it.
pub struct Saved<R>(R);

impl<R> Saved<R> {
    /// For the few handlers that open their transactions themselves (sign-in verifies a password between two).
    pub async fn after<H: Hat>(tx: Tx<H>, answer: R) -> Result<Saved<R>, Failure> {
        tx.commit().await?;
        Ok(Saved(answer))
    }
}

impl<R: Responder> Responder for Saved<R> {
    type Body = R::Body;
    fn respond_to(self, req: &HttpRequest) -> HttpResponse<R::Body> {
        self.0.respond_to(req)
    }
}

/// A route that changes something.
pub fn changes<H, Args, R>(handler: H) -> Route
where
    H: Handler<Args, Output = Result<Saved<R>, Failure>>,
    Args: FromRequest + 'static,
    R: Responder + 'static,
    R::Body: 'static,
{
    web::post().to(handler)
}

/// GET, and HEAD with it.
pub fn reads() -> Route {
    web::route().guard(guard::Any(guard::Get()).or(guard::Head()))
}

/// A route that shows something.
pub fn shows<H, Args, R>(handler: H) -> Route
where
    H: Handler<Args, Output = R>,
    Args: FromRequest + 'static,
    R: Responder + 'static,
    R::Body: 'static,
{
    reads().to(handler)
}

impl<P: Proof> FromRequest for Proven<P> {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        Self::of(req.clone()).boxed_local()
    }
}

/// A page that is not yet proven: what it reads whatever the proof finds goes out with the proof.
pub struct Asked<P: Proof> {
    req: HttpRequest,
    proof: PhantomData<fn() -> P>,
}

impl<P: Proof> Asked<P> {
    /// The proof, and what was read. For reads that need nothing of the proof but the hat and the contest that it was opened under.
    pub async fn with<R>(self, reads: impl AsyncFnOnce(&Tx<P::Hat>) -> Result<R, Failure>) -> Result<(Proven<P>, R), Failure> {
        Proven::with(self.req, reads).await
    }
    /// What stands behind the `?` of the address.
    pub fn query(&self) -> &str {
        self.req.query_string()
    }
}

impl<P: Proof> FromRequest for Asked<P> {
    type Error = Failure;
    type Future = Ready<Result<Self, Failure>>;
    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(Ok(Asked { req: req.clone(), proof: PhantomData }))
    }
}

/// For POST: the whole form first, the transaction after. As two arguments they would be polled together, and a slow
/// sender would hold a transaction open.
pub struct Posted<P: Proof, F> {
    pub proof: Proven<P>,
    pub form: F,
}

impl<P: Proof, F: Form + 'static> FromRequest for Posted<P, F> {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;
    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        async move {
            let fields = Fields::read::<F>(&req, &mut payload).await?;
            Ok(Posted { proof: Proven::of(req).await?, form: F::from_fields(fields) })
        }
        .boxed_local()
    }
}

/// A form without a proof: sign-up, sign-in and the like, whose handlers open their transactions themselves.
pub struct Sent<F> {
    pub form: F,
    pub visitor: Visitor,
    pub site: Data<Site>,
    /// The address asked from, for the generous throttle; a proxy's header where one is trusted.
    pub address: String,
}

impl<F: Form + 'static> FromRequest for Sent<F> {
    type Error = Failure;
    type Future = LocalBoxFuture<'static, Result<Self, Failure>>;
    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        async move {
            let fields = Fields::read::<F>(&req, &mut payload).await?;
            let site = req.app_data::<Data<Site>>().ok_or_else(|| Failure::broken("no Site in the app"))?.clone();
            let address = site.address_of(&req);
            Ok(Sent { form: F::from_fields(fields), visitor: Visitor::of(&req), site, address })
        }
        .boxed_local()
    }
}

impl<F> Sent<F> {
    pub fn t(&self, key: &str, args: &[(&'static str, String)]) -> String {
        self.site.pages.t(self.visitor.lang, key, args)
    }
    pub fn who(&self) -> Who {
        Who::Visitor { session: self.visitor.session, contest: None }
    }
}

/// A button, and a tick that says what cannot be undone.
pub struct Sure(pub bool);
impl Form for Sure {
    const LIMIT: usize = 4096;
    fn from_fields(f: Fields) -> Self {
        Sure(f.line("sure") == "yes")
    }
}
impl Sure {
    /// After the deed, before the commit: what stands against the deed is the better answer.
    pub fn hold(&self, done: Result<(), Failure>) -> Result<(), Failure> {
        done.and_then(|()| if self.0 { Ok(()) } else { Err(Refusal::of("unconfirmed").into()) })
    }
}

/// What is confirmed is what was read, by its id: another may stand there by now.
#[derive(Default)]
pub struct Chosen(pub Option<Uuid>);
impl Form for Chosen {
    const LIMIT: usize = 4096;
    fn from_fields(f: Fields) -> Self {
        Chosen::of(&f)
    }
}
impl Chosen {
    /// As part of a larger form.
    pub fn of(f: &Fields) -> Chosen {
        Chosen(f.line("id").parse().ok())
    }
    /// What was not named, or by no id, is as what is gone: refused by that name.
    pub fn or_gone(&self, gone: &'static str) -> Result<Uuid, Failure> {
        self.0.ok_or_else(|| Refusal::of(gone).status(StatusCode::CONFLICT).into())
    }
}

/// The empty form: a button alone.
pub struct Nothing;
impl Form for Nothing {
    const LIMIT: usize = 4096;
    fn from_fields(_: Fields) -> Self {
        Nothing
    }
}
