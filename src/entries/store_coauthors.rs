//! SQL of a co-author's link.
use diesel::sql_types::{Bool, Bytea, Nullable, Text};
use diesel::{OptionalExtension, QueryableByName};
use diesel_async::RunQueryDsl;

use crate::platform::db::{Public, Tx};
use crate::platform::failure::Failure;
use crate::platform::form::OneTime;
use crate::platform::query::prepared;

/// What the bearer of a link is asked, and the answer that counts.
#[derive(QueryableByName, Clone, Debug)]
pub struct AskedCoauthor {
    #[diesel(sql_type = Text)]
    pub slug: String,
    #[diesel(sql_type = Text)]
    pub title_vi: String,
    #[diesel(sql_type = Text)]
    pub title_en: String,
    /// The work's title.
    #[diesel(sql_type = Text)]
    pub work: String,
    /// As the co-author was named.
    #[diesel(sql_type = Text)]
    pub name: String,
    /// Of the account that sent it; empty: it has none.
    #[diesel(sql_type = Text)]
    pub sender: String,
    /// asked | gone | ended | cut
    #[diesel(sql_type = Text)]
    pub still: String,
    /// None: not answered.
    #[diesel(sql_type = Nullable<Bool>)]
    pub agrees: Option<bool>,
    #[diesel(sql_type = Text)]
    pub words: String,
}

/// None where no link has this key.
pub async fn get_asked(tx: &Tx<Public>, key: &str) -> Result<Option<AskedCoauthor>, Failure> {
    let sql = "select slug, title_vi, title_en, work, name, sender, still, agrees, words from named.coauthor_asked({})";
    Ok(prepared(sql).bind::<Bytea, _>(OneTime::hash_of(key).to_vec()).get_result(&mut &**tx).await.optional()?)
}

#[derive(QueryableByName)]
struct Yes {
    #[diesel(sql_type = Bool)]
    yes: bool,
}

/// False where no link has this key. Refuses what is cut, has ended, or no longer names the bearer.
pub async fn answer(tx: &mut Tx<Public>, key: &str, agrees: bool, words: &str) -> Result<bool, Failure> {
    let sql = "select named.answer_coauthor({}, {}, {}) as yes";
    let done: Yes = prepared(sql).bind::<Bytea, _>(OneTime::hash_of(key).to_vec()).bind::<Bool, _>(agrees).bind::<Text, _>(words.to_owned()).get_result(&mut **tx).await?;
    Ok(done.yes)
}
