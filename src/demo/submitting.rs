//! Entries: who sends what when, files stored and read as uploads are, and each received by the database.
use actix_web::web::Bytes;
use chrono::{DateTime, Duration, Utc};
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use uuid::Uuid;

use super::cast::Person;
use super::essays::Essay;
use super::store;
use super::store_acts::{self as acts, Draft, File};
use super::world::{Round, World};
use crate::documents::{self, fold, read_in_child, write_docx};
use crate::entries::asked::TypedAsked;
use crate::entries::reading::Outcome;
use crate::entries::rules::{Author, Submission, Work as Sent};
use crate::entries::store as entries;
use crate::platform::db::{Contestant, Mode, Public, Reader, Tx, Who, Worker};
use crate::platform::failure::Failure;
use crate::platform::secret::sha256;

/// Files under way at once.
const AT_ONCE: usize = 6;
/// How often the terminal is told.
const EVERY: usize = 100;
/// Of a hundred entries so many come as a file.
const BY_FILE: usize = 72;

/// What becomes of an entry at the desk.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Fate {
    Valid,
    /// Nobody has looked at it yet.
    Waiting,
    /// Asked, and no answer yet.
    Queried,
    /// Asked, answered by another version, valid.
    Answered,
    Refused,
    Withdrawn,
}

/// An entry in the making.
pub struct Work {
    pub entry: Uuid,
    /// Of the contest's people; the first is its sender.
    pub authors: Vec<usize>,
    pub category: usize,
    pub unit: Option<Uuid>,
    pub essay: Essay,
    pub by_file: bool,
    pub at: DateTime<Utc>,
    pub fate: Fate,
    pub version: i32,
}

/// A file in the store, read.
struct Filed {
    id: Uuid,
    key: String,
    name: String,
    bytes: usize,
    sha256: [u8; 32],
    outcome: Outcome,
}

/// The people of a contest and their works, in the order of the hours.
pub struct Crowd {
    pub people: Vec<Person>,
    pub works: Vec<Work>,
}

/// How many, and of how many authors.
pub struct Size {
    pub entries: usize,
    pub groups: usize,
    /// The last day on which something comes, from today.
    pub until: i64,
}

/// Who sends what: the contestant of the sign-in page first, some people twice in different categories, groups where the rules allow.
pub fn gather(world: &mut World<'_>, round: &Round, size: &Size) -> Result<Crowd, String> {
    let mut people = vec![world.staff.contestant.clone()];
    let mut free: Vec<(usize, usize)> = vec![]; // who may send once more, and not in this category
    let mut works = vec![];
    let mut groups = size.groups;
    let (opens, until) = (round.outline.days.opens, size.until);
    for n in 0..size.entries {
        let category = world.dice.below(round.categories.len()).min(world.dice.below(round.categories.len() + 2));
        let again =
            (n > 4 && !free.is_empty() && world.dice.chance(26)).then(|| world.dice.below(free.len())).filter(|i| free.get(*i).is_some_and(|(_, other)| *other != category));
        let sender = match again {
            Some(i) => free.swap_remove(i).0,
            None if n == 3 => 0,
            None => {
                people.push(world.names.somebody(&mut world.dice)?);
                free.push((people.len() - 1, category));
                people.len() - 1
            }
        };
        let mut authors = vec![sender];
        let most = round.categories.get(category).map_or(1, |(c, _)| usize::try_from(c.max_authors).unwrap_or(1));
        if groups > 0 && most > 1 && again.is_none() && n != 3 && (size.entries - n <= groups * 2 || world.dice.chance(12)) {
            groups -= 1;
            free.retain(|(who, _)| *who != sender);
            for _ in 0..=world.dice.below(most - 1) {
                people.push(world.names.somebody(&mut world.dice)?);
                authors.push(people.len() - 1);
            }
        }
        authors.truncate(most);
        let span = usize::try_from(until - opens).unwrap_or(1).max(1);
        let late = world.dice.below(span).max(world.dice.below(span)); // more and more towards the end
        let at = world.at(opens + i64::try_from(late).unwrap_or(0), 8, 5) + Duration::seconds(i64::try_from(world.dice.below(13 * 3_600)).unwrap_or(0));
        let unit = world.dice.chance(82).then(|| world.dice.pick(&round.units).copied()).flatten();
        let by_file = world.dice.chance(BY_FILE);
        works.push(Work { entry: Uuid::now_v7(), authors, category, unit, essay: world.essay(), by_file, at, fate: Fate::Valid, version: 1 });
    }
    works.sort_by_key(|w| w.at);
    Ok(Crowd { people, works })
}

