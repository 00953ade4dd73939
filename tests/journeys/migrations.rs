//! Migrations go up, down and up again, also beside other databases of the same server, and for an administrator who is
//! no superuser.
use diesel_async::SimpleAsyncConnection;
use phach::platform::admin;

use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread")]
async fn migrations_go_down_to_nothing_and_up_again() {
    let app = TestApp::spawn().await;
    // the tests' own clock is in the way of going down
    app.execute("set role phach_owner; create or replace function phach.now() returns timestamptz language sql stable parallel safe as 'select now()'; drop table phach.test_clock; reset role").await;
    admin::migrate(&app.admin_url, true).await.unwrap();
    assert_eq!(app.ask("select count(*)::text as line from contest.contest").await, ["0"]);
    app.ask("select phach.now()::text as line").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_createrole_owner_of_the_database_can_migrate_and_prepare_the_logins() {
    let app = TestApp::spawn().await;
    let (role, database) = (format!("boss_{}", app.database), format!("{}_own", app.database));
    let mut conn = app.admin().await;
    conn.batch_execute(&format!("create role {role} login createrole nosuperuser")).await.unwrap();
    conn.batch_execute(&format!("create database {database} owner {role}")).await.unwrap();
    let url = app.admin_url.replace(&app.database, &database).replace("user=postgres", &format!("user={role}"));
    admin::migrate(&url, false).await.unwrap();
    let secret = phach::platform::secret::Secret::load_or_create(&app.data.path().join("secret")).unwrap();
    let logins = admin::prepare_logins(&url, &secret).await.unwrap();
    phach::app::refuse_strong_logins(&logins).await.unwrap();
    conn.batch_execute(&format!("drop database {database} with (force)")).await.unwrap();
    for side in ["named", "blind"] {
        conn.batch_execute(&format!("drop role phach_{database}_{side}")).await.unwrap();
    }
    conn.batch_execute(&format!("drop owned by {role}; drop role {role}")).await.unwrap();
}
