//! A contest with everything in it that could betray somebody, led from the first entry to publication. Every entry comes
//! in a minute of its own and is decided in another, so that a minute would pair it; its number is like no other number.
use diesel_async::SimpleAsyncConnection;

use crate::hats::{ask, wear};
use crate::support::{Sent, TestApp};

/// Entries that become papers.
pub const N: usize = 14;
/// These were withdrawn and struck out after the cut.
pub const RETIRED: [usize; 2] = [3, 9];
/// Of these the first, because its author asked.
pub const WITHDRAWN: [usize; 1] = [3];
/// Of these a new text was given after the cut.
pub const AMENDED: [usize; 2] = [6, 12];
/// Of these a judge reported that the text shows who wrote it, the chair sent it to the desk, and the desk answered.
pub const REPORTED: [usize; 2] = [5, 8];
const CONTEST: &str = "01900000-0000-7000-8000-000000000001";
const CATEGORY: &str = "01900000-0000-7000-8000-000000000006";

/// Who looks: a hat, and an address that wears it.
pub const PEOPLE: [(&str, &str); 8] = [
    ("public", "nguoila@example.org"),
    ("contestant", "canary-mail-3@example.org"),
    ("clerk", "thuky@example.org"),
    ("judge", "gk1@example.org"),
    ("judge", "gk3@example.org"),
    ("chair", "khoa2@example.org"),
    ("organizer", "khoa1@example.org"),
    ("auditor", "giamsat@example.org"),
];

pub struct World {
    pub app: TestApp,
    /// Entry and its paper, as the administrator alone can read them, in the order of entry.
    pub pairs: Vec<(String, String)>,
}

impl World {
    /// To the middle of the marking: first marks in, one discrepancy, two recusals, a third mark.
    pub async fn marking() -> World {
        let app = TestApp::spawn().await;
        app.small_contest().await;
        app.execute(&format!("select named.next_number('{CONTEST}'); select setval('named.entry_no_{}', 70000)", CONTEST.replace('-', ""))).await;
        for (hat, email) in PEOPLE {
            if ["clerk", "chair", "organizer", "auditor"].contains(&hat) {
                app.official("nho", hat, "Quan Chức", email).await;
            }
        }
        app.person("Người Lạ", "nguoila@example.org").await;
        let mut world = World { app, pairs: vec![] };
        world.receive_and_screen().await;
        world.act("clerk", "thuky@example.org", &[format!("select slip.cut('{CATEGORY}')::text as line")]).await;
        world.pairs = world
            .app
            .ask("select p.entry || ' ' || p.paper as line from slip.pair p join named.entry e on e.id = p.entry order by e.number")
            .await
            .iter()
            .map(|l| l.split_once(' ').map(|(e, p)| (e.to_owned(), p.to_owned())).unwrap())
            .collect();
        assert_eq!(world.pairs.len(), N);
        world.mark().await;
        world.after_cut().await;
        world
    }

    pub async fn later(&self, minutes: usize) {
        self.app.execute(&format!("update phach.test_clock set shift = shift + interval '{minutes} minutes'")).await;
    }

    /// Under a hat, each statement must go through.
    pub async fn act(&self, hat: &str, email: &str, statements: &[String]) {
        let mut conn = wear(&self.app, hat, email).await;
        for sql in statements {
            ask(&mut conn, sql).await.unwrap_or_else(|e| panic!("{hat}: {sql}: {e}"));
        }
        conn.batch_execute("commit").await.unwrap();
    }