async fn file(world: &World<'_>, essay: &Essay) -> Result<Filed, Failure> {
    let bytes = Bytes::from(write_docx(&essay.title, &essay.paragraphs));
    let (key, outcome) = futures_util::join!(world.site.store.put(bytes.clone()), read_in_child(&world.site.exe, bytes.clone()));
    let name: String = fold(&essay.title).chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).take(40).collect();
    Ok(Filed { id: Uuid::now_v7(), key: key?, name: format!("{}.docx", name.trim_end_matches('-')), bytes: bytes.len(), sha256: sha256(&bytes), outcome })
}

/// Stores and reads the files, then has everything received in order of time; who has no account yet makes one shortly before.
pub async fn send(world: &World<'_>, round: &Round, crowd: &mut Crowd) -> Result<(), Failure> {
    let all = crowd.works.len();
    let mut filed: Vec<Option<Filed>> = Vec::with_capacity(all);
    {
        let mut reading = stream::iter(crowd.works.iter().map(|w| async { if w.by_file { file(world, &w.essay).await.map(Some) } else { Ok(None) } })).buffered(AT_ONCE);
        while let Some(done) = reading.next().await {
            filed.push(done?);
            if filed.len().is_multiple_of(EVERY) {
                (world.say)(&format!("  {}: {} / {all} tệp đã viết và đọc (files written and read)", round.slug.as_str(), filed.len()));
            }
        }
    }
    for (n, (work, filed)) in crowd.works.iter().zip(filed).enumerate() {
        if let Some(sender) = work.authors.first().and_then(|a| crowd.people.get_mut(*a)).filter(|p| p.session.is_none()) {
            // some never open the letter that confirms their address
            let confirmed = n % 17 != 4;
            world.sign_up(sender, work.at - Duration::minutes(45), confirmed).await?;
        }
        receive(world, round, &crowd.people, work, filed).await?;
        if (n + 1).is_multiple_of(EVERY) {
            (world.say)(&format!("  {}: {} / {all} bài đã nhận (entries received)", round.slug.as_str(), n + 1));
        }
    }
    Ok(())
}

fn author(p: &Person) -> Author {
    Author {
        name: p.name.clone(),
        pen_name: String::new(),
        birth_year: Some(p.year),
        email: Some(p.email.clone()),
        phone: p.phone.clone(),
        guardian: String::new(),
        guardian_agrees: false,
    }
}

fn authors_of(people: &[Person], work: &Work) -> Vec<Author> {
    work.authors.iter().filter_map(|a| people.get(*a)).map(author).collect()
}

/// As a form keeps them.
pub fn typed(authors: &[Author]) -> Value {
    let one = |a: &Author| {
        json!({ "name": a.name, "pen": a.pen_name, "year": a.birth_year.map(|y| y.to_string()).unwrap_or_default(), "email": a.email.as_ref().map_or("", |e| e.address.as_str()),
        "phone": a.phone, "guardian": a.guardian, "guardian_agrees": a.guardian_agrees })
    };
    authors.iter().map(one).collect()
}

async fn receive(world: &World<'_>, round: &Round, people: &[Person], work: &Work, filed: Option<Filed>) -> Result<(), Failure> {
    let (Some(sender), Some((category, _))) = (work.authors.first().and_then(|a| people.get(*a)), round.categories.get(work.category)) else { return Ok(()) };
    let authors = authors_of(people, work);
    let text = work.essay.text();
    let mut tx: Tx<Contestant> = world.wear(sender, Some(&round.slug), work.at).await?;
    let body = if filed.is_some() { "" } else { text.as_str() };
    acts::add_draft(&tx, Draft { entry: work.entry, category: category.id, unit: work.unit, title: &work.essay.title, body, authors: typed(&authors) }).await?;
    let sent = match &filed {
        Some(f) => {
            acts::attach(&tx, File { id: f.id, entry: work.entry, storage_key: &f.key, name: &f.name, bytes: f.bytes, sha256: &f.sha256 }).await?;
            Sent::File { attachment: f.id, sha256: f.sha256.to_vec() }
        }
        None => as_text(text),
    };
    let submission = Submission { category: category.id, unit: work.unit, title: work.essay.title.clone(), work: sent, authors, note: String::new(), asked: TypedAsked::default() };
    entries::submit(&mut tx, work.entry, Uuid::now_v7(), &submission).await?;
    tx.commit().await?;
    if let Some(f) = filed {
        let tx: Tx<Reader> = world.site.db.open(Mode::Write, &Who::Program { contest: None }).await?;
        store::be_at(&tx, Some(work.at)).await?;
        entries::finish_reading(&tx, f.id, &f.outcome).await?;
        tx.commit().await?;
    }
    Ok(())
}

