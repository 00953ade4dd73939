//! Contests made straight in Postgres, for journeys that begin in the middle. What they write is what the pages write:
//! the same functions of the database, under the same owners.
use super::{Browser, TestApp};

/// A small contest: one category (100–5,000 syllables, 1–2 authors), rubric of content 60 and form 40 (step 0.5), two
/// readers, threshold 15.00, units `tinh` › `huyen` and `truong`, prizes 1 A, 2 B and one collective, two key holders
/// (khoa1@example.org, khoa2@example.org). It opened yesterday and closes tomorrow; queries close in three days.
pub struct Small {
    pub slug: String,
    pub id: String,
    pub category: String,
    pub group: String,
    pub unit_tinh: String,
    pub unit_huyen: String,
    pub unit_truong: String,
}

const SMALL: &str = r#"
set local role phach_owner;
select contest.create(jsonb_build_object(
 'id', '01900000-0000-7000-8000-000000000001', 'slug', 'nho', 'title_vi', 'Cuộc thi nhỏ', 'title_en', 'Small contest',
 'host_vi', 'Ban Tổ chức', 'host_en', 'The committee', 'summary_vi', 'Mời gửi bài.', 'summary_en', 'Send your essay.',
 'timezone', 'Asia/Ho_Chi_Minh', 'lang', 'vi', 'separation', 'strict',
 'opens_at', phach.now() - interval '1 day', 'closes_at', phach.now() + interval '1 day',
 'intake_closes_at', phach.now() + interval '2 days', 'queries_close_at', phach.now() + interval '3 days',
 'limit_per_category', 2, 'limit_overall', null, 'readers', 2, 'threshold', 1500, 'third', 'mean3',
 'rubrics', '[{"id":"01900000-0000-7000-8000-000000000002","contest":"01900000-0000-7000-8000-000000000001","key":"chung","name_vi":"Chung","name_en":"Common","step":50,"total":10000,"position":1}]'::jsonb,
 'criteria', '[{"id":"01900000-0000-7000-8000-000000000003","rubric":"01900000-0000-7000-8000-000000000002","key":"noi-dung","name_vi":"Nội dung","name_en":"Content","description_vi":"","description_en":"","max":6000,"position":1},
   {"id":"01900000-0000-7000-8000-000000000004","rubric":"01900000-0000-7000-8000-000000000002","key":"hinh-thuc","name_vi":"Hình thức","name_en":"Form","description_vi":"","description_en":"","max":4000,"position":2}]'::jsonb,
 'ranking_groups', '[{"id":"01900000-0000-7000-8000-000000000005","contest":"01900000-0000-7000-8000-000000000001","key":"chung","name_vi":"Bảng chung","name_en":"One group","total":10000,"position":1}]'::jsonb,
 'categories', '[{"id":"01900000-0000-7000-8000-000000000006","contest":"01900000-0000-7000-8000-000000000001","key":"bao","name_vi":"Báo","name_en":"Newspaper","kind":"text","min_words":100,"max_words":5000,"min_authors":1,"max_authors":2,"rubric":"01900000-0000-7000-8000-000000000002","ranking_group":"01900000-0000-7000-8000-000000000005","position":1}]'::jsonb,
 'units', '[{"id":"01900000-0000-7000-8000-000000000007","contest":"01900000-0000-7000-8000-000000000001","key":"tinh","name_vi":"Tỉnh đoàn","name_en":"Province","parent":null,"position":1},
   {"id":"01900000-0000-7000-8000-000000000008","contest":"01900000-0000-7000-8000-000000000001","key":"huyen","name_vi":"Huyện đoàn","name_en":"District","parent":"01900000-0000-7000-8000-000000000007","position":2},
   {"id":"01900000-0000-7000-8000-000000000009","contest":"01900000-0000-7000-8000-000000000001","key":"truong","name_vi":"Trường","name_en":"School","parent":null,"position":3}]'::jsonb,
 'prizes', '[{"id":"01900000-0000-7000-8000-00000000000a","contest":"01900000-0000-7000-8000-000000000001","key":"a","name_vi":"Giải A","name_en":"Prize A","kind":"individual","ranking_group":"01900000-0000-7000-8000-000000000005","level":1,"places":1,"amount":10000000,"currency":"VND","position":1},
   {"id":"01900000-0000-7000-8000-00000000000b","contest":"01900000-0000-7000-8000-000000000001","key":"b","name_vi":"Giải B","name_en":"Prize B","kind":"individual","ranking_group":"01900000-0000-7000-8000-000000000005","level":2,"places":2,"amount":5000000,"currency":"VND","position":2},
   {"id":"01900000-0000-7000-8000-00000000000c","contest":"01900000-0000-7000-8000-000000000001","key":"tap-the","name_vi":"Tập thể xuất sắc","name_en":"Outstanding collective","kind":"collective","ranking_group":null,"level":1,"places":1,"amount":null,"currency":null,"position":3}]'::jsonb,
 'key_holders', '[{"id":"01900000-0000-7000-8000-00000000000d","contest":"01900000-0000-7000-8000-000000000001","email_key":"khoa1@example.org","office_vi":"Trưởng Ban Tổ chức","office_en":"Head of the committee","position":1},
   {"id":"01900000-0000-7000-8000-00000000000e","contest":"01900000-0000-7000-8000-000000000001","email_key":"khoa2@example.org","office_vi":"Trưởng ban giám khảo","office_en":"Chair of the judges","position":2}]'::jsonb,
 'by_hand', '[{"contest":"01900000-0000-7000-8000-000000000001","position":1,"rule_vi":"Trao giải tại lễ.","rule_en":"Prizes are given at a ceremony."}]'::jsonb));
