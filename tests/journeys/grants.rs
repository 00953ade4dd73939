//! What every role may do, as the catalogue says, against the checked-in table tests/grants.txt; and each hat straight in
//! Postgres, column by column. After a wanted change: `PHACH_WRITE_GRANTS=1 bin/test grants`, and read the difference.
use std::collections::BTreeSet;

use diesel_async::{AsyncPgConnection, SimpleAsyncConnection};

use crate::support::TestApp;

const EXPECTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/grants.txt");
const NAMED: [&str; 5] = ["public", "contestant", "clerk", "worker", "reader"];
const BLIND: [&str; 5] = ["judge", "chair", "dealer", "organizer", "auditor"];

/// Privileges of all roles but owners and the administrator, one a line: role, privilege, object.
const CATALOGUE: &str = "
with place(name) as (values ('phach'), ('contest'), ('account'), ('mail'), ('record'), ('named'), ('blind'), ('slip'), ('result'), ('public')),
granted as (
  select a.grantee, a.privilege_type as what, 'schema ' || n.nspname as thing, n.nspowner as owner
    from pg_namespace n, lateral aclexplode(n.nspacl) a where n.nspname in (select name from place)
  union all
  select a.grantee, a.privilege_type, 'table ' || c.oid::regclass, c.relowner
    from pg_class c join pg_namespace n on n.oid = c.relnamespace, lateral aclexplode(c.relacl) a where n.nspname in (select name from place)
  union all
  select a.grantee, a.privilege_type, 'column ' || c.oid::regclass || '.' || t.attname, c.relowner
    from pg_attribute t join pg_class c on c.oid = t.attrelid join pg_namespace n on n.oid = c.relnamespace, lateral aclexplode(t.attacl) a
    where n.nspname in (select name from place)
  union all
  select a.grantee, a.privilege_type, 'function ' || p.oid::regprocedure, p.proowner
    from pg_proc p join pg_namespace n on n.oid = p.pronamespace, lateral aclexplode(coalesce(p.proacl, acldefault('f', p.proowner))) a
    where n.nspname in (select name from place))
select coalesce(r.rolname, 'PUBLIC') || ' ' || lower(what) || ' ' || thing as line from granted left join pg_roles r on r.oid = granted.grantee
where granted.grantee <> granted.owner and coalesce(r.rolname, 'PUBLIC') not like 'pg\\_%' and thing not like '%test_clock%' order by 1";

