//! From the close to the publication: proposal, seal, keys, collectives, results.
use chrono::{DateTime, Duration, Utc};

use super::store;
use super::store_acts as acts;
use super::world::{Round, World};
use crate::platform::db::{Organizer, Public, Tx};
use crate::platform::failure::Failure;
use crate::results::store as results;

const RESERVES: i32 = 3;
const PRAISE: [&str; 3] = [
    "Vận động được nhiều người viết, bài gửi đều và đúng hạn.",
    "Nhiều tác giả lần đầu dự thi, chất lượng đồng đều.",
    "Tổ chức đọc và góp ý bản thảo trước khi gửi, số bài hợp lệ cao.",
];

/// The proposal and the seal.
pub async fn seal(world: &World<'_>, round: &Round, at: DateTime<Utc>) -> Result<(), Failure> {
    let [organizer, _] = &world.staff.organizers;
    let mut tx: Tx<Organizer> = world.wear(organizer, Some(&round.slug), at).await?;
    results::propose(&mut tx, RESERVES).await?;
    store::be_at(&tx, Some(at + Duration::hours(3))).await?;
    results::seal(&mut tx).await?;
    tx.commit().await
}

/// The key of an organizer, the first or the second; None: now.
pub async fn turn_key(world: &World<'_>, round: &Round, holder: usize, at: Option<DateTime<Utc>>) -> Result<bool, Failure> {
    let [first, second] = &world.staff.organizers;
    let mut tx: Tx<Organizer> = world.wear(first, Some(&round.slug), world.now).await?;
    let end = acts::get_seal_end(&mut tx).await?;
    tx.commit().await?;
    let mut tx: Tx<Public> = world.site.db.open(crate::platform::db::Mode::Write, &if holder == 0 { first } else { second }.who(Some(&round.slug))).await?;
    store::be_at(&tx, at).await?;
    let opened = results::turn_key(&mut tx, &end).await?;
    tx.commit().await?;
    Ok(opened)
}

/// Units with the most valid entries get the collective prizes, proposed by one and confirmed by another; then everybody reads.
pub async fn publish(world: &World<'_>, round: &Round, at: DateTime<Utc>) -> Result<(), Failure> {
    let [first, second] = &world.staff.organizers;
    let mut tx: Tx<Organizer> = world.wear(first, Some(&round.slug), at).await?;
    let mut units = results::list_unit_counts(&mut tx).await?;
    units.sort_by_key(|u| std::cmp::Reverse(u.valid));
    let prizes = acts::list_collective_prizes(&mut tx).await?;
    for (n, (prize, unit)) in prizes.into_iter().zip(units.iter().filter_map(|u| u.unit)).enumerate() {
        acts::propose_award(&mut tx, prize, unit, PRAISE.get(n % PRAISE.len()).copied().unwrap_or_default()).await?;
    }
    tx.commit().await?;
    let mut tx: Tx<Public> = world.wear(second, Some(&round.slug), at + Duration::hours(4)).await?;
    acts::confirm_decisions(&mut tx).await?;
    tx.commit().await?;
    let mut tx: Tx<Organizer> = world.wear(first, Some(&round.slug), at + Duration::hours(26)).await?;
    results::publish(&mut tx).await?;
    tx.commit().await
}
