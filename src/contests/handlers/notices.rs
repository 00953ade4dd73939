//! News, and questions with their answers, written by an organizer for the contest's page.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use uuid::Uuid;

use crate::contests::notice_form::{KINDS, NoticeForm};
use crate::contests::notice_pages::{NoticeCard, NoticeGroup, NoticesPage};
use crate::contests::store_notices::{self, Notice};
use crate::contests::{Contest, Wearing};
use crate::platform::db::Organizer;
use crate::platform::failure::{Failure, Refusal};
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;

type Organizing = Wearing<Organizer>;
type Done = Result<Saved<HttpResponse>, Failure>;

fn card(n: &Notice, contest: &Contest, lang: Lang) -> NoticeCard {
    let english = |vi: &str, en: &str| if vi == en { String::new() } else { en.to_owned() };
    NoticeCard {
        thread: n.thread.to_string(),
        seen: n.n,
        day: i18n::day(lang, n.first_at, contest.tz()),
        corrected: if n.n > 1 { i18n::day(lang, n.at, contest.tz()) } else { String::new() },
        title_en: english(&n.title_vi, &n.title_en),
        body_en: english(&n.body_vi, &n.body_en),
        title_vi: n.title_vi.clone(),
        body_vi: n.body_vi.clone(),
        ..NoticeCard::default()
    }
}

async fn page_of(proof: &mut Proven<Organizing>) -> Result<NoticesPage, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let contest = fact.contest.clone();
    let notices = store_notices::list_notices(tx).await?;
    let group = |kind: &&str| {
        let new = NoticeCard { thread: Uuid::now_v7().to_string(), is_new: true, ..NoticeCard::default() };
        let stands = notices.iter().rev().filter(|n| n.kind == **kind).map(|n| card(n, &contest, lang));
        NoticeGroup { kind: (*kind).to_owned(), cards: std::iter::once(new).chain(stands).collect() }
    };
    Ok(NoticesPage {
        title: contest.title(lang).to_owned(),
        action: contest.path("organizer/news"),
        removal_action: contest.path("organizer/news/removal"),
        public_href: contest.path(""),
        call_href: contest.path("call"),
        groups: KINDS.iter().map(group).collect(),
        ..NoticesPage::default()
    })
}

pub async fn show_notices(mut proof: Proven<Organizing>) -> Result<HttpResponse, Failure> {
    let page = page_of(&mut proof).await?;
    proof.show(page).await
}

impl NoticesPage {
    /// Puts what was typed back where it was typed; in the new one's place where its notice is gone.
    fn keep(&mut self, form: &NoticeForm, wrong: &[(&str, String)]) {
        let Some(group) = self.groups.iter_mut().find(|g| g.kind == form.kind) else { return };
        let at = group.cards.iter().position(|c| c.thread == form.thread).unwrap_or(0);
        let Some(card) = group.cards.get_mut(at) else { return };
        // a new one keeps the name that it was sent under, so that sending again is the same notice
        if card.is_new && form.seen == 0 {
            form.thread.clone_into(&mut card.thread);
        }
        let form = form.clone();
        (card.title_vi, card.title_en, card.body_vi, card.body_en, card.open) = (form.title_vi, form.title_en, form.body_vi, form.body_en, true);
        for (field, sentence) in wrong {
            let sentence = sentence.clone();
            match *field {
                "title_vi" => card.title_vi_error = sentence,
                "title_en" => card.title_en_error = sentence,
                "body_vi" => card.body_vi_error = sentence,
                "body_en" => card.body_en_error = sentence,
                _ => {}
            }
        }
        let thread = card.thread.clone();
        for (field, sentence) in wrong {
            self.errors.add(&if field.is_empty() { String::new() } else { format!("{field}-{thread}") }, sentence.clone());
        }
    }
}

async fn again(proof: Proven<Organizing>, mut page: NoticesPage, form: &NoticeForm, wrong: Vec<(&str, Refusal)>) -> Failure {
    let status = wrong.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |(_, r)| r.status);
    let sentences: Vec<(&str, String)> = wrong.iter().map(|(field, r)| (*field, proof.sentence(r))).collect();
    page.keep(form, &sentences);
    proof.refuse(status, page).await
}

pub async fn write_notice(Posted { mut proof, form }: Posted<Organizing, NoticeForm>) -> Done {
    let thread: Uuid = form.thread.parse().map_err(|_| Failure::NotFound)?;
    if !KINDS.contains(&form.kind.as_str()) {
        return Err(Failure::NotFound);
    }
    let page = page_of(&mut proof).await?;
    let wrong = form.wrong();
    if !wrong.is_empty() {
        return Err(again(proof, page, &form, wrong).await);
    }
    let (fact, tx) = proof.parts();
    let to = fact.contest.path("organizer/news?said=notice-written");
    match store_notices::write_notice(tx, thread, &form).await {
        Ok(()) => proof.commit(see_other(&to)).await,
        Err(Failure::Refused(refusal)) => Err(again(proof, page, &form, vec![("", refusal)]).await),
        Err(e) => Err(e),
    }
}

pub async fn remove_notice(Posted { mut proof, form }: Posted<Organizing, NoticeForm>) -> Done {
    let thread: Uuid = form.thread.parse().map_err(|_| Failure::NotFound)?;
    let (fact, tx) = proof.parts();
    let to = fact.contest.path("organizer/news?said=notice-removed");
    store_notices::remove_notice(tx, thread).await?;
    proof.commit(see_other(&to)).await
}