    async fn receive_and_screen(&self) {
        let mut ids = vec![];
        for i in 1..=N + 2 {
            let text = |what: &str| format!("canary-{what}-{i}x");
            let (author, email, title, pen, phone) =
                (format!("Họ Canary Tên{i}x"), format!("canary-mail-{i}@example.org"), format!("canarytitle{i}x"), text("pen"), format!("09{i:02}777{i:02}9"));
            let body = format!("canarytext{i}x mở đầu.\n\ncanarygone{i}x đoạn hai.");
            let sent = Sent {
                title: &title,
                author: &author,
                email: &email,
                body: &body,
                words: 3_300 + i32::try_from(i).unwrap(),
                unit: ["huyen", "truong", ""][i % 3],
                note: "",
                pen: &pen,
                phone: &phone,
            };
            self.later(7).await;
            if i == 5 || i == 6 {
                ids.push(self.posted(&sent, i == 6).await);
                continue;
            }
            ids.push(if i % 4 == 0 { self.app.received_file(sent, "read").await } else { self.app.received(sent.clone()).await });
        }
        let screen = |id: &str, version: usize, verdict: &str| format!("select named.screen('{id}', {version}, '{verdict}', 'canary-reason {id}')::text as line");
        for (i, id) in ids.iter().enumerate() {
            self.later(3).await;
            // the 2nd and 3rd are asked back and answer; the 15th is refused; the 16th withdraws
            let verdict = match i {
                1 | 2 => "query",
                14 => "refused",
                _ => "valid",
            };
            self.act("clerk", "thuky@example.org", &[screen(id, 1, verdict)]).await;
        }
        for i in [2, 3] {
            let (author, email, title, note) = (format!("Họ Canary Tên{i}x"), format!("canary-mail-{i}@example.org"), format!("canarytitle{i}x"), format!("canary-note-{i}x"));
            let body = format!("canarytext{i}x lần hai.");
            let answer = Sent { title: &title, author: &author, email: &email, body: &body, words: 3_300 + i, note: &note, unit: "huyen", pen: "", phone: "" };
            self.later(5).await;
            self.app.replaced(&ids[usize::try_from(i).unwrap() - 1], answer).await.unwrap();
            self.later(3).await;
            self.act("clerk", "thuky@example.org", &[screen(&ids[usize::try_from(i).unwrap() - 1], 2, "valid")]).await;
        }
        // guardians and answers, each an entry's own
        self.app
            .execute(
                "update named.author a set guardian = 'canary-guardian-' || left(md5(v.entry::text), 12), guardian_agrees = true from named.version v where v.id = a.version;
                 update named.version v set asked = jsonb_build_object('answers', jsonb_build_object('q', x.said)),
                     answers = jsonb_build_array(jsonb_build_object('declared', false, 'vi', 'Lớp?', 'en', 'Grade?', 'value_vi', x.said, 'value_en', x.said))
                   from (select id, 'canary-answer-' || left(md5(id::text), 12) as said from named.version) x where x.id = v.id",
            )
            .await;
        self.letters_and_corrections(&ids).await;
        self.act("contestant", "canary-mail-16@example.org", &[format!("select named.withdraw('{}')::text as line", ids[15])]).await;
        self.app.execute("update phach.test_clock set shift = shift + interval '4 days'; update account.session set seen_at = phach.now()").await;
    }

    /// One that came by post, written down by the desk; claimed by an account or by nobody.
    async fn posted(&self, sent: &Sent<'_>, claimed: bool) -> String {
        let (entry, version) = (uuid::Uuid::now_v7().to_string(), uuid::Uuid::now_v7().to_string());
        let s = serde_json::json!({ "seen": 0, "category": CATEGORY, "unit": null, "title": sent.title, "body": sent.body, "words": sent.words, "asked": {}, "note": "",
            "authors": [{ "position": 1, "name": sent.author, "pen_name": sent.pen, "email": sent.email, "email_key": sent.email, "phone": sent.phone, "guardian": "", "guardian_agrees": false }],
            "postmark": null, "arrived_at": "2026-01-01T00:00:00Z", "condition": "whole", "remark": format!("canary-remark-{}", sent.title) });
        let mut clerk = wear(&self.app, "clerk", "thuky@example.org").await;
        let code = ask(&mut clerk, &format!("select code as line from named.enter_post('{entry}', '{version}', '{s}')")).await.unwrap().concat();
        clerk.batch_execute("commit").await.unwrap();
        if claimed {
            self.app.person(sent.author, sent.email).await;
            self.act("contestant", sent.email, &[format!("select named.redeem_claim_code('{code}')::text as line")]).await;
        }
        entry
    }