#[tokio::test(flavor = "multi_thread")]
async fn no_role_has_a_privilege_that_the_checked_in_table_does_not_list() {
    let app = TestApp::spawn().await;
    let found: Vec<String> = app.ask(CATALOGUE).await.into_iter().filter(|l| !l.contains(&app.database)).collect();
    let text = found.join("\n") + "\n";
    if std::env::var("PHACH_WRITE_GRANTS").is_ok() {
        std::fs::write(EXPECTED, &text).unwrap();
    }
    let expected = std::fs::read_to_string(EXPECTED).unwrap();
    let (now, then): (BTreeSet<&str>, BTreeSet<&str>) = (text.lines().collect(), expected.lines().collect());
    let more: Vec<_> = now.difference(&then).collect();
    let less: Vec<_> = then.difference(&now).collect();
    assert!(more.is_empty() && less.is_empty(), "not in the table: {more:#?}\nonly in the table: {less:#?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn no_hat_may_select_a_whole_table_nor_update_or_delete_what_is_only_added_to() {
    let app = TestApp::spawn().await;
    let lines = app.ask(CATALOGUE).await;
    let hats: Vec<String> = NAMED.iter().chain(&BLIND).map(|h| format!("phach_{h}")).collect();
    for line in &lines {
        let role = line.split(' ').next().unwrap();
        if !hats.iter().any(|h| h == role) {
            continue;
        }
        assert!(!line.contains(" table "), "a privilege on a whole table: {line}");
        let changes = line.contains(" update ") || line.contains(" delete ") || line.contains(" truncate ");
        let may_change = ["column named.draft.", "column named.attachment.", "column blind.draft.", "column mail.letter."];
        assert!(!changes || may_change.iter().any(|m| line.contains(m)), "{line}");
    }
}

/// Columns that a hat can really select, tried one by one.
async fn seen_by(conn: &mut AsyncPgConnection, hat: &str, columns: &[String]) -> Vec<String> {
    let mut seen = vec![];
    conn.batch_execute(&format!("begin; set local role phach_{hat}; savepoint s")).await.unwrap();
    for column in columns {
        let (table, name) = column.rsplit_once('.').unwrap();
        match diesel_async::RunQueryDsl::execute(diesel::sql_query(format!("select {name} from {table} limit 0")), conn).await {
            Ok(_) => seen.push(column.clone()),
            Err(e) => {
                assert!(e.to_string().contains("permission denied"), "{hat} {column}: {e}");
                conn.batch_execute("rollback to s").await.unwrap();
            }
        }
    }
    conn.batch_execute("rollback").await.unwrap();
    seen
}

#[tokio::test(flavor = "multi_thread")]
async fn straight_in_postgres_a_blind_hat_sees_no_identity_a_named_hat_no_paper_and_nobody_the_slip() {
    let app = TestApp::spawn().await;
    let columns = app
        .ask("select c.oid::regclass || '.' || a.attname as line from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid
              where n.nspname in ('account','mail','record','named','blind','slip','result','contest') and c.relkind in ('r','p') and a.attnum > 0 and not a.attisdropped order by 1")
        .await;
    let system: Vec<String> = app
        .ask(
            "select c.oid::regclass || '.' || s as line from pg_class c join pg_namespace n on n.oid = c.relnamespace, unnest(array['ctid','xmin','tableoid']) s
              where n.nspname in ('account','mail','record','named','blind','slip','result','contest') and c.relkind in ('r','p')",
        )
        .await;
    assert!(columns.len() > 250, "{}", columns.len());
    let mut admin = app.admin().await;
    for hat in NAMED.iter().chain(&BLIND) {
        let seen = seen_by(&mut admin, hat, &columns).await;
        let of = |place: &str| seen.iter().filter(|c| c.starts_with(place)).cloned().collect::<Vec<_>>();
        assert_eq!(of("slip."), Vec::<String>::new(), "{hat}");
        assert_eq!(of("account."), Vec::<String>::new(), "{hat}");
        if BLIND.contains(hat) {
            assert_eq!(of("named."), Vec::<String>::new(), "{hat}");
            assert_eq!(of("mail."), Vec::<String>::new(), "{hat}");
        } else {
            assert_eq!(of("blind."), Vec::<String>::new(), "{hat}");
        }
        if ["organizer", "auditor", "dealer"].contains(hat) {
            let texts: Vec<_> = of("blind.").into_iter().filter(|c| c.ends_with(".title") || c.ends_with(".body") || c.ends_with(".comment")).collect();
            assert_eq!(texts, Vec::<String>::new(), "{hat}");
        }
        assert_eq!(seen_by(&mut admin, hat, &system).await, Vec::<String>::new(), "{hat} sees a system column");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_logins_cannot_take_the_other_sides_hats_nor_an_owners() {
    let app = TestApp::spawn().await;
    let mut admin = app.admin().await;
    for (side, theirs) in [("named", BLIND), ("blind", NAMED)] {
        let login = format!("phach_{}_{side}", app.database);
        let owners = ["phach_owner", "phach_slip_owner", "phach_named_owner", "phach_blind_owner", "phach_account_owner", "postgres"];
        for role in theirs.iter().map(|h| format!("phach_{h}")).chain(owners.iter().map(|o| (*o).to_owned())) {
            let sql = format!("begin; set session authorization {login}; set role {role}");
            let refused = admin.batch_execute(&sql).await.expect_err(&role).to_string();
            assert!(refused.contains("permission denied to set role"), "{login} {role}: {refused}");
            admin.batch_execute("rollback").await.unwrap();
        }
        admin.batch_execute(&format!("begin; set session authorization {login}")).await.unwrap();
        assert!(diesel_async::RunQueryDsl::execute(diesel::sql_query("select 1 from contest.contest"), &mut admin).await.is_err(), "{login} sees without a hat");
        admin.batch_execute("rollback").await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn serve_refuses_to_start_when_a_login_or_a_table_is_stronger_than_it_must_be() {
    use phach::platform::admin;
    use phach::platform::db::Login;
    use phach::platform::secret::Secret;
    let app = TestApp::spawn().await;
    let secret = Secret::load_or_create(&app.data.path().join("secret")).unwrap();
    let logins = admin::prepare_logins(&app.admin_url, &secret).await.unwrap();
    assert_eq!(admin::check_login(&logins.blind, Login::Blind).await.unwrap(), Vec::<String>::new());
    let blind = format!("phach_{}_blind", app.database);
    // Only what belongs to this database or this login: roles are shared with the other tests.
    for (change, undo, word) in [
        (format!("grant phach_slip_owner to {blind}"), format!("revoke phach_slip_owner from {blind}"), "may become phach_slip_owner"),
        (format!("grant phach_clerk to {blind}"), format!("revoke phach_clerk from {blind}"), "may become phach_clerk"),
        (format!("alter role {blind} superuser"), format!("alter role {blind} nosuperuser"), "SUPERUSER"),
        (format!("alter role {blind} bypassrls"), format!("alter role {blind} nobypassrls"), "BYPASSRLS"),
        ("grant select on named.entry to public".into(), "revoke select on named.entry from public".into(), "granted to PUBLIC"),
        ("create function blind.hole() returns int language sql as 'select 1'".into(), "drop function blind.hole()".into(), "open to PUBLIC"),
        ("alter table blind.paper no force row level security".into(), "alter table blind.paper force row level security".into(), "no forced row security"),
    ] {
        app.execute(&change).await;
        let found = admin::check_login(&logins.blind, Login::Blind).await.unwrap();
        assert!(found.iter().any(|l| l.contains(word)), "after «{change}»: {found:?}");
        app.execute(&undo).await;
    }
    assert_eq!(admin::check_login(&logins.blind, Login::Blind).await.unwrap(), Vec::<String>::new());
}
