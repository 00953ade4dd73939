#!/usr/bin/env python3
"""The desk's figures with 100,000 entries: a page of the queue at any filter, a search, a list taken away.

    cargo build --release && python3 benches/desk.py target/release/phach [entries]

CPU is measured as benches/figures.py does, whose driver this uses: user and system time of the program and of its Postgres.
"""
import datetime, http.client, os, sys, time, urllib.parse

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from figures import ROOT, SLUG, Program, Visitor, measure  # noqa: E402

FAMILY = "Nguyễn Trần Lê Phạm Hoàng Vũ Đặng Bùi Đỗ Ngô Dương Lý Phan Võ Trịnh Đinh".split()
GIVEN = "An Bình Cường Dũng Đức Giang Hà Hòa Khánh Linh Minh Nam Oanh Phúc Quân Sơn Thảo Uyên Vân Yến Trang Tùng Việt Xuân".split()
WORDS = ("đất nước nhân dân niềm tin con đường học tập quê hương ngày mai truyền thống trách nhiệm khát vọng cống hiến tuổi trẻ xây dựng bảo vệ nền tảng "
         "tư tưởng đổi mới sáng tạo đoàn kết phát triển văn hóa gia đình nhà trường xã hội").split()


def array(words):
    return "array[" + ",".join(f"'{w}'" for w in words) + "]"


def pick(words, salt):
    return f"({array(words)})[1 + (hashint4(i * 31 + {salt}) & 65535) % {len(words)}]"


def seed(program, n):
    """The provincial contest as shipped with 300 communes more, n entries in every state, one clerk with a session."""
    file = f"{program.folder}/contest.toml"
    open(file, "w").write(open(f"{ROOT}/contests/province.toml").read().replace("chinh-luan-tinh-2027", SLUG, 1))
    loaded = program.command("contest", "load", file)
    if loaded.returncode:
        sys.exit(loaded.stderr)
    titles = " || ' ' || ".join(pick(WORDS, s) for s in range(100, 106))
    program.sql(f"""
      update contest.contest set opens_at = now() - interval '40 days', closes_at = now() + interval '5 days', intake_closes_at = now() + interval '6 days',
        queries_close_at = now() + interval '9 days', limit_per_category = null, limit_overall = null;
      insert into contest.unit(id, contest, key, name_vi, name_en, parent, position)
        select gen_random_uuid(), c.id, 'them-' || i, 'Xã số ' || i, 'Commune ' || i, (select id from contest.unit where contest = c.id and parent is null order by position limit 1), 1000 + i
        from contest.contest c, generate_series(1, 300) i;
      insert into account.account(id, email, email_key, name, lang, password_hash, confirmed_at)
        select gen_random_uuid(), e, e, 'Người ' || e, 'vi', 'none', now() from (select 'gui' || i || '@example.org' e from generate_series(1, 2000) i union all select 'thuky@example.org') x;
      insert into account.session(key_hash, account) select sha256(convert_to('key ' || email, 'UTF8')), id from account.account where email = 'thuky@example.org';
      select account.grant_hat(a.id, c.id, 'clerk', null) from account.account a, contest.contest c where a.email = 'thuky@example.org';
      alter table named.entry disable trigger user;
      create temp table k as select id, row_number() over (order by position) - 1 as n, count(*) over () as of from contest.category;
      create temp table u as select id, row_number() over (order by position) - 1 as n, count(*) over () as of from contest.unit;
      create temp table a as select id, row_number() over (order by email) - 1 as n from account.account where email like 'gui%';
      create temp table e as select i, gen_random_uuid() as id, gen_random_uuid() as v, c.id as contest, k.id as category, u.id as unit, a.id as account,
          {pick(FAMILY, 1)} || ' ' || {pick(GIVEN, 2)} || ' ' || {pick(GIVEN, 3)} as name, {titles} || case when i % 5000 = 77 then ' kỳ lạ hiếm thấy' else '' end as title,
          ({array(['waiting'] * 8 + ['valid'] * 8 + ['refused'] * 2 + ['queried', 'withdrawn'])})[1 + (hashint4(i + 9) & 65535) % 20] as state
        from generate_series(1, {n}) i join contest.contest c on true join k on k.n = (hashint4(i + 5) & 65535) % k.of join a on a.n = (hashint4(i + 6) & 65535) % 2000
          left join u on u.n = (hashint4(i + 7) & 65535) % u.of and i % 3 > 0;
      insert into named.entry(id, contest, account, state, number, version, category, unit, title, authors_key, submitted_at, state_at, due_at, flags)
        select id, contest, account, state, i, 1, category, unit, title, phach.fold(name), now() - ({n} - i) * interval '30 seconds', now() - ({n} - i) * interval '20 seconds',
          case when state = 'queried' then now() + (i % 9) * interval '1 day' end, case when i % 50 = 0 then 1 when i % 777 = 0 then 16 else 0 end from e order by i;
      insert into named.version(id, entry, contest, account, n, category, unit, title, body, words, sha256, receipt, received_at)
        select v, id, contest, account, 1, category, unit, title, repeat('Thân bài của một bài dự thi. ', 30), 1500 + i % 900, sha256(i::text::bytea), phach.random_word(16), now() from e order by i;
      insert into named.author(version, position, contest, account, name, birth_year, email, email_key, phone)
        select v, 1, contest, account, name, 1950 + i % 60, 'tacgia' || i || '@example.org', 'tacgia' || i || '@example.org', '+84 9' || lpad(i::text, 8, '0') from e order by i;
      insert into named.author(version, position, contest, account, name) select v, 2, contest, account, name || ' Em' from e where i % 4 = 0 order by i;
      insert into named.screening(id, entry, contest, version, verdict, reason) select gen_random_uuid(), id, contest, 1, case state when 'queried' then 'query' when 'refused' then 'refused' else 'valid' end,
        case when state in ('queried', 'refused') then 'Mời bạn xem lại tên bài và độ dài.' else '' end from e where state in ('queried', 'refused', 'valid');
      insert into named.flag(entry, contest, kind) select id, contest, case flags when 1 then 'same-person' else 'mail-failed' end from named.entry where flags <> 0;
      insert into named.search(entry, contest, key) select id, contest, ' ' || title_key || ' / ' || authors_key from named.entry;
      insert into named.counter(contest, category, state, cut, backend, n) select contest, category, state, cut, 0, count(*) from named.entry group by 1, 2, 3, 4;
      alter table named.entry enable trigger user;""")
    program.sql("vacuum analyze;")


