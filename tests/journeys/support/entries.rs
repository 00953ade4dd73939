//! Entries as received, through the database's own functions, for journeys that begin at the desk.
use super::TestApp;

/// An entry to be received: of the small contest, unless said otherwise.
#[derive(Clone)]
pub struct Sent<'a> {
    pub title: &'a str,
    pub author: &'a str,
    pub email: &'a str,
    pub body: &'a str,
    pub words: i32,
    /// Key of the unit; empty: none.
    pub unit: &'a str,
    pub note: &'a str,
    pub pen: &'a str,
    pub phone: &'a str,
}

impl Default for Sent<'_> {
    fn default() -> Self {
        Sent {
            title: "Giữ lấy giờ mở cửa",
            author: "Hoàng Bảo Ngân",
            email: "ngan@example.org",
            body: "Đoạn một.\n\nĐoạn hai.",
            words: 150,
            unit: "",
            note: "",
            pen: "",
            phone: "",
        }
    }
}

fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "''"))
}

const CONTEST: &str = "01900000-0000-7000-8000-000000000001";

impl TestApp {
    async fn account_of(&self, name: &str, email: &str) -> String {
        self.execute(&format!(
            "insert into account.account(id, email, email_key, name, lang, password_hash) values (gen_random_uuid(), {0}, {0}, {1}, 'vi', 'none') on conflict do nothing",
            quoted(email),
            quoted(name)
        ))
        .await;
        self.ask(&format!("select id::text as line from account.account where email_key = {}", quoted(email))).await.concat()
    }

    /// The statements of a version and its receipt; the last one may refuse.
    async fn versioned(&self, entry: &str, sent: &Sent<'_>, attachment: Option<&str>) -> String {
        let account = self.account_of(sent.author, sent.email).await;
        let (title, author, email, note) = (quoted(sent.title), quoted(sent.author), quoted(sent.email), quoted(sent.note));
        let (body, words, file) = match attachment {
            Some(id) => ("null".into(), "null".into(), quoted(id)),
            None => (quoted(sent.body), sent.words.to_string(), "null".into()),
        };
        format!(
            "select set_config('phach.contest', '{CONTEST}', true), set_config('phach.account', '{account}', true);
             insert into named.version(id, entry, contest, account, category, unit, title, body, words, attachment, sha256, note)
               select '{{v}}', '{entry}', '{CONTEST}', '{account}', k.id, (select u.id from contest.unit u where u.contest = '{CONTEST}' and u.key = {unit}),
                 {title}, {body}, {words}, {file}, sha256(convert_to({text}, 'UTF8')), {note} from contest.category k where k.contest = '{CONTEST}' and k.key = 'bao';
             insert into named.author(version, position, contest, account, name, pen_name, email, email_key, phone)
               values ('{{v}}', 1, '{CONTEST}', '{account}', {author}, {pen}, {email}, {email}, {phone});
             select * from named.receive('{{v}}', '{entry}')",
            unit = quoted(sent.unit),
            // texts that nobody named are told apart, as texts are
            text = if sent.body == Sent::default().body { quoted(&format!("{} {} {}", sent.author, sent.title, sent.email)) } else { quoted(sent.body) },
            pen = quoted(sent.pen),
            phone = quoted(sent.phone)
        )
        .replace("{v}", &uuid::Uuid::now_v7().to_string())
    }

    /// Received; its id.
    pub async fn received(&self, sent: Sent<'_>) -> String {
        let (entry, account) = (uuid::Uuid::now_v7().to_string(), self.account_of(sent.author, sent.email).await);
        let sql = self.versioned(&entry, &sent, None).await;
        self.execute(&format!("insert into named.entry(id, contest, account) values ('{entry}', '{CONTEST}', '{account}'); {sql}")).await;
        entry
    }

    /// The same entry sent again; what Postgres refuses it by, if it does.
    pub async fn replaced(&self, entry: &str, sent: Sent<'_>) -> Result<(), String> {
        use diesel_async::SimpleAsyncConnection;
        let sql = self.versioned(entry, &sent, None).await;
        self.admin().await.batch_execute(&sql).await.map_err(|e| e.to_string())
    }

    /// Received by file, in this state of reading: pending | read | unreadable. The store holds its name.
    pub async fn received_file(&self, sent: Sent<'_>, state: &str) -> String {
        let (entry, file) = (uuid::Uuid::now_v7().to_string(), uuid::Uuid::now_v7().to_string());
        let account = self.account_of(sent.author, sent.email).await;
        let sql = self.versioned(&entry, &sent, Some(&file)).await;
        let name = format!("{} gửi.docx", sent.author);
        let key = self.site.store.put(name.clone().into()).await.unwrap();
        let (body, words, reason) = match state {
            "read" => (quoted(sent.body), sent.words.to_string(), "null"),
            "unreadable" => ("null".into(), "null".into(), "'pdf'"),
            _ => ("null".into(), "null".into(), "null"),
        };
        self.execute(&format!(
            "insert into named.entry(id, contest, account) values ('{entry}', '{CONTEST}', '{account}');
             insert into named.attachment(id, entry, contest, account, storage_key, file_name, bytes, sha256, state, reason, body, words, warnings)
               values ('{file}', '{entry}', '{CONTEST}', '{account}', '{key}', {name}, 2048, sha256(convert_to({name}, 'UTF8')), '{state}', {reason}, {body}, {words}, '[\"pictures\"]'); {sql}",
            name = quoted(&name)
        ))
        .await;
        entry
    }

    /// Nobody is signed out by the days a journey skips.
    pub async fn stay_signed_in(&self) {
        self.execute("update account.session set seen_at = phach.now()").await;
    }

    /// Another contest like the small one, with a category of its own and a clerk; slug `khac`.
    pub async fn another_contest(&self) -> super::Browser {
        self.execute(
            "set local role phach_owner;
             insert into contest.contest select (jsonb_populate_record(c, '{\"id\": \"01900000-0000-7000-8000-0000000000ff\", \"slug\": \"khac\"}')).* from contest.contest c where slug = 'nho';
             insert into contest.category select (jsonb_populate_record(k, '{\"id\": \"01900000-0000-7000-8000-0000000000fe\", \"contest\": \"01900000-0000-7000-8000-0000000000ff\"}')).*
               from contest.category k where k.key = 'bao'",
        )
        .await;
        self.official("khac", "clerk", "Thư Ký Khác", "thukykhac@example.org").await
    }
}
