//! The organizer's page: officials, invitations by a pasted list, the waiver for a small late batch.
use actix_web::HttpResponse;

use super::organizer_turns::turns_of;
use super::people::{Search, by_state};
use super::rules::problem_rows;
use crate::accounts::model::HatWord;
use crate::contests::forms::WaiverForm;
use crate::contests::invite_form::{InvitationForm, InviteForm};
use crate::contests::organizer_pages::{Choice, HatGroup, HolderRow, InvitedRow, OrganizerPage};
use crate::contests::phase::Phase;
use crate::contests::store::{Invited, Official, Outcome};
use crate::contests::{Contest, Wearing, rules, store, store_rules, store_turns};
use crate::platform::db::{Organizer, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::is_reason;
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::i18n::{self, Lang};
use crate::platform::names::by_given_name;
use crate::platform::page::see_other;

pub(super) type Organizing = Wearing<Organizer>;

/// People of a hat who are named on the page, and invitations that stand on it; more are listed on a page of their own.
const NAMED: usize = 12;
const INVITED: usize = 50;

/// What is typed in the two forms of the page.
#[derive(Default)]
struct Typed {
    invite: InviteForm,
    waiver: WaiverForm,
}

/// The page with what is typed.
async fn page_of(proof: &mut Proven<Organizing>, typed: &Typed) -> Result<OrganizerPage, Failure> {
    let lang = proof.lang();
    let (fact, tx) = proof.parts();
    let contest = fact.contest.clone();
    let mut page = filled(tx, &contest, lang, typed).await?;
    let opened = contest.phase() != Phase::Announced;
    let problems = if opened { vec![] } else { store_rules::list_problems(tx).await? };
    let progress = store_turns::get_progress(tx).await?;
    page.problems = problem_rows(proof, &contest, &problems);
    page.turns = turns_of(proof, &contest, &progress, &page);
    page.reopening_href = if progress.reopening { contest.path("prizes#reopening") } else { String::new() };
    Ok(page)
}

async fn filled(tx: &mut Tx<Organizer>, contest: &Contest, lang: Lang, typed: &Typed) -> Result<OrganizerPage, Failure> {
    let officials = store::list_officials(tx).await?;
    let mut invited = store::list_invited(tx).await?;
    by_state(&mut invited);
    let holders = store::list_holders(tx).await?;
    let categories = rules::list_categories(tx).await?;
    let chosen = HatWord::parse(&typed.invite.hat).unwrap_or(HatWord::Clerk);
    Ok(OrganizerPage {
        title: contest.title(lang).to_owned(),
        rules_href: contest.path("organizer/rules"),
        invite_action: contest.path("organizer/invitations"),
        again_action: contest.path("organizer/again"),
        cancel_action: contest.path("organizer/cancellation"),
        list_href: contest.path("organizer/list"),
        waiver_action: contest.path("organizer/waiver"),
        opening_href: contest.path("opening"),
        groups: HatWord::ALL.iter().map(|hat| group(*hat, &officials, contest, lang)).collect(),
        people_href: contest.path("organizer/people"),
        invited_all: if invited.len() > INVITED { i18n::number(lang, i64::try_from(invited.len()).unwrap_or(i64::MAX)) } else { String::new() },
        invited_href: contest.path("organizer/people?list=invited"),
        invited: invited.iter().take(INVITED).map(|i| invited_row(i, contest, lang)).collect(),
        holders: holders.into_iter().map(|h| HolderRow { office: lang.pick(&h.office_vi, &h.office_en).to_owned(), email: h.email, ready: h.ready }).collect(),
        hats: HatWord::ALL.iter().map(|h| Choice { id: h.word().to_owned(), name: String::new(), chosen: *h == chosen }).collect(),
        people: typed.invite.people.clone(),
        categories: categories.iter().map(|k| Choice { id: k.id.to_string(), name: k.name(lang).to_owned(), chosen: typed.waiver.category == Some(k.id) }).collect(),
        reason: typed.waiver.reason.clone(),
        ..OrganizerPage::default()
    })
}

/// How many of a hat the contest cannot do without: as many judges as a paper has readers and one more for a third mark.
fn group(hat: HatWord, officials: &[Official], contest: &Contest, lang: Lang) -> HatGroup {
    let mut names: Vec<String> = officials.iter().filter(|o| o.hat == hat.word()).map(|o| o.name.clone()).collect();
    let count = names.len();
    if count > NAMED {
        names.clear();
    }
    names.sort_by_cached_key(|n| by_given_name(n));
    let needed = match hat {
        HatWord::Judge => contest.readers + 1,
        HatWord::Auditor => 0,
        _ => 1,
    };
    let count_words = i18n::number(lang, i64::try_from(count).unwrap_or(i64::MAX));
    let href = contest.path(&format!("organizer/people?hat={}", hat.word()));
    HatGroup { hat: hat.word().to_owned(), enough: i32::try_from(count).is_ok_and(|n| n >= needed), names, count, count_words, href, needed }
}

pub(super) fn invited_row(i: &Invited, contest: &Contest, lang: Lang) -> InvitedRow {
    InvitedRow {
        id: i.id.to_string(),
        email: i.email.clone().unwrap_or_default(),
        name: i.name.clone(),
        hat: i.hat.clone(),
        sent: i18n::day(lang, i.created_at, contest.tz()),
        state: i.state.clone(),
    }
}

pub async fn show_organizer(mut proof: Proven<Organizing>) -> Result<HttpResponse, Failure> {
    let page = page_of(&mut proof, &Typed::default()).await?;
    proof.show(page).await
}

/// Answers with the page again, what was typed and why not.
async fn again(proof: Proven<Organizing>, mut page: OrganizerPage, field: &str, refusal: Refusal) -> Failure {
    page.errors.add(field, proof.sentence(&refusal));
    proof.refuse(refusal.status, page).await
}

pub async fn invite(Posted { mut proof, form }: Posted<Organizing, InviteForm>) -> Result<Saved<HttpResponse>, Failure> {
    let site = proof.site.clone();
    let back = proof.fact().contest.path("organizer?said=invited");
    let page = page_of(&mut proof, &Typed { invite: form.clone(), ..Typed::default() }).await?;
    let Some(hat) = HatWord::parse(&form.hat) else {
        return Err(again(proof, page, "hat", Refusal::of("hat_needed")).await);
    };
    let people = match form.invitees() {
        Ok(people) => people,
        Err(refusal) => return Err(again(proof, page, "people", refusal).await),
    };
    let (_, tx) = proof.parts();
    match store::invite(tx, people.iter().map(|p| (p, hat)), |path| site.link(path)).await.and_then(|all| counted(&all)) {
        Ok(counts) => proof.commit(see_other(&format!("{back}{counts}"))).await,
        Err(Failure::Refused(refusal)) => Err(again(proof, page, "people", refusal).await),
        Err(e) => Err(e),
    }
}

/// `&n=3&open=1&worn=0`, for the sentence of the answer. Errors: somebody of the list is the visitor, or belongs to the other side.
fn counted(all: &[Outcome]) -> Result<String, Failure> {
    if all.iter().any(|o| o.outcome == "oneself") {
        return Err(Refusal::of("no_hat_for_oneself").into());
    }
    if let Some(o) = all.iter().find(|o| o.outcome == "other_side") {
        return Err(Refusal::of("list_other_side").with("found", &o.email).into());
    }
    let n = |outcome: &str| all.iter().filter(|o| o.outcome == outcome).count();
    Ok(format!("&n={}&open={}&worn={}", n("sent"), n("open"), n("worn")))
}

/// The page that the button stood on.
fn back_to(contest: &Contest, form: &InvitationForm, said: &str) -> String {
    let search = Search::of(&form.back);
    let at = if form.back.is_empty() { "organizer?".to_owned() } else { format!("organizer/people?{}&", search.query()) };
    contest.path(&format!("{at}said={said}#invited"))
}

/// The letter of an invitation once more, with another link.
pub async fn invite_again(Posted { mut proof, form }: Posted<Organizing, InvitationForm>) -> Result<Saved<HttpResponse>, Failure> {
    let site = proof.site.clone();
    let (fact, tx) = proof.parts();
    let back = back_to(&fact.contest, &form, "invited-again");
    store::invite_again(tx, form.id.ok_or(Failure::NotFound)?, |path| site.link(path)).await?;
    proof.commit(see_other(&back)).await
}

pub async fn cancel_invitation(Posted { mut proof, form }: Posted<Organizing, InvitationForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (fact, tx) = proof.parts();
    let back = back_to(&fact.contest, &form, "invitation-cancelled");
    store::cancel_invitation(tx, form.id.ok_or(Failure::NotFound)?).await?;
    proof.commit(see_other(&back)).await
}

pub async fn waive(Posted { mut proof, form }: Posted<Organizing, WaiverForm>) -> Result<Saved<HttpResponse>, Failure> {
    let back = proof.fact().contest.path("organizer?said=waived");
    let page = page_of(&mut proof, &Typed { waiver: form.clone(), ..Typed::default() }).await?;
    let (_, tx) = proof.parts();
    let known = rules::list_categories(tx).await?;
    let Some(category) = form.category.filter(|id| known.iter().any(|k| k.id == *id)) else {
        return Err(again(proof, page, "category", Refusal::of("category_needed")).await);
    };
    if !is_reason(&form.reason) {
        return Err(again(proof, page, "reason", Refusal::of("waiver_reason_needed")).await);
    }
    let (_, tx) = proof.parts();
    store::waive(tx, category, &form.reason).await?;
    proof.commit(see_other(&back)).await
}