def pages(program, n):
    """What is asked for → a page; each filter at its first page, its 900th place and its end."""
    one = lambda sql: program.sql(sql)[0]
    category = one("select id from contest.category order by position desc limit 1")
    commune = one("select id from contest.unit where key = 'them-7'")
    root = one("select parent from contest.unit where key = 'them-7'")
    far = 900 * 50 if n > 50_000 else n // 2
    oldest = one(f"select (extract(epoch from state_at) * 1000000)::bigint || '&from=' || number from named.entry where state = 'waiting' and number >= {far} order by state_at, number limit 1")
    return {
        "waiting, page 1": "", "waiting, place 900": f"from={far}", "waiting, the page before": f"before={far}", "waiting, the end": "last=1",
        "all, page 1": "state=all", "all, place 900": f"state=all&from={far}", "valid, place 900": f"state=valid&from={far}", "withdrawn": "state=withdrawn",
        "queried by day": "state=queried&sort=due", "longest wait first": "sort=since", "longest wait first, place 900": f"sort=since&at={oldest}",
        "category": f"category={category}", "category, all, place 900": f"state=all&category={category}&from={far}", "category, queried": f"state=queried&category={category}",
        "a commune": f"unit={commune}", "a commune, queried": f"unit={commune}&state=queried", "a unit with 300 under it": f"unit={root}", "the same, place 900": f"unit={root}&from={far}",
        "no unit": "unit=none", "in doubt": "flag=any", "in doubt, one kind": "flag=mail-failed", "in doubt, queried": "flag=mail-failed&state=queried",
        "waited 14 days": "waited=14", "commune, category, doubt": f"unit={commune}&category={category}&flag=any&state=all",
    }


