//! An author or the unit is corrected: a row with what stood before, told to the contact.
use actix_web::HttpResponse;
use actix_web::http::StatusCode;
use futures_util::try_join;
use serde_json::Value;
use uuid::Uuid;

use crate::contests::Contest;
use crate::contests::rules::{Unit, list_units};
use crate::entries::desk::guards::{DeskEntry, path_of};
use crate::entries::desk::pages::{AuthorFields, ChangedField, DeskAuthorsPage, FilterChoice, PastCorrection};
use crate::entries::desk::store;
use crate::entries::desk::store_corrections::{self, Corrected, Correction};
use crate::entries::model::TypedAuthor;
use crate::entries::rules::{check_person, has_ended};
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::{Failure, Refusal};
use crate::platform::form::{Fields, Form, is_reason};
use crate::platform::guard::{Posted, Proven, Saved};
use crate::platform::i18n::{self, Lang};
use crate::platform::page::see_other;

/// A field of the page and why it cannot be used.
type Wrong = (String, Refusal);

/// One author's fields, or the unit, as typed.
#[derive(Clone, Default)]
pub struct CorrectionForm {
    /// 0: the unit.
    position: i32,
    version: i32,
    unit: String,
    fields: AuthorFields,
}
impl Form for CorrectionForm {
    const LIMIT: usize = 16 * 1024;
    fn from_fields(f: Fields) -> Self {
        let position = f.line("position").parse().unwrap_or(0);
        let of = |name: &str| f.line(&format!("{name}_{position}"));
        let fields =
            AuthorFields { position, name: of("name"), pen: of("pen"), year: of("year"), email: of("email"), phone: of("phone"), reason: of("reason"), ..AuthorFields::default() };
        CorrectionForm { position, version: f.line("version").parse().unwrap_or(0), unit: f.line("unit"), fields }
    }
}

impl CorrectionForm {
    /// The author as it is to stand, or every reason why not.
    fn check(&self) -> Result<Corrected, Vec<Wrong>> {
        let (f, n) = (&self.fields, self.position);
        let typed = TypedAuthor { name: f.name.clone(), pen: f.pen.clone(), year: f.year.clone(), email: f.email.clone(), phone: f.phone.clone(), ..TypedAuthor::default() };
        let mut wrong = vec![];
        let (birth_year, email) = check_person(&typed, usize::try_from(n).unwrap_or(0), &mut wrong);
        if !is_reason(&f.reason) {
            wrong.push((format!("reason_{n}"), Refusal::of("contact_reason_needed")));
        }
        if wrong.is_empty() { Ok(Corrected { position: n, name: typed.name, pen_name: typed.pen, birth_year, email, phone: typed.phone }) } else { Err(wrong) }
    }
}

async fn page_of(tx: &Tx<Clerk>, desk: &DeskEntry, lang: Lang) -> Result<DeskAuthorsPage, Failure> {
    let (contest, entry) = (desk.contest(), desk.entry());
    let (version, units, past) = try_join!(store::get_version(tx, entry.id, entry.version), list_units(tx), store_corrections::list_corrections(tx, entry.id))?;
    let version = version.ok_or(Failure::NotFound)?;
    let authors = store::list_authors(tx, version.id).await?;
    let as_it_stands = |(position, a): (i32, &crate::entries::desk::model::Author)| AuthorFields {
        position,
        name: a.name.clone(),
        pen: a.pen_name.clone(),
        year: a.birth_year.map(|y| y.to_string()).unwrap_or_default(),
        email: a.email.clone(),
        phone: a.phone.clone(),
        ..AuthorFields::default()
    };
    let none = (!units.is_empty()).then(|| FilterChoice { chosen: version.unit.is_none(), ..FilterChoice::default() });
    let choice = |u: &Unit| FilterChoice { id: u.id.to_string(), name: u.name(lang).to_owned(), chosen: version.unit == Some(u.id), ..FilterChoice::default() };
    Ok(DeskAuthorsPage {
        number: i18n::number(lang, entry.number.into()),
        back_href: path_of(contest, entry.id),
        action: format!("{}/authors", path_of(contest, entry.id)),
        version: entry.version,
        authors: (1..).zip(&authors).map(as_it_stands).collect(),
        units: none.into_iter().chain(units.iter().map(choice)).collect(),
        past: past.iter().map(|c| past_correction(c, contest, &units, lang)).collect(),
        locked: match (has_ended(&entry.state), entry.cut && entry.sealed) {
            (true, _) => "ended",
            (_, true) => "sealed",
            _ => "",
        }
        .to_owned(),
        ..DeskAuthorsPage::default()
    })
}

