//! A new contest: copy a shipped one or upload a file, then one form for its head, then its rules page.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;

use crate::contests::forms::{FileForm, SetupForm, Wrong};
use crate::contests::guards::{MayCopy, MayCreate};
use crate::contests::model::{Locale, Ruleset};
use crate::contests::organizer_pages::{ChoicePage, HolderFields, SetupPage, ShippedCard};
use crate::contests::{file, shipped, store};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::Errors;
use crate::platform::guard::{Posted, Proof, Proven, Saved};
use crate::platform::i18n::Lang;
use crate::platform::page::see_other;

type Shown = Result<HttpResponse, Failure>;
type Done = Result<Saved<HttpResponse>, Failure>;

fn locale(lang: Lang) -> Locale {
    match lang {
        Lang::Vi => Locale::Vi,
        Lang::En => Locale::En,
    }
}

fn choice(lang: Lang) -> ChoicePage {
    let card = |s: &shipped::Shipped| {
        let rules = shipped::ruleset(s.word)?;
        Some(ShippedCard {
            word: s.word.to_owned(),
            title: rules.contest.title.get(locale(lang)).to_owned(),
            host: rules.contest.host.get(locale(lang)).to_owned(),
            categories: rules.categories.len(),
            prizes: rules.prizes.iter().map(|p| p.count as usize).sum(),
        })
    };
    ChoicePage { shipped: shipped::ALL.iter().filter_map(card).collect(), ..ChoicePage::default() }
}

fn setup(form: &SetupForm, rules: &Ruleset, lang: Lang, errors: Errors) -> SetupPage {
    let error = |field: String| errors.by.get(&field).cloned().unwrap_or_default();
    let holder = |(i, h): (usize, &crate::contests::forms::HolderRow)| HolderFields {
        n: i + 1,
        email: h.email.clone(),
        office_vi: h.office_vi.clone(),
        office_en: h.office_en.clone(),
        email_error: error(format!("holder_{}", i + 1)),
        office_error: error(format!("office_vi_{}", i + 1)),
    };
    SetupPage {
        from: form.from.clone(),
        is_blank: form.is_blank(),
        is_trial: form.trial,
        rules: form.rules.clone(),
        original: rules.contest.title.get(locale(lang)).to_owned(),
        slug: form.slug.clone(),
        title_vi: form.title_vi.clone(),
        title_en: form.title_en.clone(),
        opens: form.opens.clone(),
        closes: form.closes.clone(),
        intake_closes: form.intake_closes.clone(),
        queries_close: form.queries_close.clone(),
        timezone: rules.contest.timezone.name().to_owned(),
        holders: form.holders.iter().enumerate().map(holder).collect(),
        errors,
    }
}

fn errors_of<P: Proof>(proof: &Proven<P>, wrong: &[Wrong]) -> Errors {
    let mut errors = Errors::default();
    for (field, refusal) in wrong {
        errors.add(field, proof.sentence(refusal));
    }
    errors
}

pub async fn show_choice(proof: Proven<MayCreate>) -> Shown {
    let page = choice(proof.lang());
    proof.show(page).await
}

/// `GET /contests/new/{word}`, with `?trial=1` for a contest that is over in a quarter of an hour.
pub async fn show_setup(mut proof: Proven<MayCopy>) -> Shown {
    let lang = proof.lang();
    let trial = proof.visitor.query == "trial=1";
    let site = proof.site.clone();
    let named_trial = |of: Lang, title: &str| {
        let key = if title.is_empty() { "setup-trial-blank" } else { "setup-trial-name" };
        site.pages.t(of, key, &[("title", title.chars().take(180).collect())])
    };
    let (copy, tx) = proof.parts();
    let mut form = SetupForm::of(&copy.rules, &copy.word, String::new());
    if trial {
        let now = store::get_now(tx).await?;
        let names = (named_trial(Lang::Vi, &form.title_vi), named_trial(Lang::En, &form.title_en));
        form = form.for_a_trial(now, copy.rules.contest.timezone, names);
    }
    if !form.slug.is_empty() {
        form.slug = store::free_slug(tx, &form.slug).await?;
    }
    let page = setup(&form, &copy.rules, lang, Errors::default());
    proof.show(page).await
}

/// An uploaded file becomes the form, or the list of its mistakes. Nothing is written yet.
pub async fn read_file(Posted { mut proof, form }: Posted<MayCreate, FileForm>) -> Done {
    let lang = proof.lang();
    let mut page = choice(lang);
    let text = match &form.upload {
        None if form.too_large => Err(Refusal::of("contest_file_large")),
        None => Err(Refusal::of("contest_file_needed")),
        Some(upload) => upload.read().await.map_err(Failure::broken).map(|bytes| String::from_utf8(bytes.into()).map_err(|_| Refusal::of("contest_file_not_text")))?,
    };
    let parsed = match text {
        Ok(text) => file::parse(&text).map(|rules| (rules, text)),
        Err(refusal) => {
            page.errors.add("file", proof.sentence(&refusal));
            return Err(proof.refuse(StatusCode::UNPROCESSABLE_ENTITY, page).await);
        }
    };
    match parsed {
        Ok((rules, text)) => {
            let (_, tx) = proof.parts();
            let mut form = SetupForm::of(&rules, "", text);
            form.slug = store::free_slug(tx, &form.slug).await?;
            let page = setup(&form, &rules, lang, Errors::default());
            Err(proof.refuse(StatusCode::OK, page).await)
        }
        Err(mistakes) => {
            page.mistakes = mistakes.iter().map(|m| m.sentence(locale(lang))).collect();
            Err(proof.refuse(StatusCode::UNPROCESSABLE_ENTITY, page).await)
        }
    }
}

pub async fn create(Posted { mut proof, form }: Posted<MayCreate, SetupForm>) -> Done {
    let lang = proof.lang();
    // The rules come back with the form; they are read again as if for the first time.
    let original = if form.from.is_empty() { file::parse(&form.rules).ok() } else { shipped::ruleset(&form.from) };
    let Some(original) = original else {
        let mut page = choice(lang);
        page.errors.add("file", proof.sentence(&Refusal::of("contest_file_needed")));
        return Err(proof.refuse(StatusCode::UNPROCESSABLE_ENTITY, page).await);
    };
    let wrong = match form.apply(original.clone()) {
        Ok(rules) => {
            let (_, tx) = proof.parts();
            match store::create_contest(tx, &rules).await {
                Ok(()) => {
                    let slug = rules.contest.slug.as_str();
                    let to = if form.is_blank() { format!("/c/{slug}/organizer/rules?said=contest-blank") } else { format!("/c/{slug}?said=contest-created") };
                    return proof.commit(see_other(&to)).await;
                }
                Err(Failure::Refused(r)) => vec![("slug".to_owned(), r)],
                Err(e) => return Err(e),
            }
        }
        Err(wrong) => wrong,
    };
    let status = wrong.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |(_, r)| r.status);
    let page = setup(&form, &original, lang, errors_of(&proof, &wrong));
    Err(proof.refuse(status, page).await)
}
