//! The side-door test: everything that anybody can read, in Postgres as the catalogue says and over HTTP as the links lead,
//! and nothing in it, no value, no minute and no order, pairs an entry with its paper before the slips are opened. And
//! proof that the test can see.
mod crawl;
mod leaks;
mod reading;
mod secrets;
pub mod world;

use leaks::{Evidence, links, parallels, strays};
use secrets::{Secrets, holds};
use world::{AMENDED, N, RETIRED, WITHDRAWN, World};

fn found(world: &World, secrets: &Secrets, seen: &Evidence, opened: &[String]) -> Vec<String> {
    let mut out = strays(world, secrets, seen, opened);
    if opened.is_empty() {
        out.extend(links(secrets, seen));
        out.extend(parallels(secrets, seen));
    }
    out
}

/// What a hat was shown, all in one.
fn shown(seen: &Evidence, hat: &str) -> String {
    let rows = seen.sources.iter().filter(|s| s.hat == hat).flat_map(|s| &s.rows).map(ToString::to_string);
    let pages = seen.pages.iter().filter(|p| p.hat == hat && p.status == 200).map(|p| p.body.clone());
    rows.chain(pages).collect::<Vec<_>>().join("\n").to_lowercase()
}

#[tokio::test(flavor = "multi_thread")]
async fn while_marking_goes_on_nothing_pairs_an_entry_with_its_paper() {
    let world = World::marking().await;
    let (secrets, seen) = (world.secrets().await, world.see_all().await);
    assert_eq!(found(&world, &secrets, &seen, &[]), Vec::<String>::new());
    // the test can see: each hat what is its own
    let (clerk, judge, organizer, contestant) = (shown(&seen, "clerk"), shown(&seen, "judge"), shown(&seen, "organizer"), shown(&seen, "contestant"));
    for i in 1..=N {
        assert!(holds(&clerk, &format!("Họ Canary Tên{i}x")) && holds(&clerk, &format!("canarytext{i}x")), "the clerk does not see entry {i}");
        assert!(holds(&judge, &format!("canarytext{i}x")), "the judges do not see the text of entry {i}");
        assert_eq!(holds(&organizer, &world.pairs[i - 1].1), !RETIRED.contains(&i), "the organizer and the code of entry {i}");
        assert_eq!(holds(&contestant, &format!("canarytext{i}x")), [3, 9].contains(&i), "the contestants and entry {i}");
    }
    // what was amended is gone from the blind side, and stays with the desk
    for i in AMENDED {
        let old = format!("canarygone{i}x");
        assert!(holds(&clerk, &old), "the desk has lost the text of entry {i} as it was sent");
        for hat in ["judge", "chair", "organizer", "auditor"] {
            assert!(!holds(&shown(&seen, hat), &old), "{hat} reads what entry {i} had before its text was amended");
        }
    }
    // what an author sent passes once the desk has taken it; until then the blind side has nothing of it, nor the desk of what was only looked at
    for (i, hats) in [(6, ["clerk", "judge", "chair"].as_slice()), (12, &["clerk", "judge", "chair"]), (2, &["clerk"]), (4, &[])] {
        let of = ["public", "contestant", "clerk", "judge", "chair", "organizer", "auditor"].into_iter().filter(|hat| holds(&shown(&seen, hat), &format!("canaryrepair{i}x")));
        assert_eq!(of.collect::<Vec<_>>(), hats, "who reads what the author of entry {i} sent");
    }
    let read = |hat: &str, part: &str| seen.pages.iter().filter(|p| p.hat == hat && p.path.contains(part) && p.status == 200).count();
    assert!(read("clerk", "/desk/") > 2 * N && read("judge", "/marking") > N && read("auditor", "/record") > 0 && read("chair", "/chair") > 2);
    // names and labels: a count of the whole process is equal to a small secret number now and then
    let metrics: String = world.metrics().await.lines().map(|l| l.rsplit_once(' ').filter(|_| !l.starts_with('#')).map_or(l, |(name, _)| name).to_lowercase() + "\n").collect();
    let told: Vec<&String> = secrets.entry.iter().chain(&secrets.paper).flatten().filter(|v| holds(&metrics, v)).collect();
    assert!(told.is_empty() && !metrics.contains("nho"), "{told:?} in {metrics}");
}

