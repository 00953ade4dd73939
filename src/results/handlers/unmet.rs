//! Collectives that no longer have what their prize asks for, since a paper was struck out: said wherever something can be done about it.
use crate::contests::rules::{self as contest_rules, Prize};
use crate::platform::db::{Hat, Tx};
use crate::platform::failure::Failure;
use crate::platform::i18n::Lang;
use crate::results::pages::{NeedHead, UnmetRow};
use crate::results::store_decisions;

/// None for whoever decides nothing here, and before the opening.
pub async fn list_unmet<H: Hat>(tx: &mut Tx<H>, lang: Lang) -> Result<Vec<UnmetRow>, Failure> {
    let unmet = store_decisions::list_unmet(tx).await?;
    if unmet.is_empty() {
        return Ok(vec![]);
    }
    let (units, prizes) = (contest_rules::list_units(tx).await?, contest_rules::list_prizes(tx).await?);
    let row = |u: &store_decisions::Unmet| {
        let prize = prizes.iter().find(|p| p.id == u.prize)?;
        Some(UnmetRow { unit: units.iter().find(|x| x.id == u.unit)?.name(lang).to_owned(), needs: need_head(prize, &prizes, lang) })
    };
    Ok(unmet.iter().filter_map(row).collect())
}

/// What a collective prize asks of a unit.
pub fn need_head(p: &Prize, prizes: &[Prize], lang: Lang) -> NeedHead {
    NeedHead {
        prize: p.name(lang).to_owned(),
        needs_prizes: p.needed_prizes(),
        needs_level: contest_rules::level_name(prizes, p.needs_level, lang),
        needs_received: p.needs_received.unwrap_or(0),
        needs_valid: p.needs_valid.unwrap_or(0),
    }
}