SEARCHES = ["nguyen", "Nguyễn Đức Sơn", "kỳ lạ hiếm thấy", "dinh viet xuan", "an", "zz", "khong co ai ca", "niềm tin", "van hoa gia dinh", "le", "77777", "uyen tung em", "trach nhiem khat", "ly", "x", "ABCDEFGHJKLMNPQR"]


def take(program, form, n):
    """A list is taken away: CPU-s, wall s, and the peak of the program's memory beside what it was before."""
    before, t0 = program.cpu_ms(), time.perf_counter()
    rest = program.pss_mb()
    open(f"/proc/{program.process.pid}/clear_refs", "w").write("5")
    c = http.client.HTTPConnection("127.0.0.1", program.port, timeout=120)
    body = urllib.parse.urlencode({"form": form})
    c.request("POST", f"/c/{SLUG}/desk/export?state=all", body, {"Cookie": "phach=key thuky@example.org", "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"})
    r, size = c.getresponse(), 0
    assert r.status == 200, r.status
    while block := r.read(1 << 16):
        size += len(block)
    wall = time.perf_counter() - t0
    peak = next(int(line.split()[1]) for line in open(f"/proc/{program.process.pid}/status") if line.startswith("VmHWM")) / 1024
    cpu = {k: (v - before[k]) / 1000 for k, v in program.cpu_ms().items()}
    total = cpu["program"] + cpu["database"]
    print(f"{form}, {n:,} lines, {size / 1e6:.1f} MB: {total:.2f} CPU-s (program {cpu['program']:.2f}, database {cpu['database']:.2f}), {wall:.1f} s, peak {peak:.1f} MB ({rest:.1f} before)", flush=True)
    return {"cpu": total, "peak": peak, "rest": rest, "wall": wall}


def main():
    exe, n = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    program = Program(exe)
    try:
        program.start()
        seed(program, n)
        clerk = Visitor(program, "key thuky@example.org")
        times = 200
        asked = pages(program, n)
        for query in asked.values():
            clerk.get(f"/c/{SLUG}/desk?{query}")
        time.sleep(3)
        found = [(name, measure(program, name, [clerk], lambda v, _, q=query: v.get(f"/c/{SLUG}/desk?{q}"), times)) for name, query in asked.items()]
        words = [urllib.parse.urlencode({"state": "all", "q": q}) for q in SEARCHES]
        searches = [(q, measure(program, f"search «{q}»", [clerk], lambda v, _, q=w: v.get(f"/c/{SLUG}/desk?{q}"), 60)) for q, w in zip(SEARCHES, words)]
        lists = {form: take(program, form, n) for form in ("csv", "xlsx")}
    finally:
        program.end()
    page, search = max(found, key=lambda f: f[1]["cpu"]), max(searches, key=lambda f: f[1]["cpu"])
    mean = lambda rows: sum(r["cpu"] for _, r in rows) / len(rows)
    rows = [("desk queue page, any filter, page 1 or 900", f"{mean(found):.2f} CPU-ms in the mean, at most {page[1]['cpu']:.2f} ({page[0]})", "≤ 2", page[1]["cpu"] <= 2),
            ("search without accents", f"{mean(searches):.2f} CPU-ms in the mean, at most {search[1]['cpu']:.2f} («{search[0]}»)", "≤ 10", search[1]["cpu"] <= 10)]
    rows += [(f"{form.upper()} of {n:,} lines", f"{r['cpu']:.2f} CPU-s, peak {r['peak']:.0f} MB", "≤ 3 CPU-s, ≤ 50 MB", r["cpu"] <= 3 and r["peak"] <= 50) for form, r in lists.items()]
    print(f"\n| {datetime.date.today()}, {n:,} entries | measured | target | |\n|---|---|---|---|")
    for label, got, target, hit in rows:
        print(f"| {label} | {got} | {target} | {'met' if hit else '**missed**'} |")


if __name__ == "__main__":
    main()
