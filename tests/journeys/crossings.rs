//! The crossings built so far (cut, exclude, open) under attack: every hat, every function, other contests' arguments,
//! hostile text, and what they leave behind.
use diesel_async::SimpleAsyncConnection;

use crate::blindness::world::World;
use crate::hats::{ask, wear};
use crate::support::TestApp;

const HATS: [&str; 10] = ["public", "contestant", "clerk", "worker", "reader", "judge", "chair", "dealer", "organizer", "auditor"];
const CATEGORY: &str = "01900000-0000-7000-8000-000000000006";

/// Every function of the slip: what it takes and gives, and the hats that may call it. A new one fails until it stands here.
const FUNCTIONS: [(&str, &str, &[&str]); 48] = [
    ("amend(uuid)", "void", &[]),
    ("answer(uuid)", "void", &[]),
    ("carry(jsonb)", "void", &[]),
    ("check_replacement(uuid)", "void", &[]),
    ("confirm_replacement(uuid)", "void", &["public"]),
    ("confirm_strike(uuid)", "void", &["public"]),
    ("cut(uuid)", "integer", &["clerk"]),
    ("cut_waits(uuid)", "boolean", &[]),
    ("cuts()", "TABLE(category uuid, entries integer, at timestamp with time zone)", &["clerk", "organizer", "auditor"]),
    ("drop_replacement()", "void", &["public"]),
    ("drop_strike(uuid)", "void", &["public"]),
    ("excluded_pairs(uuid)", "TABLE(judge uuid, paper text)", &[]),
    ("exclusion_counts()", "TABLE(ranking_group uuid, pairs integer)", &["chair", "dealer"]),
    ("exclusions()", "TABLE(judge uuid, paper text)", &["dealer"]),
    ("first_key_until()", "timestamp with time zone", &["organizer"]),
    ("hold_key()", "uuid", &[]),
    ("holders()", "TABLE(id uuid, office_vi text, office_en text, ready boolean, mine boolean)", &["public"]),
    ("is_open(uuid)", "boolean", &[]),
    ("is_sealed(uuid)", "boolean", &[]),
    ("key_word(uuid, uuid)", "text", &[]),
    ("keys()", "TABLE(office_vi text, office_en text, turned boolean, mine boolean)", &["public"]),
    ("minutes_reader()", "text", &["public"]),
    ("move_up(uuid, text, uuid)", "integer", &[]),
    ("moves_waiting(uuid, uuid[])", "integer", &[]),
    ("my_key()", "TABLE(holder uuid, office_vi text, office_en text, rests_until timestamp with time zone)", &["public"]),
    ("open_reserve(uuid, text, uuid)", "void", &[]),
    ("opened_at()", "timestamp with time zone", &["chair", "organizer", "auditor"]),
    ("opened_first(uuid)", "SETOF text", &[]),
    ("opening_minutes()", "jsonb", &["public"]),
    ("own_prizes()", "TABLE(entry uuid, prize uuid)", &["contestant"]),
    ("own_result(uuid)", "TABLE(mark integer, readings integer, comments text[])", &["contestant"]),
    ("pass_moves(uuid[])", "integer", &[]),
    ("places_filled(uuid, uuid)", "integer", &[]),
    ("propose_replacement(uuid, text, text, text, text)", "void", &["public"]),
    ("propose_strike(text, text)", "void", &["public"]),
    ("readings()", "TABLE(category uuid, word text)", &["contestant", "clerk"]),
    ("recheck(uuid)", "void", &[]),
    (
        "replacement()",
        "TABLE(id uuid, was_vi text, was_en text, email text, office_vi text, office_en text, reason text, proposed_by text, proposed_at timestamp with time zone, mine boolean, about_me boolean)",
        &["public"],
    ),
    ("report(text)", "void", &[]),
    ("rests_until(uuid)", "timestamp with time zone", &[]),
    ("retire(uuid)", "void", &[]),
    ("seal_minutes()", "jsonb", &["public"]),
    ("seal_to_open()", "TABLE(sealed_at timestamp with time zone, opened_at timestamp with time zone, winners integer)", &["public"]),
    (
        "strikes()",
        "TABLE(id uuid, code text, number integer, title text, authors text[], reason text, proposed_by text, proposed_at timestamp with time zone, confirmed_at timestamp with time zone, withheld boolean, mine boolean)",
        &["public"],
    ),
    ("turn_key(text)", "boolean", &["public"]),
    ("unit_counts()", "TABLE(unit uuid, received bigint, valid bigint)", &["organizer"]),
    ("wait(uuid, text)", "void", &[]),
    ("winners()", "TABLE(code text, prize uuid, category uuid, unit uuid, number integer, title text, authors text[])", &["public"]),
];

