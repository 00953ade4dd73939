//! A co-author confirms or objects, by the link of a letter.
use actix_web::http::StatusCode;
use actix_web::{HttpRequest, HttpResponse};

use crate::accounts::{Bearer, count_attempt};
use crate::entries::coauthor_page::CoauthorPage;
use crate::entries::store_coauthors::{self as store, AskedCoauthor};
use crate::platform::db::{Mode, Public, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Fields, Form};
use crate::platform::guard::{Proven, Saved, Sent};
use crate::platform::i18n::Lang;
use crate::platform::page::{Frame, see_other};

/// Characters of what is said with an answer; the refusal says it too.
const LONGEST: usize = 1_000;

/// Which button, and a few words.
pub struct AnswerForm {
    answer: String,
    words: String,
}
impl Form for AnswerForm {
    const LIMIT: usize = 32 * 1024;
    fn from_fields(f: Fields) -> Self {
        AnswerForm { answer: f.line("answer"), words: f.text("words").trim().to_owned() }
    }
}
impl AnswerForm {
    /// Whether the bearer agrees; a field and why it cannot be taken.
    fn check(&self) -> Result<bool, (&'static str, Refusal)> {
        if self.words.chars().count() > LONGEST {
            return Err(("words", Refusal::of("coauthor_words_long")));
        }
        match self.answer.as_str() {
            "agrees" => Ok(true),
            "objects" => Ok(false),
            _ => Err(("", Refusal::of("coauthor_choose"))),
        }
    }
}

fn gone() -> Failure {
    Refusal::of("coauthor_link_unknown").status(StatusCode::NOT_FOUND).into()
}

fn page_of(asked: &AskedCoauthor, lang: Lang) -> CoauthorPage {
    CoauthorPage {
        contest: lang.pick(&asked.title_vi, &asked.title_en).to_owned(),
        contest_href: format!("/c/{}", asked.slug),
        work: asked.work.clone(),
        name: asked.name.clone(),
        sender: asked.sender.clone(),
        still: asked.still.clone(),
        answer: asked.agrees.map_or("", |yes| if yes { "agrees" } else { "objects" }).to_owned(),
        words: asked.words.clone(),
        ..CoauthorPage::default()
    }
}

pub async fn show_coauthor(mut proof: Proven<Bearer>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (bearer, tx) = proof.parts();
    let asked = store::get_asked(tx, &bearer.token).await?.ok_or_else(gone)?;
    proof.show(page_of(&asked, lang)).await
}

pub async fn answer_coauthor(sent: Sent<AnswerForm>, req: HttpRequest) -> Result<Saved<HttpResponse>, Failure> {
    let key = req.match_info().query("token").to_owned();
    count_attempt(&sent.site.db, "coauthor", &key, &sent.address).await?;
    let agrees = match sent.form.check() {
        Ok(agrees) => agrees,
        Err((field, refusal)) => return Err(again(&sent, &key, field, &refusal).await),
    };
    let mut tx: Tx<Public> = sent.site.db.open(Mode::Write, &sent.who()).await?;
    match store::answer(&mut tx, &key, agrees, &sent.form.words).await {
        Ok(true) => Saved::after(tx, see_other(&format!("/co-author/{key}?said=coauthor-{}", sent.form.answer))).await,
        Ok(false) => {
            tx.rollback().await;
            Err(gone())
        }
        Err(Failure::Refused(refusal)) => {
            tx.rollback().await;
            Err(again(&sent, &key, "", &refusal).await)
        }
        Err(e) => {
            tx.rollback().await;
            Err(e)
        }
    }
}

/// What is asked as it now stands, the words as typed, and why the answer was not taken.
async fn again(sent: &Sent<AnswerForm>, key: &str, field: &str, refusal: &Refusal) -> Failure {
    let shown = async {
        let tx: Tx<Public> = sent.site.db.open(Mode::Read, &sent.who()).await?;
        let asked = store::get_asked(&tx, key).await?.ok_or_else(gone)?;
        tx.commit().await?;
        let mut page = CoauthorPage { words: sent.form.words.clone(), ..page_of(&asked, sent.visitor.lang) };
        page.errors.add(field, sent.t(&refusal.key(), &refusal.args));
        sent.site.pages.render(&page, &Frame::default(), &sent.visitor)
    };
    match shown.await {
        Ok(html) => Failure::Page(refusal.status, html),
        Err(e) => e,
    }
}
