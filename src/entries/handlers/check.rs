//! Anybody's question whether a receipt is real, typed or by the receipt's own code.
use actix_web::http::StatusCode;
use actix_web::web::Data;
use actix_web::{HttpRequest, HttpResponse};

use crate::accounts::actions::count_attempt;
use crate::contests::{Wearing, slug_of};
use crate::entries::check_page::{AskedReceipt, CheckPage};
use crate::entries::store_form;
use crate::platform::db::{Mode, Public, Tx, Who};
use crate::platform::failure::Failure;
use crate::platform::guard::Proof;
use crate::platform::i18n;
use crate::platform::page::html;
use crate::platform::site::Site;
use crate::platform::visitor::Visitor;

/// `?number=…&sha256=…`. A question is counted before it is looked at, in a transaction of its own: a wrong one counts too.
pub async fn check_receipt(req: HttpRequest, site: Data<Site>) -> Result<HttpResponse, Failure> {
    let visitor = Visitor::of(&req);
    let who = Who::Visitor { session: visitor.session, contest: slug_of(req.match_info().query("slug"))? };
    let asked = AskedReceipt::of(&visitor.query);
    if let Some(asked) = &asked {
        let key = asked.key(); // what is no number has a bucket of its own
        count_attempt(&site.db, "receipt", if key.is_empty() { &asked.number } else { &key }, &site.address_of(&req)).await?;
    }
    let (tx, fact) = site.db.enter(Mode::Read, &who, async |tx: &Tx<Public>| Wearing::<Public>::in_contest(tx).await).await?;
    let received_at = match &asked {
        Some(asked) => store_form::check_receipt(&tx, &asked.key(), &asked.hash()).await?,
        None => None,
    };
    tx.commit().await?;
    let tz = fact.contest.tz();
    let page = CheckPage {
        contest: fact.contest.title(visitor.lang).to_owned(),
        action: fact.contest.path("receipt"),
        asked: asked.is_some(),
        received_at: received_at.map(|at| i18n::instant(visitor.lang, at, tz)).unwrap_or_default(),
        offset: received_at.map(|at| format!("UTC{}", at.with_timezone(&tz).format("%:z"))).unwrap_or_default(),
        number: asked.as_ref().map(|a| a.number.clone()).unwrap_or_default(),
        sha256: asked.map(|a| a.sha256).unwrap_or_default(),
    };
    Ok(html(StatusCode::OK, site.pages.render(&page, &fact.frame(&visitor), &visitor)?))
}