fn past_correction(c: &Correction, contest: &Contest, units: &[Unit], lang: Lang) -> PastCorrection {
    let plain = |v: Option<&Value>| match v {
        Some(Value::String(s)) => units.iter().find(|u| u.id.to_string() == *s).map_or_else(|| s.clone(), |u| u.name(lang).to_owned()),
        Some(Value::Number(n)) => n.to_string(),
        _ => String::new(),
    };
    let changed = |(field, becomes): (&String, &Value)| ChangedField { field: field.replace('_', "-"), was: plain(c.was.get(field)), becomes: plain(Some(becomes)) };
    PastCorrection {
        at: i18n::moment(lang, c.at, contest.tz()),
        position: c.position,
        fields: c.becomes.as_object().into_iter().flatten().map(changed).collect(),
        reason: c.reason.clone(),
    }
}

pub async fn show_authors(mut proof: Proven<DeskEntry>) -> Result<HttpResponse, Failure> {
    let lang = proof.lang();
    let (desk, tx) = proof.parts();
    let page = page_of(tx, desk, lang).await?;
    proof.show(page).await
}

pub async fn correct(Posted { mut proof, form }: Posted<DeskEntry, CorrectionForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (desk, tx) = proof.parts();
    let (entry, to) = (desk.entry().id, format!("{}/authors?said=author-corrected", path_of(desk.contest(), desk.entry().id)));
    let written = if form.position == 0 {
        let unit = if form.unit.is_empty() { Ok(None) } else { form.unit.parse::<Uuid>().map(Some) };
        match (unit, is_reason(&form.fields.reason)) {
            (Err(_), _) => Err(Failure::from(Refusal::of("unit_gone"))),
            (_, false) => Err(Refusal::of("contact_reason_needed").into()),
            (Ok(unit), true) => store_corrections::correct_unit(tx, (entry, form.version), unit, &form.fields.reason).await,
        }
    } else {
        match form.check() {
            Ok(author) => store_corrections::correct_author(tx, (entry, form.version), &author, &form.fields.reason).await,
            Err(wrong) => return Err(again(proof, &form, wrong).await),
        }
    };
    match written {
        Ok(()) => proof.commit(see_other(&to)).await,
        Err(Failure::Refused(r)) => {
            let field = field_of(&r, form.position);
            Err(again(proof, &form, vec![(field, r)]).await)
        }
        Err(e) => Err(e),
    }
}

fn field_of(refusal: &Refusal, position: i32) -> String {
    match refusal.name {
        "email_of_another" => format!("email_{position}"),
        "reason_needed" | "contact_reason_needed" => format!("reason_{position}"),
        "unit_gone" => "unit".to_owned(),
        _ => String::new(),
    }
}

/// The entry as it now stands, with what was typed, and why it was not taken.
async fn again(proof: Proven<DeskEntry>, form: &CorrectionForm, wrong: Vec<Wrong>) -> Failure {
    let status = wrong.first().map_or(StatusCode::UNPROCESSABLE_ENTITY, |(_, r)| r.status);
    let said: Vec<(String, String)> = wrong.iter().map(|(field, r)| (field.clone(), proof.sentence(r))).collect();
    let lang = proof.lang();
    let stands = async |tx: &mut Tx<Clerk>, desk: &DeskEntry| {
        let mut page = page_of(tx, desk, lang).await?;
        if form.position == 0 {
            page.unit_reason.clone_from(&form.fields.reason);
            page.units.iter_mut().for_each(|u| u.chosen = u.id == form.unit);
        } else if let Some(a) = page.authors.iter_mut().find(|a| a.position == form.position) {
            *a = form.fields.clone();
            said.iter().for_each(|(field, sentence)| a.say(field, sentence));
        }
        for (field, sentence) in said {
            page.errors.add(&field, sentence);
        }
        Ok(page)
    };
    proof.refuse_anew(status, stands).await
}