#[tokio::test(flavor = "multi_thread")]
async fn each_function_of_the_slip_is_called_by_its_hats_only_and_gives_no_id_of_the_other_side() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let found = app
        .ask("select replace(p.proname || '(' || pg_get_function_identity_arguments(p.oid) || ')', ' ', ' ') || '|' || pg_get_function_result(p.oid) as line from pg_proc p where p.pronamespace = 'slip'::regnamespace and p.prorettype <> 'trigger'::regtype order by 1")
        .await;
    let bare = |signature: &str| {
        let (name, arguments) = signature.trim_end_matches(')').split_once('(').unwrap();
        let types: Vec<&str> = arguments.split(", ").map(|a| a.rsplit(' ').next().unwrap()).collect();
        format!("{name}({})", types.join(", "))
    };
    let found: Vec<(String, String)> = found.iter().map(|l| l.split_once('|').map(|(s, r)| (bare(s), r.to_owned())).unwrap()).collect();
    assert_eq!(found, FUNCTIONS.map(|(s, r, _)| (s.to_owned(), r.to_owned())));
    app.official("nho", "auditor", "Giám Sát", "giamsat@example.org").await;
    for hat in HATS {
        let mut conn = wear(&app, hat, "giamsat@example.org").await;
        for (signature, _, hats) in FUNCTIONS {
            let call = signature.replace("uuid[]", "null").replace("jsonb", "'{}'").replace("uuid", &format!("'{CATEGORY}'")).replace("text", "'0000'");
            let answer = ask(&mut conn, &format!("select x::text as line from slip.{call} x")).await;
            let denied = answer.as_ref().is_err_and(|e| e.contains("permission denied for"));
            assert_eq!(denied, !hats.contains(&hat), "{hat} {signature}: {answer:?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_reads_or_writes_a_table_of_the_slip_not_even_the_other_places_owners() {
    let app = TestApp::spawn().await;
    let roles = app
        .ask(
            "select r.rolname || ' ' || c.oid::regclass || '.' || a.attname as line from pg_roles r, pg_class c join pg_attribute a on a.attrelid = c.oid
             where r.rolname like 'phach\\_%' and r.rolname <> 'phach_slip_owner' and not r.rolsuper and c.relnamespace = 'slip'::regnamespace and c.relkind in ('r', 'p', 'v', 'm', 'S')
               and (has_column_privilege(r.oid, c.oid, a.attnum, 'select') or has_column_privilege(r.oid, c.oid, a.attnum, 'insert') or has_column_privilege(r.oid, c.oid, a.attnum, 'update')
                 or has_table_privilege(r.oid, c.oid, 'delete') or has_table_privilege(r.oid, c.oid, 'truncate') or has_table_privilege(r.oid, c.oid, 'trigger'))",
        )
        .await;
    assert_eq!(roles, Vec::<String>::new());
    let members = app.ask("select m.member::regrole::text as line from pg_auth_members m where m.roleid = 'phach_slip_owner'::regrole and to_jsonb(m) ->> 'set_option' is distinct from 'false' and not (select rolsuper or rolcreaterole from pg_roles where oid = m.member)").await;
    assert_eq!(members, Vec::<String>::new());
    // nor may anybody make a thing there that its owner would run
    let makers = app.ask("select r.rolname || ' ' || n.nspname as line from pg_roles r, pg_namespace n where r.rolname like 'phach\\_%' and not r.rolsuper and n.nspowner <> r.oid and n.nspname in ('phach', 'contest', 'account', 'mail', 'record', 'named', 'blind', 'slip', 'result', 'public') and has_schema_privilege(r.oid, n.oid, 'create')").await;
    assert_eq!(makers, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn every_function_that_acts_for_its_owner_looks_names_up_in_the_catalogue_only() {
    let app = TestApp::spawn().await;
    let loose = app
        .ask(
            "select p.oid::regprocedure::text as line from pg_proc p join pg_namespace n on n.oid = p.pronamespace
             where n.nspname in ('phach', 'contest', 'account', 'mail', 'record', 'named', 'blind', 'slip', 'result') and p.prosecdef
               and not coalesce(p.proconfig, '{}') @> array['search_path=pg_catalog, pg_temp'] order by 1",
        )
        .await;
    assert_eq!(loose, Vec::<String>::new());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cut_of_another_contests_category_is_not_found_and_nothing_of_it_moves() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.another_contest().await;
    app.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
    app.valid_entries(5).await;
    let mut clerk = wear(&app, "clerk", "thuky@example.org").await;
    for category in ["01900000-0000-7000-8000-0000000000fe", "01900000-0000-7000-8000-00000000eeee"] {
        let refused = ask(&mut clerk, &format!("select slip.cut('{category}')::text as line")).await.unwrap_err();
        assert!(refused.contains("enter_not_found"), "{refused}");
    }
    assert!(ask(&mut clerk, "select slip.cut(null)::text as line").await.unwrap_err().contains("enter_not_found"));
    // the clerk of the other contest, whose hat is in that contest
    clerk.batch_execute("select set_config('phach.contest', '01900000-0000-7000-8000-0000000000ff', true)").await.unwrap();
    assert!(ask(&mut clerk, &format!("select slip.cut('{CATEGORY}')::text as line")).await.unwrap_err().contains("enter_not_found"));
    clerk.batch_execute("commit").await.unwrap();
    assert_eq!(app.ask("select count(*)::text as line from named.entry where cut").await, ["0"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_cut_leaves_tells_no_order_and_no_time() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(14).await;
    for table in ["blind.paper", "slip.pair"] {
        let times = app.ask(&format!("select attname as line from pg_attribute where attrelid = '{table}'::regclass and attnum > 0 and atttypid in ('timestamptz'::regtype, 'timestamp'::regtype, 'date'::regtype, 'int8'::regtype, 'uuid'::regtype) and attname not in ('contest', 'category', 'ranking_group', 'entry')")).await;
        assert_eq!(times, Vec::<String>::new(), "{table}");
    }
    // one transaction wrote all pairs, in code order; the codes are all different and none follows from the last
    assert_eq!(app.ask("select count(distinct xmin::text) || ' ' || count(*) as line from slip.pair").await, ["1 14"]);
    let codes = app.ask("select paper as line from slip.pair order by ctid").await;
    assert!(codes.is_sorted());
    let letters: std::collections::BTreeSet<char> = codes.iter().flat_map(|c| c.chars()).collect();
    assert!(letters.len() > 20 && letters.iter().all(|c| "ABCDEFGHJKLMNPQRSTUVWXYZ23456789".contains(*c)), "{letters:?}");
    // the same entries, cut in another database, get other codes
    let other = TestApp::spawn().await;
    other.small_contest().await;
    assert!(other.cut_papers(14).await.iter().all(|c| !codes.contains(c)));
}

#[tokio::test(flavor = "multi_thread")]
async fn exclusions_give_pairs_without_a_reason_and_a_deal_against_one_is_refused() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    let codes = app.cut_papers(6).await;
    app.judge("Một", "gk1@example.org").await;
    app.judge("Hai", "gk2@example.org").await;
    app.official("nho", "chair", "Trưởng Ban", "truong@example.org").await;
    app.another_contest().await;
    // one declares a unit, the other a person: what the dealer reads of both looks the same
    app.execute(
        "insert into blind.declaration(contest, judge, units, people, people_keys, at) select '01900000-0000-7000-8000-000000000001', id,
           case email_key when 'gk1@example.org' then array['01900000-0000-7000-8000-000000000009']::uuid[] else '{}' end, '{}',
           case email_key when 'gk2@example.org' then array['tac gia 1'] else '{}' end, phach.now() + interval '1 second' from account.account where email_key like 'gk%'",
    )
    .await;
    let mut dealer = wear(&app, "dealer", "truong@example.org").await;
    let pairs = ask(&mut dealer, "select judge || ' ' || paper as line from slip.exclusions()").await.unwrap();
    assert_eq!(pairs.len(), 3, "{pairs:?}");
    let (judge, paper) = pairs[0].split_once(' ').unwrap();
    let deal = |judge: &str, paper: &str| format!("select blind.deal_out('[{{\"judge\": \"{judge}\", \"paper\": \"{paper}\"}}]', '[]', '')::text as line");
    let outside = ask(&mut dealer, &deal(judge, paper)).await.unwrap_err();
    assert!(outside.contains("a deal outside a batch"), "{outside}");
    ask(&mut dealer, "select blind.begin_batch('chair')::text as line").await.unwrap();
    let free = codes.iter().find(|c| !pairs.contains(&format!("{judge} {c}"))).unwrap();
    assert!(ask(&mut dealer, &deal(judge, paper)).await.unwrap_err().contains("deal_excluded"));
    assert!(ask(&mut dealer, &deal(judge, free)).await.is_ok());
    // nobody but a judge of this contest, and no paper of another
    let chair = app.ask("select id::text as line from account.account where email_key = 'truong@example.org'").await.concat();
    assert!(ask(&mut dealer, &deal(&chair, free)).await.unwrap_err().contains("deal_stale"));
    assert!(ask(&mut dealer, &deal(judge, "ABCDEFGHJK")).await.unwrap_err().contains("deal_stale"));
    dealer.batch_execute("select set_config('phach.contest', '01900000-0000-7000-8000-0000000000ff', true)").await.unwrap();
    assert_eq!(ask(&mut dealer, "select paper as line from slip.exclusions()").await.unwrap(), Vec::<String>::new());
    ask(&mut dealer, "select blind.begin_batch('chair')::text as line").await.unwrap_err();
    assert!(ask(&mut dealer, &deal(judge, free)).await.unwrap_err().contains("a deal outside a batch"));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_different_holders_with_the_right_seal_open_the_winners_slips_and_no_other() {
    let world = World::marking().await;
    world.seal().await;
    let app = &world.app;
    let last4 = app.ask("select right(encode(sha256, 'hex'), 4) as line from blind.seal").await.concat();
    let turn = |word: &str| format!("select slip.turn_key('{word}')::text as line");
    let mut first = wear(app, "public", "khoa1@example.org").await;
    for hostile in ["", "zzzz", "%", "____", "'' or true --", "0000''); select slip.turn_key(''0000"] {
        assert!(ask(&mut first, &turn(hostile)).await.unwrap_err().contains("seal_mismatch"), "{hostile}");
    }
    assert!(ask(&mut first, "select slip.turn_key(null)::text as line").await.unwrap_err().contains("seal_mismatch"));
    assert_eq!(ask(&mut first, &turn(&last4)).await.unwrap(), ["false"]);
    assert_eq!(ask(&mut first, &turn(&last4)).await.unwrap(), ["false"]);
    first.batch_execute("commit").await.unwrap();
    // an official who is no holder, a holder whose address is not confirmed, a holder in another contest
    let mut stranger = wear(app, "public", "giamsat@example.org").await;
    assert!(ask(&mut stranger, &turn(&last4)).await.unwrap_err().contains("enter_not_found"));
    drop(stranger);
    app.execute("update account.account set confirmed_at = null where email_key = 'khoa2@example.org'").await;
    let mut second = wear(app, "public", "khoa2@example.org").await;
    assert!(ask(&mut second, &turn(&last4)).await.unwrap_err().contains("enter_not_found"));
    drop(second);
    app.execute("update account.account set confirmed_at = phach.now() where email_key = 'khoa2@example.org'").await;
    let mut second = wear(app, "public", "khoa2@example.org").await;
    second.batch_execute("savepoint there; select set_config('phach.contest', gen_random_uuid()::text, true)").await.unwrap();
    assert!(ask(&mut second, &turn(&last4)).await.unwrap_err().contains("enter_not_found"));
    second.batch_execute("rollback to there").await.unwrap();
    assert_eq!(ask(&mut second, &turn(&last4)).await.unwrap(), ["true"]);
    assert!(ask(&mut second, &turn(&last4)).await.unwrap_err().contains("already_open"));
    second.batch_execute("commit").await.unwrap();
    // three prizes: three slips; the two reserves stay closed, and nobody but the organizer reads anything yet
    assert_eq!(app.ask("select count(*)::text as line from result.opened").await, ["3"]);
    let mut organizer = wear(app, "organizer", "khoa1@example.org").await;
    assert_eq!(ask(&mut organizer, "select code as line from result.opened").await.unwrap().len(), 3);
    assert!(
        ask(&mut organizer, "insert into result.opened(contest, code) values (gen_random_uuid(), 'x') returning code as line").await.unwrap_err().contains("permission denied")
    );
    for hat in ["public", "auditor"] {
        let mut conn = wear(app, hat, "khoa2@example.org").await;
        assert!(ask(&mut conn, "select title as line from result.opened").await.unwrap_err().contains("permission denied"), "{hat}");
        assert_eq!(ask(&mut conn, "select content as line from result.edition").await.unwrap(), Vec::<String>::new(), "{hat}");
    }
    let held = app.ask("select count(*)::text as line from record.event where verb = 'open' and content = '{\"slips\": 3}'").await;
    assert_eq!(held, ["1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn text_made_to_be_sql_is_text_everywhere() {
    let app = TestApp::spawn().await;
    app.small_contest().await;
    app.cut_papers(5).await;
    app.judge("Một", "gk1@example.org").await;
    let browser = app.official("nho", "auditor", "Giám Sát", "giamsat@example.org").await;
    let hostile = ["'; drop table slip.pair; --", "%", "\\", "$1", "' union select paper, paper from slip.pair --", "{}", "\u{202e}"];
    let mut clerk = wear(&app, "clerk", "thuky@example.org").await;
    let mut judge = wear(&app, "judge", "gk1@example.org").await;
    for text in hostile {
        let quoted = text.replace('\'', "''");
        for filter in ["q", "state"] {
            let found = format!("select number::text as line from named.find(jsonb_build_object('{filter}', '{quoted}'::text), 0, null, true, 500)");
            assert_eq!(ask(&mut clerk, &found).await.unwrap(), Vec::<String>::new(), "{filter} {text}");
        }
        for name in ["sort", "flag", "waited", "unit", "category"] {
            // an order, a kind, a number, an id: nothing else gets into the statement
            let found = ask(&mut clerk, &format!("select count(*)::text as line from named.find(jsonb_build_object('{name}', '{quoted}'::text), 0, null, true, 500)")).await;
            assert!(found.is_err() || found.unwrap() == ["5"], "{name} {text}");
        }
        assert!(ask(&mut judge, &format!("select blind.recuse('{quoted}', 'unwell')::text as line")).await.unwrap_err().contains("enter_not_found"));
    }
    drop((clerk, judge));
    for text in hostile {
        let encoded: String = url::form_urlencoded::byte_serialize(text.as_bytes()).collect();
        for path in [
            format!("/c/nho/desk?q={encoded}"),
            format!("/c/{encoded}/desk"),
            format!("/c/nho/desk/{encoded}"),
            format!("/c/nho/marking/{encoded}"),
            format!("/c/nho/record?verb={encoded}"),
        ] {
            let status = browser.get(&path).await.status.as_u16();
            assert!([200, 303, 404].contains(&status), "{path}: {status}");
        }
    }
    assert_eq!(app.ask("select count(*)::text as line from slip.pair").await, ["5"]);
}