    /// The 7th and 9th are written to elsewhere and corrected, the 10th and 11th have a co-author who objects: two of each, so that a kind of
    /// doubt is nobody's own.
    async fn letters_and_corrections(&self, ids: &[String]) {
        for n in [7, 9] {
            let (id, mail) = (&ids[n - 1], format!("canary-mail-{n}@example.org"));
            let author = serde_json::json!({ "name": format!("Họ Canary Tên{n}x"), "pen_name": format!("canary-newpen-{n}x"), "birth_year": null, "email": mail, "email_key": mail, "phone": "" });
            let acts = [
                format!("select named.note_came_back('{id}', '{mail}', 'canary-returned-{n}x')::text as line"),
                format!("select named.mend_contact('{id}', 'canary-mended-{n}@example.org', 'canary-mended-{n}@example.org', 'canary-mending-{n}x')::text as line"),
                format!("select named.correct_author('{id}', 1, 1, '{author}', 'canary-correcting-{n}x')::text as line"),
            ];
            self.act("clerk", "thuky@example.org", &acts).await;
        }
        for n in [10, 11] {
            let (id, name, mail) = (&ids[n - 1], format!("Họ Canary Coauthor{n}x"), format!("canary-coauthor-{n}@example.org"));
            self.app
                .execute(&format!(
                    "insert into named.coauthor(entry, contest, email_key, name, hash) values ('{id}', '{CONTEST}', '{mail}', '{name}', sha256('canary-link-{n}'));
                     insert into named.author(version, position, contest, account, name, email, email_key)
                       select v.id, 2, v.contest, v.account, '{name}', '{mail}', '{mail}' from named.version v where v.entry = '{id}';
                     select named.answer_coauthor(sha256('canary-link-{n}'), false, 'canary-objection-{n}x')"
                ))
                .await;
        }
    }

    /// Judges one and two read everything, three takes the third mark and sends two papers back.
    async fn mark(&self) {
        for n in 1..=3 {
            self.app.official("nho", "judge", &format!("Giám Khảo {n}"), &format!("gk{n}@example.org")).await;
        }
        let units = format!("select blind.declare(array(select id from contest.unit where key = 'truong' and contest = '{CONTEST}'), array['Họ Canary Tên99x'])::text as line");
        self.act("judge", "gk3@example.org", &[units]).await;
        let mut codes: Vec<&String> = self.pairs.iter().map(|(_, p)| p).collect();
        codes.sort();
        for (k, code) in codes.iter().enumerate() {
            for n in 1..=2 {
                self.app.assign(&format!("gk{n}@example.org"), code).await;
            }
            for n in 1..=2 {
                self.later(2).await;
                let gap = if k == 5 && n == 2 { 2_000 } else { 0 };
                self.act("judge", &format!("gk{n}@example.org"), &[sheet(code, 2_050 + 100 * k + gap, 3_000, &format!("nhanxet{n}y{k}y"))]).await;
            }
        }
        let third = |code: &str, third: bool| {
            format!("insert into blind.assignment(judge, paper, contest, third) select id, '{code}', '{CONTEST}', {third} from account.account where email_key = 'gk3@example.org'")
        };
        self.app.execute(&third(codes[5], true)).await;
        self.act("judge", "gk3@example.org", &[sheet(codes[5], 2_900, 3_000, "nhanxet3y5y")]).await;
        for code in &codes[6..8] {
            self.app.execute(&third(code, false)).await;
            self.act("judge", "gk3@example.org", &[format!("select blind.recuse('{code}', 'recognised')::text as line")]).await;
        }
        // one sheet is set aside and read again by the third judge
        let gk1 = self.app.ask("select id::text as line from account.account where email_key = 'gk1@example.org'").await.concat();
        self.later(2).await;
        self.act("chair", "khoa2@example.org", &[format!("select blind.set_aside('{}', '{gk1}', 'canary-aside-x')::text as line", codes[10])]).await;
        self.app.execute(&third(codes[10], false)).await;
        self.act("judge", "gk3@example.org", &[sheet(codes[10], 2_050 + 100 * 10, 3_000, "nhanxet3y10y")]).await;
        // A judge's order is random. Here nobody begins with the first entry or ends with the last one, for then the pages of
        // both would lack a "previous" or a "next": a coincidence, and no way to pair them.
        let places: Vec<String> = self.pairs.iter().enumerate().map(|(i, (_, code))| format!("('{code}', {})", (5 * i + 3) % self.pairs.len())).collect();
        // one statement, which leaves the rows as they lie
        self.app.execute(&format!("update blind.assignment a set place = v.place from (values {}) v(code, place) where a.paper = v.code", places.join(", "))).await;
    }

