//! The batch: what would pair an entry and a paper by its minute passes together, and readings that lost their judge or
//! wait for a third mark are dealt with it. By night, at once when every first marking of a group is in, or on the chair's call.
use actix_web::web::block;
use uuid::Uuid;

use super::deal::{self, Plan};
use super::store_batch::{self, KnownShort};
use super::store_board as store;
use super::store_replay;
use crate::platform::db::{Dealer, Tx, Who};
use crate::platform::failure::Failure;
use crate::platform::site::Site;

/// Passes what is due in every contest. One that cannot pass now is logged, and tried again the next time.
pub async fn pass_due(site: &Site) -> Result<(), Failure> {
    let due = site.db.run::<Dealer, _>(&Who::Program { contest: None }, async |tx| store_batch::list_due(tx).await).await?;
    for d in due {
        let who = Who::Program { contest: Some(d.contest) };
        if let Err(e) = site.db.run::<Dealer, _>(&who, async |tx| pass(tx, &d.call, None).await).await {
            tracing::warn!(error = %e, "a batch did not pass; the next turn tries again");
        }
    }
    Ok(())
}

/// A letter to the chair of each round whose last reading is in, after the batch that may have been the last thing it waited for.
pub async fn tell_marked(site: &Site) -> Result<i32, Failure> {
    site.db.run::<Dealer, _>(&Who::Program { contest: None }, async |tx| store_batch::tell_marked(tx).await).await
}

/// One contest's batch, called by `chair`, `night` or `quiet`; how many moves. The chair's call deals every reading that
/// may be dealt; the program only those that a judge has had before. `cap`: the most
/// papers a judge may have in all. Errors: as `store_batch::begin`.
pub async fn pass(tx: &mut Tx<Dealer>, call: &str, cap: Option<u32>) -> Result<i32, Failure> {
    store::take_time(tx).await?;
    let groups = store_batch::begin(tx, call).await?;
    if !store::get_deal_facts(tx).await?.closed {
        deal_again(tx, (&groups, call != "chair"), cap).await?;
    }
    store_batch::end(tx).await
}

async fn deal_again(tx: &mut Tx<Dealer>, of: (&[Uuid], bool), cap: Option<u32>) -> Result<(), Failure> {
    let judges = store::list_judges(tx).await?;
    let input = store::read_input(tx, &judges, cap, of).await?;
    if input.lacks.is_empty() {
        return Ok(());
    }
    let (input, plan) = block(move || {
        let plan = deal::plan(&input);
        (input, plan)
    })
    .await
    .map_err(Failure::broken)?;
    // a reading that nobody is left for is said once, not every minute
    if plan.slots.is_empty() && is_known(&store_batch::list_known_short(tx).await?, &short_of(&input, &plan)) {
        return Ok(());
    }
    let seed = store_replay::take_seed(tx).await?;
    let (input, plan, slots) = block(move || {
        let slots = deal::draw(&input, &plan, &seed);
        (input, plan, slots)
    })
    .await
    .map_err(Failure::broken)?;
    store::deal_out(tx, &input, &plan, &slots).await
}

/// What is known may say more: of ranking groups that were not looked at now. By code, both.
fn is_known(known: &[KnownShort], found: &[KnownShort]) -> bool {
    found.iter().all(|f| known.binary_search_by(|k| k.paper.as_bytes().cmp(f.paper.as_bytes())).is_ok_and(|at| known.get(at) == Some(f)))
}

fn short_of(input: &deal::Input, plan: &Plan) -> Vec<KnownShort> {
    let known = |(paper, missing): &(usize, u32)| Some(KnownShort { paper: input.lacks.get(*paper)?.code.clone(), missing: i32::try_from(*missing).ok()? });
    plan.short.iter().filter_map(known).collect()
}
