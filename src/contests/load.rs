//! `phach contest check|load FILE`: a contest from the command line.
use std::path::Path;

use super::file;
use super::model::{Locale, Ruleset};
use super::store;
use crate::accounts::model::HatWord;
use crate::accounts::store::grant_by_administrator;
use crate::platform::admin;
use crate::platform::form::Email;

/// Reads a contest file. Errors: every mistake on a line of its own, with the file's name, the line and what to do.
pub fn check(path: &Path) -> Result<Ruleset, String> {
    let name = path.display();
    let text = std::fs::read(path).map_err(|e| format!("{name}: {e}"))?;
    let text = String::from_utf8(text).map_err(|_| format!("{name}: not UTF-8; save the file as UTF-8"))?;
    file::parse(&text).map_err(|mistakes| {
        let lines: Vec<String> = mistakes.iter().map(|m| format!("{name}: {}", m.sentence(Locale::En))).collect();
        lines.join("\n")
    })
}

/// Writes the contest and returns the one-time link by which the organizer whom the file names takes it up.
pub async fn load(admin_url: &str, rules: &Ruleset, public_url: &str) -> Result<String, String> {
    let organizer = rules.contest.organizer.as_ref().ok_or("the file names no organizer; write organizer = \"…@…\" under [contest]")?;
    let email = Email::parse(organizer.as_str()).ok_or_else(|| format!("{} is not an e-mail address", organizer.as_str()))?;
    let mut conn = admin::connect(admin_url).await?;
    let id = store::load_contest(&mut conn, rules).await.map_err(|e| match e {
        crate::platform::failure::Failure::Refused(r) if r.name == "contest_slug_once" => {
            format!("a contest named {} exists already; write another slug", rules.contest.slug.as_str())
        }
        e => e.to_string(),
    })?;
    let key = grant_by_administrator(&mut conn, Some(&email), Some((id, HatWord::Organizer))).await.map_err(|e| e.to_string())?;
    Ok(format!("{public_url}/invitation/{key}"))
}