    /// One struck out, one withdrawn, two amended, one author corrected, each at a minute of its own; by night they pass.
    async fn after_cut(&self) {
        let id = |n: usize| self.pairs[n - 1].0.clone();
        let desk = async |statement: String| {
            self.later(11).await;
            self.act("clerk", "thuky@example.org", &[statement]).await;
        };
        desk(format!("select named.strike_out('{}', 'canary-struck-9x')::text as line", id(9))).await;
        self.later(3).await;
        self.act("contestant", "canary-mail-3@example.org", &[format!("select named.ask_withdrawal('{}')::text as line", id(3))]).await;
        desk(format!("select named.grant_withdrawal('{}')::text as line", id(3))).await;
        // asked for and not granted
        self.later(3).await;
        self.act("contestant", "canary-mail-7@example.org", &[format!("select named.ask_withdrawal('{}')::text as line", id(7))]).await;
        desk(format!("select named.settle_flag('{}', 'withdrawal-asked', 'canary-flag-7x')::text as line", id(7))).await;
        for n in AMENDED {
            desk(format!("select named.amend('{}', 0, 'masked', 'canarytitle{n}x', 'canarytext{n}x đã che.', 'canary-masked-{n}x')::text as line", id(n))).await;
        }
        self.repairs().await;
        self.reports().await;
        self.later(3).await;
        self.app.execute(&format!("select slip.recheck('{}')", id(1))).await;
        self.later(60).await;
        self.app.night().await;
        assert_eq!(self.app.ask("select count(*)::text as line from blind.paper where retired").await, ["2"]);
        for n in REPORTED {
            desk(format!("select named.answer_report('{0}', (select id from named.report where entry = '{0}'), 'mended')::text as line", id(n))).await;
        }
        self.later(60).await;
        self.app.night().await;
        assert_eq!(self.app.ask("select count(*)::text as line from blind.report_answer").await, ["2"]);
    }

    async fn reports(&self) {
        for n in REPORTED {
            let code = &self.pairs[n - 1].1;
            let judge = self.app.ask(&format!("select a.email_key as line from blind.assignment x join account.account a on a.id = x.judge where x.paper = '{code}' and x.state <> 'recused' order by 1 limit 1")).await.concat();
            self.later(11).await;
            self.act("judge", &judge, &[format!("select blind.report_paper('{code}', 'identity-seen', {n}, 'canary-report-{n}x')::text as line")]).await;
            self.later(11).await;
            self.act(
                "chair",
                "khoa2@example.org",
                &[format!("select blind.decide_report((select id from blind.reports() where code = '{code}'), 'desk', 'canary-sent-{n}x')::text as line")],
            )
            .await;
        }
    }