#[tokio::test(flavor = "multi_thread")]
async fn under_the_seal_nothing_pairs_them_and_after_the_opening_only_the_winners() {
    let world = World::marking().await;
    world.seal().await;
    let secrets = world.secrets().await;
    assert_eq!(found(&world, &secrets, &world.see_all().await, &[]), Vec::<String>::new());
    let winners = world.open_and_publish().await;
    let seen = world.see_all().await;
    assert_eq!(found(&world, &secrets, &seen, &winners), Vec::<String>::new());
    let public = shown(&seen, "public");
    for (i, (entry, code)) in world.pairs.iter().enumerate() {
        assert_eq!(holds(&public, &format!("Họ Canary Tên{}x", i + 1)), winners.contains(entry), "entry {}", i + 1);
        assert!(!holds(&public, code));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_receipts_check_page_tells_a_moment_and_no_value_of_the_entry_or_its_paper() {
    let world = World::marking().await;
    let secrets = world.secrets().await;
    for (i, (entry, _)) in world.pairs.iter().enumerate() {
        let asked = world
            .app
            .ask(&format!("select v.receipt || ' ' || encode(v.sha256, 'hex') as line from named.version v where v.entry = '{entry}' and v.received_at is not null"))
            .await
            .swap_remove(0);
        let (number, sha) = asked.split_once(' ').unwrap();
        let page = world.app.browser().get(&format!("/c/nho/receipt?number={number}&sha256={sha}")).await.is(200);
        // a withdrawn one is as one that never was; one that was struck out was received all the same
        page.says(if WITHDRAWN.contains(&(i + 1)) { "Không có biên nhận nào khớp" } else { "Biên nhận có thật" });
        let told = page.body.replace(number, "").replace(sha, "").to_lowercase();
        for value in secrets.entry[i].iter().chain(secrets.paper.iter().flatten()).filter(|v| !v.eq_ignore_ascii_case(number) && !v.eq_ignore_ascii_case(sha)) {
            assert!(!holds(&told, value), "the check page of entry {i} holds {value}");
        }
    }
}

/// Doors opened on purpose: each must be found, and by what it is.
#[tokio::test(flavor = "multi_thread")]
async fn a_planted_value_minute_order_or_code_is_found() {
    let world = World::marking().await;
    let secrets = world.secrets().await;
    let pair = "from slip.pair x join named.entry e on e.id = x.entry left join account.account a on a.id = e.account where x.paper = p.code";
    for (plant, uproot, word) in [
        (format!("alter table blind.paper add hint text; update blind.paper p set hint = 'x' || encode(sha256(a.email::bytea), 'hex') || a.email {pair}; grant select (hint) on blind.paper to phach_organizer"), "alter table blind.paper drop hint", "organizer reads «canary-mail-1@example.org»"),
        (format!("alter table blind.paper add cut_at timestamptz; update blind.paper p set cut_at = e.submitted_at {pair}; grant select (cut_at) on blind.paper to phach_organizer"), "alter table blind.paper drop cut_at", "«minute "),
        (format!("alter table blind.paper add place int; update blind.paper p set place = 500000 + 3 * e.number {pair}; grant select (place) on blind.paper to phach_chair"), "alter table blind.paper drop place", "lies as «chair blind.paper by place»"),
        (format!("alter table blind.paper add tag text; update blind.paper p set tag = md5('k' || e.number) {pair}; alter table named.entry add tag text; update named.entry set tag = md5('k' || number); grant select (tag) on blind.paper to phach_chair; grant select (tag) on named.entry to phach_clerk"), "alter table blind.paper drop tag; alter table named.entry drop tag", "is said of entries {0} and of their papers"),
        ("alter table named.entry add mark text; update named.entry e set mark = x.paper from slip.pair x where x.entry = e.id; grant select (mark) on named.entry to phach_contestant".into(), "alter table named.entry drop mark", "contestant reads «"),
        // a retired or amended paper that keeps the minute at which the desk acted
        (format!("alter table blind.paper add left_at timestamptz; update blind.paper p set left_at = e.state_at {pair} and e.state <> 'valid'; grant select (left_at) on blind.paper to phach_auditor, phach_chair; alter table blind.assignment add gone_at timestamptz; update blind.assignment p set gone_at = e.state_at from slip.pair x join named.entry e on e.id = x.entry where x.paper = p.paper and e.state <> 'valid'; grant select (gone_at) on blind.assignment to phach_chair"), "alter table blind.paper drop left_at; alter table blind.assignment drop gone_at", "«minute "),
        // a record that names the paper where the desk's act stands by its entry
        ("insert into record.event(contest, hat, verb, subject, content) select e.contest, 'clerk', 'strike_out', e.id::text, jsonb_build_object('paper', x.paper) from slip.pair x join named.entry e on e.id = x.entry where e.state = 'struck_out'".into(), "delete from record.event where content ? 'paper'", "«strike_out» is said of entries {8} and of their papers"),
        ("create function named.peek() returns setof text language sql stable security definer as 'select paper from slip.pair'; grant execute on function named.peek() to phach_clerk".into(), "drop function named.peek()", "in named.peek()"),
    ] {
        world.app.execute(&plant).await;
        let leaks = found(&world, &secrets, &world.read_all().await, &[]);
        assert!(leaks.iter().any(|l| l.contains(word)), "«{plant}» was not found as {word}: {leaks:#?}");
        world.app.execute(uproot).await;
    }
    // all uprooted, no value is left; what was written over lies in another order now
    let seen = world.read_all().await;
    assert_eq!((strays(&world, &secrets, &seen, &[]), links(&secrets, &seen)), (vec![], vec![]));
}
