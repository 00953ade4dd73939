//! In a demonstration: signing in as somebody of the list by one press. Without the mark there is no such page.
use actix_web::HttpResponse;
use uuid::Uuid;

use super::guards::Anyone;
use super::{store, store_demo};
use crate::platform::failure::Failure;
use crate::platform::form::{Fields, Form};
use crate::platform::guard::{Posted, Saved};
use crate::platform::http::local_path;
use crate::platform::page::see_other;
use crate::platform::secret::random_key;
use crate::platform::visitor::{hash_of, session_cookie};

pub struct PersonForm {
    person: Option<Uuid>,
}
impl Form for PersonForm {
    const LIMIT: usize = 4096;
    fn from_fields(f: Fields) -> Self {
        PersonForm { person: f.line("person").parse().ok() }
    }
}

/// The session that came along ends, as with any sign-in.
pub async fn sign_in_as(Posted { mut proof, form }: Posted<Anyone, PersonForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (https, old, key) = (proof.site.https(), proof.visitor.session, random_key());
    let (_, tx) = proof.parts();
    let place = store_demo::sign_in_as(tx, form.person.unwrap_or_default(), hash_of(&key)).await?;
    if let Some(old) = old {
        store::close_session(tx, old).await?;
    }
    let mut answer = see_other(local_path(&place));
    answer.add_cookie(&session_cookie(key, https)).map_err(Failure::broken)?;
    proof.commit(answer).await
}