"#;

/// The small contest in a database that no spawned app serves.
pub async fn small_contest_at(admin_url: &str) {
    super::server::execute_at(admin_url, SMALL).await;
}

impl TestApp {
    pub async fn small_contest(&self) -> Small {
        self.execute(SMALL).await; // one implicit transaction
        let id = |n: &str| format!("01900000-0000-7000-8000-0000000000{n}");
        Small { slug: "nho".into(), id: id("01"), category: id("06"), group: id("05"), unit_tinh: id("07"), unit_huyen: id("08"), unit_truong: id("09") }
    }

    /// A person with an account, confirmed, who wears a hat in the contest; signed in.
    pub async fn official(&self, slug: &str, hat: &str, name: &str, email: &str) -> Browser {
        let known = self.ask(&format!("select id::text as line from account.account where email_key = '{email}'")).await;
        let browser = if known.is_empty() { self.person(name, email).await } else { self.browser() };
        if !known.is_empty() {
            browser.sign_in(email).await;
        }
        self.execute(&format!(
            "set local role phach_account_owner; update account.account set confirmed_at = phach.now() where email_key = '{email}';
             select account.grant_hat(a.id, c.id, '{hat}', null) from account.account a, contest.contest c where a.email_key = '{email}' and c.slug = '{slug}'"
        ))
        .await;
        browser
    }

    /// `n` valid entries of the small contest, each by an author of its own (tacgia<i>@example.org), unit by turns none,
    /// huyen and truong; then past the close of queries.
    pub async fn valid_entries(&self, n: u32) {
        self.execute(&format!(
            "do $$ declare i int; a uuid; e uuid; v uuid; u uuid; begin
               for i in 1..{n} loop
                 a := gen_random_uuid(); e := gen_random_uuid(); v := gen_random_uuid();
                 u := (array[null, '01900000-0000-7000-8000-000000000008', '01900000-0000-7000-8000-000000000009']::uuid[])[1 + i % 3];
                 insert into account.account(id, email, email_key, name, lang, password_hash) values
                   (a, 'tacgia' || i || '@example.org', 'tacgia' || i || '@example.org', 'Tác Giả ' || i, 'vi', 'none');
                 insert into named.entry(id, contest, account, state, number, version, category, unit, title, authors_key, submitted_at) values
                   (e, '01900000-0000-7000-8000-000000000001', a, 'valid', i, 1, '01900000-0000-7000-8000-000000000006', u, 'Tên bài ' || i, phach.fold('Tác Giả ' || i), phach.now());
                 insert into named.draft(entry, contest, account, category, unit, title, body) values
                   (e, '01900000-0000-7000-8000-000000000001', a, '01900000-0000-7000-8000-000000000006', u, 'Tên bài ' || i, 'Thân bài số ' || i);
                 insert into named.version(id, entry, contest, account, n, category, unit, title, body, words, sha256, receipt, received_at) values
                   (v, e, '01900000-0000-7000-8000-000000000001', a, 1, '01900000-0000-7000-8000-000000000006', u, 'Tên bài ' || i,
                    'Thân bài số ' || i || E'.\\n\\nĐoạn thứ hai.', 150, sha256(('x' || i)::bytea), phach.random_word(16), phach.now());
                 insert into named.author(version, position, contest, account, name, email, email_key) values
                   (v, 1, '01900000-0000-7000-8000-000000000001', a, 'Tác Giả ' || i, 'tacgia' || i || '@example.org', 'tacgia' || i || '@example.org');
               end loop;
             end $$; update phach.test_clock set shift = shift + interval '4 days'"
        ))
        .await;
    }

    /// As `valid_entries`, then cut by a clerk (thuky@example.org): the codes, in order.
    pub async fn cut_papers(&self, n: u32) -> Vec<String> {
        self.valid_entries(n).await;
        self.official("nho", "clerk", "Thư Ký", "thuky@example.org").await;
        self.execute("set local phach.account = ''; set local phach.contest = '01900000-0000-7000-8000-000000000001'; select slip.cut('01900000-0000-7000-8000-000000000006')")
            .await;
        self.ask("select code as line from blind.paper order by code").await
    }

    /// A judge of the small contest who has declared nothing to exclude.
    pub async fn judge(&self, name: &str, email: &str) -> Browser {
        let browser = self.official("nho", "judge", name, email).await;
        self.execute(&format!(
            "insert into blind.declaration(contest, judge, units, people, people_keys)
             select '01900000-0000-7000-8000-000000000001', id, '{{}}', '{{}}', '{{}}' from account.account where email_key = '{email}'"
        ))
        .await;
        browser
    }

    /// Gives a paper to a judge without the dealer, for journeys that begin at the mark sheet.
    pub async fn assign(&self, email: &str, code: &str) {
        self.execute(&format!(
            "insert into blind.assignment(judge, paper, contest) select a.id, '{code}', '01900000-0000-7000-8000-000000000001' from account.account a where a.email_key = '{email}'"
        ))
        .await;
    }
}