/// Clean text as the form would send it.
fn as_text(text: String) -> Sent {
    let text = documents::clean(&text).into_string();
    Sent::Text { words: documents::count_words(&text), text }
}

/// The answer to a query: another version, typed, with a word to the desk.
pub async fn answer(world: &World<'_>, round: &Round, people: &[Person], (work, at): (&Work, DateTime<Utc>)) -> Result<(), Failure> {
    let (Some(sender), Some((category, _))) = (work.authors.first().and_then(|a| people.get(*a)), round.categories.get(work.category)) else { return Ok(()) };
    let note = "Tôi đã bỏ phần giới thiệu bản thân ở cuối bài và gửi lại.".to_owned();
    let (essay, authors) = (&work.essay, authors_of(people, work));
    let text = format!("{}\n\nTôi xin dừng ở đây.", essay.text());
    let submission = Submission { category: category.id, unit: work.unit, title: essay.title.clone(), work: as_text(text), authors, note, asked: TypedAsked::default() };
    let mut tx: Tx<Contestant> = world.wear(sender, Some(&round.slug), at).await?;
    entries::submit(&mut tx, work.entry, Uuid::now_v7(), &submission).await?;
    tx.commit().await
}

pub async fn withdraw(world: &World<'_>, round: &Round, people: &[Person], work: &Work) -> Result<(), Failure> {
    let Some(sender) = work.authors.first().and_then(|a| people.get(*a)) else { return Ok(()) };
    let mut tx: Tx<Contestant> = world.wear(sender, Some(&round.slug), work.at + Duration::hours(2)).await?;
    entries::withdraw(&mut tx, work.entry).await?;
    tx.commit().await
}

/// After the cut: an entry's sender asks the desk to take it out.
pub async fn ask_withdrawal(world: &World<'_>, round: &Round, people: &[Person], work: &Work) -> Result<(), Failure> {
    let Some(sender) = work.authors.first().and_then(|a| people.get(*a)) else { return Ok(()) };
    let mut tx: Tx<Contestant> = world.wear(sender, Some(&round.slug), world.at(-2, 19, 40)).await?;
    entries::ask_withdrawal(&mut tx, work.entry).await?;
    tx.commit().await
}

/// Most co-authors agree, a day later; some stay silent.
pub async fn let_coauthors_agree(world: &World<'_>, round: &Round) -> Result<(), Failure> {
    let mut tx: Tx<Worker> = world.site.db.open(Mode::Write, &Who::Program { contest: None }).await?;
    let asked = acts::list_coauthors_asked(&mut tx, round.slug.as_str()).await?;
    tx.commit().await?;
    for (n, link) in asked.iter().enumerate() {
        let at = link.at + Duration::hours(20);
        if n % 6 != 4 && at < world.now {
            let tx: Tx<Public> = world.site.db.open(Mode::Write, &super::world::NOBODY).await?;
            store::be_at(&tx, Some(at)).await?;
            acts::agree(&tx, &link.key).await?;
            tx.commit().await?;
        }
    }
    Ok(())
}

/// A draft begun and not sent.
pub async fn begin_draft(world: &mut World<'_>, round: &Round, sender: &Person, at: DateTime<Utc>) -> Result<(), Failure> {
    let essay = world.essay();
    let body = essay.paragraphs.iter().take(3).cloned().collect::<Vec<_>>().join("\n\n");
    let Some((category, _)) = round.categories.last() else { return Ok(()) };
    let tx: Tx<Contestant> = world.wear(sender, Some(&round.slug), at).await?;
    acts::add_draft(&tx, Draft { entry: Uuid::now_v7(), category: category.id, unit: None, title: &essay.title, body: &body, authors: typed(&[author(sender)]) }).await?;
    tx.commit().await
}
