//! The standings taken away by code: no title, no text, no count of words, no hash.
use std::collections::HashMap;
use std::marker::PhantomData;

use actix_web::HttpResponse;
use actix_web::web::Data;
use uuid::Uuid;

use crate::contests::Wearing;
use crate::contests::rules::{list_categories, list_groups, list_prizes};
use crate::platform::db::{Hat, Mode, Slug, Tx, Who};
use crate::platform::failure::Failure;
use crate::platform::guard::{Posted, Saved};
use crate::platform::i18n::Lang;
use crate::platform::list::{self, Cell, ListForm, PIECE};
use crate::platform::site::Site;
use crate::tally::store_lists::{self as store, ListLine, UNREAD};

/// Columns in order; each has its word `standings-list-<key>`.
const COLUMNS: [&str; 9] = ["group", "rank", "code", "category", "mark", "readings", "lowest", "highest", "third"];

struct StandingList<H> {
    hat: PhantomData<fn() -> H>,
    site: Data<Site>,
    who: Who,
    lang: Lang,
    /// Ranking groups in the order of the rules.
    groups: Vec<(Uuid, String)>,
    /// Categories and prizes.
    names: HashMap<Uuid, String>,
    reserve: String,
}

/// The same list for whoever may read the standings: the hat says who, and Postgres whether.
pub async fn export<H: Hat>(Posted { mut proof, form }: Posted<Wearing<H>, ListForm>) -> Result<Saved<HttpResponse>, Failure> {
    let (lang, site, session) = (proof.lang(), proof.site.clone(), proof.visitor.session);
    let kind = form.kind()?;
    let (fact, tx) = proof.parts();
    store::note_export(tx, kind.word()).await?;
    let mut names: HashMap<Uuid, String> = list_categories(tx).await?.into_iter().map(|k| (k.id, k.name(lang).to_owned())).collect();
    names.extend(list_prizes(tx).await?.into_iter().map(|p| (p.id, p.name(lang).to_owned())));
    let list = StandingList::<H> {
        hat: PhantomData,
        who: Who::Visitor { session, contest: Slug::parse(&fact.contest.slug) },
        lang,
        groups: list_groups(tx).await?.into_iter().map(|g| (g.id, g.name(lang).to_owned())).collect(),
        names,
        reserve: site.pages.t(lang, "standings-list-reserve", &[]),
        site,
    };
    let name = format!("{}-{}", fact.contest.slug, list.site.pages.t(lang, "standings-list-file", &[]));
    proof.commit(list::answer(list, kind, &name)).await
}

impl<H: Hat> list::List for StandingList<H> {
    type Line = (usize, ListLine);
    /// Which group, and behind which place and code of it.
    type Place = (usize, i32, String);
    fn head(&self) -> Vec<String> {
        COLUMNS.iter().chain(&["prize"]).map(|c| self.site.pages.t(self.lang, &format!("standings-list-{c}"), &[])).collect()
    }
    fn cells(&self, (group, l): Self::Line) -> Vec<Cell> {
        let text = |t: Option<&String>| Cell::Text(t.cloned().unwrap_or_default());
        let mark = |m: Option<i32>| m.map_or_else(|| Cell::Text(String::new()), |m| Cell::Hundredths(m.into()));
        let several = l.marks.len() > 1;
        vec![
            text(self.groups.get(group).map(|(_, name)| name)),
            l.rank.map_or_else(|| text(None), |r| Cell::Number(r.into())),
            Cell::Text(l.code),
            text(self.names.get(&l.category)),
            mark(l.mark),
            Cell::Number(i64::try_from(l.marks.len()).unwrap_or(0) + i64::from(l.third.is_some())),
            mark(l.marks.first().copied()),
            mark(l.marks.last().copied().filter(|_| several)),
            mark(l.third),
            match (l.prize, l.reserve) {
                (Some(prize), _) => text(self.names.get(&prize)),
                (None, Some(n)) => Cell::Text(format!("{} {n}", self.reserve)),
                (None, None) => text(None),
            },
        ]
    }
    async fn piece(&self, from: Option<Self::Place>) -> Result<list::Piece<Self>, Failure> {
        let (group, place, code) = from.unwrap_or_default();
        let Some((id, _)) = self.groups.get(group) else { return Ok((vec![], None)) };
        let mut tx: Tx<H> = self.site.db.open(Mode::Read, &self.who).await?;
        let lines = store::list_lines(&mut tx, *id, (place, &code), PIECE).await?;
        tx.commit().await?;
        let full = lines.len() == usize::try_from(PIECE).unwrap_or(0);
        let next = match lines.last() {
            Some(last) if full => (group, last.place.unwrap_or(UNREAD), last.code.clone()),
            _ => (group + 1, 0, String::new()),
        };
        Ok((lines.into_iter().map(|l| (group, l)).collect(), Some(next).filter(|(g, ..)| *g < self.groups.len())))
    }
}
