//! People invited by a list: read, looked at row by row, and only then sent. Nothing is kept between the two: the
//! sending reads the same box, and looks at each row once more.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use super::organizer::Organizing;
use crate::accounts::model::HatWord;
use crate::contests::Contest;
use crate::contests::invite_form::{ListForm, seen_sha256};
use crate::contests::invite_pages::{InviteListPage, ListedRow};
use crate::contests::invite_rows::{Row, Wrong, read_rows};
use crate::contests::organizer_pages::Choice;
use crate::contests::store::{self, Outcome};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::i18n::Lang;
use crate::platform::page::see_other;

type Shown = Result<HttpResponse, Failure>;
type Done = Result<Saved<HttpResponse>, Failure>;

fn blank(contest: &Contest, lang: Lang, chosen: HatWord, rows: String) -> InviteListPage {
    InviteListPage {
        title: contest.title(lang).to_owned(),
        action: contest.path("organizer/list"),
        send_action: contest.path("organizer/list/sending"),
        back_href: contest.path("organizer"),
        hats: HatWord::ALL.iter().map(|h| Choice { id: h.word().to_owned(), name: String::new(), chosen: *h == chosen }).collect(),
        rows,
        ..InviteListPage::default()
    }
}

pub async fn show_list(proof: Proven<Organizing>) -> Shown {
    let page = blank(&proof.fact().contest, proof.lang(), HatWord::Judge, String::new());
    proof.show(page).await
}

/// What would become of each row. Everybody is invited as the sending does it, and all is taken back: so the two cannot differ.
pub async fn preview_list(Posted { proof, form }: Posted<Organizing, ListForm>) -> Done {
    Err(preview(proof, &form, None).await)
}

/// The page with what would become of each row; `why`: a press that sent nothing.
async fn preview(mut proof: Proven<Organizing>, form: &ListForm, why: Option<Refusal>) -> Failure {
    let (mut page, rows) = match read(&proof, form).await {
        Ok(read) => read,
        Err(e) => return e,
    };
    let rows = match rows {
        Ok(rows) => rows,
        Err(refusal) => {
            let field = match refusal.name {
                "hat_needed" => "hat",
                _ if form.upload.is_some() || form.lost.is_some() => "file",
                _ => "rows",
            };
            page.errors.add(field, proof.sentence(&refusal));
            return proof.refuse(refusal.status, page).await;
        }
    };
    let outcomes = match invite(&mut proof, &rows).await {
        Ok(outcomes) => outcomes,
        Err(e) => return e,
    };
    look(&proof, &mut page, &rows, &outcomes);
    let status = why.as_ref().map_or(StatusCode::OK, |r| r.status);
    if let Some(why) = why {
        page.errors.add("", proof.sentence(&why));
    }
    proof.refuse(status, page).await
}

/// The page with the text that there is to read, and its rows.
async fn read(proof: &Proven<Organizing>, form: &ListForm) -> Result<(InviteListPage, Result<Vec<Row>, Refusal>), Failure> {
    let hat = HatWord::parse(&form.hat);
    let mut page = blank(&proof.fact().contest, proof.lang(), hat.unwrap_or(HatWord::Judge), form.rows.clone());
    match form.text().await {
        Ok(text) => {
            page.rows = text;
            let rows = hat.ok_or_else(|| Refusal::of("hat_needed")).and_then(|hat| read_rows(&page.rows, hat));
            Ok((page, rows))
        }
        Err(Failure::Refused(refusal)) => Ok((page, Err(refusal))),
        Err(e) => Err(e),
    }
}

/// Everybody whom the preview promised to invite, at once. Where the box was edited since, or it can no longer be all of them, the preview again.
pub async fn send_list(Posted { mut proof, form }: Posted<Organizing, ListForm>) -> Done {
    if !form.is_as_seen() {
        return Err(preview(proof, &form, Some(Refusal::of("list_edited").status(StatusCode::CONFLICT))).await);
    }
    let (mut page, rows) = read(&proof, &form).await?;
    let rows = match rows {
        Ok(rows) => rows,
        Err(refusal) => {
            page.errors.add("rows", proof.sentence(&refusal));
            return Err(proof.refuse(refusal.status, page).await);
        }
    };
    let outcomes = invite(&mut proof, &rows).await?;
    let n = |outcome: &str| outcomes.iter().filter(|o| o.outcome == outcome).count();
    let (sent, open, worn) = (n("sent"), n("open"), n("worn"));
    // sent a second time, the same list has nobody left to invite, and that is no news
    let nobody_left = sent == 0 && open + worn == form.there.saturating_add(form.promised);
    if sent != form.promised && !nobody_left {
        look(&proof, &mut page, &rows, &outcomes);
        page.errors.add("", proof.sentence(&Refusal::of("list_changed").with("n", sent)));
        return Err(proof.refuse(StatusCode::CONFLICT, page).await);
    }
    let back = proof.fact().contest.path(&format!("organizer?said=invited&n={sent}&open={open}&worn={worn}"));
    proof.commit(see_other(&back)).await
}

/// What became of each row that means somebody, in their order.
async fn invite(proof: &mut Proven<Organizing>, rows: &[Row]) -> Result<Vec<Outcome>, Failure> {
    let site = proof.site.clone();
    let (_, tx) = proof.parts();
    let people = rows.iter().filter_map(|r| r.means.as_ref().ok()).map(|(i, hat)| (i, *hat));
    store::invite(tx, people, |path| site.link(path)).await
}

fn look(proof: &Proven<Organizing>, page: &mut InviteListPage, rows: &[Row], outcomes: &[Outcome]) {
    let there = outcomes.iter().filter(|o| matches!(o.outcome.as_str(), "open" | "worn")).count();
    let mut outcomes = outcomes.iter();
    for row in rows {
        let (word, line) = match &row.means {
            Err(Wrong::Address) => ("address", 0),
            Err(Wrong::Hat) => ("hat", 0),
            Err(Wrong::Twice(line)) => ("twice", *line),
            Err(Wrong::Above) => ("above", 0),
            Ok(_) => (outcomes.next().map_or("", |o| o.outcome.as_str()), 0),
        };
        let hat = row.means.as_ref().map_or("", |(_, hat)| hat.word());
        let mut listed = ListedRow { line: row.line, email: row.email.clone(), name: row.name.clone(), hat: hat.to_owned(), reason: String::new() };
        match &row.means {
            Ok(_) if word == "sent" => page.good.push(listed),
            _ => {
                let args = [("line", line.to_string()), ("hat", row.hat.clone())];
                listed.reason = proof.t(&format!("list-row-{}", word.replace('_', "-")), &args);
                page.left.push(listed);
            }
        }
    }
    let chosen = page.hats.iter().find(|h| h.chosen).map(|h| h.id.clone()).unwrap_or_default();
    page.seen_sha256 = seen_sha256(&chosen, &page.rows);
    page.there = there;
    page.seen = true;
}
