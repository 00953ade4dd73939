//! The desk: what it decides, when and why; the envelopes; the cut.
use chrono::{DateTime, Duration, Utc};
use serde_json::json;
use uuid::Uuid;

use super::cast::Person;
use super::rules::moment;
use super::store;
use super::store_acts::{self as acts, Decision, Envelope};
use super::submitting::{self, Crowd, Fate, Work};
use super::world::{Round, World};
use crate::platform::db::{Clerk, Tx};
use crate::platform::failure::Failure;
use crate::slips::store as slips;

const QUERIES: [&str; 3] = [
    "Cuối bài còn họ tên và nơi làm việc của tác giả. Xin bỏ phần ấy rồi gửi lại.",
    "Trong bài có đoạn giới thiệu bản thân. Giám khảo không được biết tác giả là ai: xin bỏ đoạn ấy.",
    "Xin cho biết bài này đã đăng ở đâu chưa, và bỏ dòng đề tặng có tên người ở đầu bài.",
];
const REFUSALS: [&str; 3] = [
    "Bài đã đăng trên báo trước khi cuộc thi mở, nên không hợp lệ theo thể lệ.",
    "Bài trùng phần lớn với một bài đã gửi trước đó của chính tác giả.",
    "Nội dung gửi không phải là bài viết: tệp chỉ có ảnh chụp màn hình và vài dòng chú thích.",
];

fn one(of: &[&'static str], n: usize) -> &'static str {
    of.get(n % of.len().max(1)).copied().unwrap_or_default()
}

/// Decides on what came, each a day or two after it came; the two clerks by turns.
pub async fn screen(world: &World<'_>, round: &Round, crowd: &mut Crowd) -> Result<(), Failure> {
    let Crowd { people, works } = crowd;
    for (n, work) in works.iter_mut().enumerate() {
        // in the office's hours, a day or two later; the author answers in the evening
        let (hour, minute) = (u32::try_from(8 + n % 9).unwrap_or(9), u32::try_from(n * 7 % 60).unwrap_or(0));
        let at = moment(work.at, 1 + i64::try_from(n % 2).unwrap_or(0), hour, minute);
        let Some(clerk) = world.staff.clerks.get(n % 2) else { continue };
        match work.fate {
            Fate::Waiting => {}
            Fate::Withdrawn => submitting::withdraw(world, round, people, work).await?,
            Fate::Valid => decide(world, round, clerk, (work, at), "valid", "").await?,
            Fate::Refused => decide(world, round, clerk, (work, at), "refused", one(&REFUSALS, n)).await?,
            Fate::Queried => decide(world, round, clerk, (work, at), "query", one(&QUERIES, n)).await?,
            Fate::Answered => {
                decide(world, round, clerk, (work, at), "query", one(&QUERIES, n)).await?;
                submitting::answer(world, round, people, (work, moment(at, 1, 19, minute))).await?;
                work.version = 2;
                decide(world, round, clerk, (work, moment(at, 2, hour, minute)), "valid", "").await?;
            }
        }
    }
    Ok(())
}

async fn decide(world: &World<'_>, round: &Round, clerk: &Person, (work, at): (&Work, DateTime<Utc>), verdict: &str, reason: &str) -> Result<(), Failure> {
    let tx: Tx<Clerk> = world.wear(clerk, Some(&round.slug), at).await?;
    if verdict == "valid" {
        acts::settle_flags(&tx, work.entry, "Đã đối chiếu, không có gì trở ngại.").await?;
    }
    acts::screen(&tx, Decision { entry: work.entry, version: work.version, verdict, reason }).await?;
    tx.commit().await
}

/// Paper by post: `days`: of the postmark and of the arrival, from today. Not typed: the desk has written down who sent it, no more.
pub struct Post {
    pub postmark: i64,
    pub arrived: i64,
    pub typed: bool,
    /// What the desk says of it a day later; None: nothing yet.
    pub verdict: Option<(&'static str, &'static str)>,
}

pub async fn write_down(world: &mut World<'_>, round: &Round, post: Post) -> Result<(), Failure> {
    let (essay, author) = (world.essay(), world.names.somebody(&mut world.dice).map_err(Failure::broken)?);
    let Some((category, _)) = round.categories.first() else { return Ok(()) };
    let text = crate::documents::clean(&essay.text()).into_string();
    let arrived = world.at(post.arrived, 9, 20);
    let sheet = json!({
        "seen": 0, "category": category.id, "unit": round.units.first(), "title": essay.title, "file": null, "asked": {}, "note": "",
        "body": post.typed.then_some(&text), "words": post.typed.then(|| crate::documents::count_words(&text)),
        "authors": [{ "position": 1, "name": author.name, "pen_name": "", "birth_year": author.year, "email": author.email.address, "email_key": author.email.key, "phone": author.phone, "guardian": "", "guardian_agrees": false }],
        "postmark": world.at(post.postmark, 12, 0).date_naive().to_string(), "arrived_at": arrived.to_rfc3339(), "condition": "whole", "remark": "Phong bì dán kín, bài đánh máy.",
    });
    let envelope = Envelope { entry: Uuid::now_v7(), version: Uuid::now_v7(), sheet };
    let [clerk, _] = &world.staff.clerks;
    let tx: Tx<Clerk> = world.wear(clerk, Some(&round.slug), arrived + Duration::minutes(50)).await?;
    acts::enter_post(&tx, &envelope).await?;
    if let Some((verdict, reason)) = post.verdict {
        store::be_at(&tx, Some(arrived + Duration::hours(26))).await?;
        acts::screen(&tx, Decision { entry: envelope.entry, version: 1, verdict, reason }).await?;
    }
    tx.commit().await
}

/// Tears off the slips of every category that has something valid.
pub async fn cut(world: &World<'_>, round: &Round, crowd: &Crowd, at: DateTime<Utc>) -> Result<(), Failure> {
    let [clerk, _] = &world.staff.clerks;
    for (n, (category, _)) in round.categories.iter().enumerate() {
        if !crowd.works.iter().any(|w| w.category == n && matches!(w.fate, Fate::Valid | Fate::Answered)) {
            continue;
        }
        cut_one(world, round, clerk, (category.id, at + Duration::minutes(i64::try_from(n).unwrap_or(0) * 9))).await?;
    }
    Ok(())
}

/// The same where every category has.
pub async fn cut_all(world: &World<'_>, round: &Round, at: DateTime<Utc>) -> Result<(), Failure> {
    let [clerk, _] = &world.staff.clerks;
    for (n, (category, _)) in round.categories.iter().enumerate() {
        cut_one(world, round, clerk, (category.id, at + Duration::minutes(i64::try_from(n).unwrap_or(0) * 9))).await?;
    }
    Ok(())
}

async fn cut_one(world: &World<'_>, round: &Round, clerk: &Person, (category, at): (Uuid, DateTime<Utc>)) -> Result<(), Failure> {
    let mut tx: Tx<Clerk> = world.wear(clerk, Some(&round.slug), at).await?;
    slips::cut(&mut tx, category).await?;
    tx.commit().await
}

/// After the cut the desk asks an author for a repaired text.
pub async fn ask_repair(world: &World<'_>, round: &Round, work: &Work) -> Result<(), Failure> {
    let [clerk, _] = &world.staff.clerks;
    let tx: Tx<Clerk> = world.wear(clerk, Some(&round.slug), world.at(-2, 14, 10)).await?;
    acts::ask_repair(&tx, work.entry, "Đoạn thứ tư bị lặp hai lần, có lẽ do chép nhầm. Xin gửi lại bài đã sửa.").await?;
    tx.commit().await
}
