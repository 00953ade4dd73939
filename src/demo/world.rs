//! What the loading has at hand, and a contest in the making.
use std::collections::HashSet;

use actix_web::web::Data;
use chrono::{DateTime, Duration, Utc};
use diesel_async::AsyncPgConnection;
use uuid::Uuid;

use super::cast::{Names, Person, Staff};
use super::dice::Dice;
use super::essays::{Essay, Stock};
use super::plan::Plan;
use super::rules::{Outline, moment};
use super::store;
use crate::accounts::model::Credentials;
use crate::accounts::store as accounts;
use crate::contests::rules::{Category, Criterion};
use crate::platform::db::{Hat, Mode, Public, Slug, Tx, Who};
use crate::platform::failure::Failure;
use crate::platform::form::OneTime;
use crate::platform::secret::random_key;
use crate::platform::site::Site;
use crate::platform::visitor::hash_of;

/// Tells the terminal how far it is.
pub type Say<'a> = &'a (dyn Fn(&str) + Send + Sync);

pub const NOBODY: Who = Who::Visitor { session: None, contest: None };

pub struct World<'a> {
    pub site: &'a Data<Site>,
    pub conn: AsyncPgConnection,
    pub say: Say<'a>,
    pub plan: Plan,
    pub now: DateTime<Utc>,
    pub stock: Stock,
    pub dice: Dice,
    pub names: Names,
    pub titles: HashSet<String>,
    pub staff: Staff,
    /// Everybody's password, hashed once.
    pub hash: String,
}

/// A contest in the making.
pub struct Round {
    pub outline: &'static Outline,
    pub slug: Slug,
    pub id: Uuid,
    pub categories: Vec<(Category, Vec<Criterion>)>,
    pub units: Vec<Uuid>,
    pub judges: Vec<Person>,
}

impl World<'_> {
    pub fn essay(&mut self) -> Essay {
        self.stock.write(&mut self.dice, &mut self.titles)
    }
    pub fn at(&self, days: i64, hour: u32, minute: u32) -> DateTime<Utc> {
        moment(self.now, days, hour, minute)
    }

    /// An account made then, its address confirmed some minutes later (or not), and a session for as long as the loading lasts.
    pub async fn sign_up(&self, person: &mut Person, at: DateTime<Utc>, confirmed: bool) -> Result<(), Failure> {
        let (token, key) = (OneTime::new(), random_key());
        let described = accounts::person(person.id, &person.email, &person.name, "vi", &self.hash);
        let described = accounts::with_confirmation(described, &token, &self.site.link(&format!("/confirm/{}", token.key)), &self.site.link("/sign-in"));
        let mut tx: Tx<Public> = self.site.db.open(Mode::Write, &NOBODY).await?;
        store::be_at(&tx, Some(at)).await?;
        accounts::sign_up(&mut tx, described).await?;
        if confirmed {
            store::be_at(&tx, Some(at + Duration::minutes(4))).await?;
            accounts::confirm(&mut tx, &token.key).await?;
        }
        store::be_at(&tx, None).await?;
        accounts::open_session(&tx, &Credentials { id: person.id, password_hash: self.hash.clone() }, hash_of(&key)).await?;
        tx.commit().await?;
        person.session = Some(hash_of(&key));
        Ok(())
    }

    /// A transaction of somebody's hat in a contest, then.
    pub async fn wear<H: Hat>(&self, person: &Person, slug: Option<&Slug>, at: DateTime<Utc>) -> Result<Tx<H>, Failure> {
        let tx = self.site.db.open::<H>(Mode::Write, &person.who(slug)).await?;
        store::be_at(&tx, Some(at)).await?;
        Ok(tx)
    }
}
