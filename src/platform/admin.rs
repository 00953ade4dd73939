//! The administrator's part: migrations, the serving logins, and the check that `serve` makes before it starts.
use diesel::sql_types::{Array, Text};
use diesel::{QueryableByName, sql_query};
use diesel_async::{AsyncMigrationHarness, AsyncPgConnection, RunQueryDsl, SimpleAsyncConnection};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::db::{self, Login};
use super::secret::Secret;

pub const MIGRATIONS: EmbeddedMigrations = embed_migrations!("migrations");
const CHECK_LOGIN: &str = include_str!("check_login.sql");

/// Connection URLs of the two serving logins.
pub struct LoginUrls {
    pub named: String,
    pub blind: String,
}

#[derive(QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

/// Runs what is pending; with `back`, takes everything down first (tests, and a change of mind in development).
pub async fn migrate(url: &str, back: bool) -> Result<Vec<String>, String> {
    let conn = db::connect(url).await.map_err(|e| reaching(url, &e))?;
    tokio::task::spawn_blocking(move || {
        let mut harness = AsyncMigrationHarness::new(conn);
        if back {
            harness.revert_all_migrations(MIGRATIONS).map_err(|e| e.to_string())?;
        }
        let done = harness.run_pending_migrations(MIGRATIONS).map_err(|e| e.to_string())?;
        Ok(done.into_iter().map(|v| v.to_string()).collect())
    })
    .await
    .map_err(|e| e.to_string())?
}

/// A connection of the administrator's, for the few things outside any hat.
pub async fn connect(url: &str) -> Result<AsyncPgConnection, String> {
    db::connect(url).await.map_err(|e| reaching(url, &e))
}

fn reaching(url: &str, e: &diesel::ConnectionError) -> String {
    let parsed = url::Url::parse(url).ok();
    let host = parsed.as_ref().map_or("?".into(), |u| format!("{}{}", u.host_str().unwrap_or("local socket"), u.path()));
    format!("Postgres at {host} cannot be reached: {e}. Check DATABASE_URL.")
}

/// Makes or refreshes the two logins of this database: NOINHERIT before any GRANT, passwords from the secret file, sent
/// as SCRAM verifiers so that no log of the server ever holds one.
pub async fn prepare_logins(url: &str, secret: &Secret) -> Result<LoginUrls, String> {
    let mut conn = connect(url).await?;
    let name: Vec<Line> = sql_query("select current_database()::text as line").load(&mut conn).await.map_err(|e| e.to_string())?;
    let database = name.into_iter().next().map(|l| l.line).unwrap_or_default();
    let fits = !database.is_empty() && database.len() <= 40 && database.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
    if !fits {
        return Err(format!("the database's name «{database}» must be of a–z, 0–9 and _, at most 40 characters: the serving logins are named after it"));
    }
    for (side, login) in [("named", Login::Named), ("blind", Login::Blind)] {
        let role = format!("phach_{database}_{side}");
        let verifier = postgres_protocol::password::scram_sha_256(secret.derive(&role).as_bytes());
        let hats = db::roles_of(login);
        conn.batch_execute(&login_sql(&role, &database, &hats)).await.map_err(|e| format!("login {role}: {e}"))?;
        conn.batch_execute(&format!("alter role \"{role}\" login password '{verifier}'")).await.map_err(|e| format!("login {role}: {e}"))?;
    }
    conn.batch_execute(&format!("revoke connect, temporary on database \"{database}\" from public")).await.map_err(|e| e.to_string())?;
    let login_url = |side| url_of(url, secret, &database, &format!("phach_{database}_{side}"));
    Ok(LoginUrls { named: login_url("named")?, blind: login_url("blind")? })
}

/// A server that would forget acknowledged entries at a power cut is not served from.
pub async fn refuse_forgetful(url: &str) -> Result<(), String> {
    let mut conn = connect(url).await?;
    let off = "select name as line from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit') and setting = 'off' order by name";
    let found: Vec<Line> = sql_query(off).load(&mut conn).await.map_err(|e| e.to_string())?;
    let names: Vec<String> = found.into_iter().map(|l| l.line).collect();
    if names.is_empty() {
        return Ok(());
    }
    Err(format!("the Postgres server has {} off: at a power cut it would lose entries whose receipts were handed out. Switch it on, then start again.", names.join(", ")))
}

fn login_sql(role: &str, database: &str, hats: &[&str]) -> String {
    let list = hats.iter().map(|h| format!("'{h}'")).collect::<Vec<_>>().join(",");
    format!(
        "do $$ declare h text; begin
           begin create role \"{role}\" login noinherit nocreaterole nocreatedb; exception when duplicate_object or unique_violation then null; end;
           foreach h in array array[{list}] loop
             if not pg_has_role('{role}', h, 'MEMBER') then
               begin execute format('grant %I to %I', h, '{role}'); exception when unique_violation then null; end;
             end if;
           end loop;
         end $$;
         grant connect on database \"{database}\" to \"{role}\";"
    )
}

/// The administrator's URL with another login, and limits per connection without a round trip.
fn url_of(admin: &str, secret: &Secret, database: &str, role: &str) -> Result<String, String> {
    let (scheme, rest) = admin.split_once("://").ok_or("DATABASE_URL must begin with postgres://")?;
    let (place, query) = rest.split_once('?').unwrap_or((rest, ""));
    let authority = place.split_once('/').map_or(place, |(a, _)| a);
    let host = authority.rsplit_once('@').map_or(authority, |(_, h)| h);
    let kept: String =
        query.split('&').filter(|p| !p.is_empty() && !["user=", "password=", "options=", "dbname="].iter().any(|own| p.starts_with(own))).map(|p| format!("{p}&")).collect();
    // the search path of our functions: with another one, Postgres plans anew what a statement and a function share (the checks
    // of foreign keys above all)
    let options = "options=-c%20search_path%3Dpg_catalog%2Cpg_temp%20-c%20statement_timeout%3D15s%20-c%20idle_in_transaction_session_timeout%3D20s%20-c%20lock_timeout%3D8s";
    Ok(format!("{scheme}://{host}/{database}?{kept}user={role}&password={}&{options}", secret.derive(role)))
}

/// What is wrong with a serving login; `serve` starts only when nothing is.
pub async fn check_login(url: &str, login: Login) -> Result<Vec<String>, String> {
    let mut conn = connect(url).await?;
    let hats = db::roles_of(login);
    let found: Vec<Line> = sql_query(CHECK_LOGIN).bind::<Array<Text>, _>(hats).load(&mut conn).await.map_err(|e| e.to_string())?;
    Ok(found.into_iter().map(|l| l.line).collect())
}
