//! Texts for a message: a few that come with the program, and the desk's own.
use crate::contests::Contest;
use crate::entries::desk::model::Template;
use crate::entries::desk::pages::FilterChoice;
use crate::platform::i18n::{self, Lang};
use crate::platform::page::Pages;

/// The shipped ones: `desk-text-<key>` and `desk-text-<key>-name`.
pub const SHIPPED: [&str; 7] = ["identity", "length", "title", "unreadable", "authors", "category", "copied"];

/// To choose from: the shipped ones by their key, without a name of their own; the desk's by id.
pub fn names(own: &[Template]) -> Vec<FilterChoice> {
    let shipped = SHIPPED.into_iter().map(|k| FilterChoice { id: k.to_owned(), ..FilterChoice::default() });
    shipped.chain(own.iter().map(|t| FilterChoice { id: t.id.to_string(), name: t.name.clone(), ..FilterChoice::default() })).collect()
}

/// The text chosen, in the visitor's language or the only one there is; None where there is no such text.
pub fn text_of(id: &str, own: &[Template], contest: &Contest, pages: &Pages, lang: Lang) -> Option<String> {
    if SHIPPED.contains(&id) {
        let until = i18n::moment(lang, contest.queries_close_at, contest.tz());
        return Some(pages.t(lang, &format!("desk-text-{id}"), &[("until", until)]));
    }
    let found = own.iter().find(|t| t.id.to_string() == id)?;
    let (first, other) = (lang.pick(&found.vi, &found.en), lang.other().pick(&found.vi, &found.en));
    Some(if first.is_empty() { other } else { first }.to_owned())
}