    /// The desk asks five authors for a repaired text: what those of the amended entries send is taken, the second's waits for the desk, the
    /// fourth has only looked at it, the eighth does nothing.
    async fn repairs(&self) {
        for n in AMENDED.into_iter().chain([2, 4, 8]) {
            let (id, mail) = (&self.pairs[n - 1].0, format!("canary-mail-{n}@example.org"));
            self.later(11).await;
            self.act("clerk", "thuky@example.org", &[format!("select named.ask_repair('{id}', 'canary-asking-{n}x', {n})::text as line")]).await;
            if n == 8 {
                continue;
            }
            let (repair, came) = (self.app.ask(&format!("select id::text as line from named.repair where entry = '{id}'")).await.concat(), uuid::Uuid::now_v7());
            let key = self.app.site.store.put(format!("canary-original-{n}x").into()).await.unwrap();
            let file = serde_json::json!({ "storage_key": key, "file_name": format!("canary-file-{n}x.docx"), "bytes": 41_000 + n,
                "sha256": phach::platform::secret::hex(&phach::platform::secret::sha256(mail.as_bytes())) });
            let s = serde_json::json!({ "body": format!("canarytext{n}x canaryrepair{n}x."), "words": 2, "typed": format!("canary-typed-{n}x"), "warnings": [], "file": file });
            self.later(3).await;
            self.act("contestant", &mail, &[format!("select named.keep_repaired('{id}', '{repair}', '{came}', '{s}')::text as line")]).await;
            if n == 4 {
                continue;
            }
            self.later(3).await;
            self.act("contestant", &mail, &[format!("select named.send_repaired('{id}', '{came}')::text as line")]).await;
            if AMENDED.contains(&n) {
                self.later(11).await;
                self.act("clerk", "thuky@example.org", &[format!("select named.take_repaired('{id}', '{repair}', '{came}', 1, 'canary-taking-{n}x')::text as line")]).await;
            }
        }
    }

    pub async fn seal(&self) {
        let codes: Vec<String> = AMENDED.iter().map(|n| self.pairs[n - 1].1.clone()).collect();
        let decided = |code: &String| format!("select blind.decide_reading('{code}', false, 'Văn bản không đổi nghĩa')::text as line");
        self.act("chair", "khoa2@example.org", &codes.iter().map(decided).collect::<Vec<_>>()).await;
        let close = ["select blind.close_round()::text as line".to_owned()];
        self.act("chair", "khoa2@example.org", &close).await;
        self.later(5).await;
        // opened again by two, and closed once more
        self.act("chair", "khoa2@example.org", &["select blind.ask_reopening('canary-reopening-x')::text as line".into()]).await;
        self.later(5).await;
        self.act("organizer", "khoa1@example.org", &["select blind.answer_reopening((select id from blind.open_reopening()), true)::text as line".into()]).await;
        self.later(5).await;
        self.act("chair", "khoa2@example.org", &close).await;
        self.later(5).await;
        self.act("organizer", "khoa1@example.org", &["select blind.propose(2)::text as line".into(), "select encode(blind.seal_ranking(), 'hex') as line".into()]).await;
    }

    /// Opens the winners' slips and publishes; the entries of the winners.
    pub async fn open_and_publish(&self) -> Vec<String> {
        let last4 = self.app.ask("select right(encode(sha256, 'hex'), 4) as line from blind.seal").await.concat();
        for holder in ["khoa1@example.org", "khoa2@example.org"] {
            self.act("public", holder, &[format!("select slip.turn_key('{last4}')::text as line")]).await;
        }
        self.act("organizer", "khoa1@example.org", &["select result.publish()::text as line".into()]).await;
        let winners = self.app.ask("select p.entry::text as line from result.opened o join slip.pair p on p.paper = o.code").await;
        assert_eq!(winners.len(), 3);
        winners
    }
}

fn sheet(code: &str, content: usize, form: usize, comment: &str) -> String {
    format!("insert into blind.sheet(paper, marks, comment) values ('{code}', '{{\"noi-dung\": {content}, \"hinh-thuc\": {form}}}', '{comment}') returning paper as line")
}
