//! What a submission form is made by, read together and kept for a moment: everybody who writes asks for the same.
use std::sync::Arc;

use futures_util::try_join;
use uuid::Uuid;

use super::rules::{Category, Conditions, Unit, get_conditions, list_categories, list_units};
use super::store_asked::{Asked, get_asked};
use crate::platform::db::{Hat, Tx};
use crate::platform::failure::Failure;

/// A contest's rules as a contestant meets them. What must hold to the minute (the deadline, the limits, who may enter, what is declared), the
/// database asks once more when it receives a work.
pub struct FormRules {
    pub categories: Vec<Category>,
    /// The tree in order.
    pub units: Vec<Unit>,
    pub conditions: Conditions,
    pub asked: Asked,
}

impl FormRules {
    /// Of the transaction's contest; up to a second old.
    pub async fn of<H: Hat>(tx: &Tx<H>) -> Result<Arc<FormRules>, Failure> {
        tx.kept(async || {
            let (categories, units, conditions, asked) = try_join!(list_categories(tx), list_units(tx), get_conditions(tx), get_asked(tx))?;
            Ok(FormRules { categories, units, conditions, asked })
        })
        .await
    }
    /// The one category, where there is no choice.
    pub fn only_category(&self) -> Option<Uuid> {
        match self.categories.as_slice() {
            [only] => Some(only.id),
            _ => None,
        }
    }
}
