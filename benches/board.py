#!/usr/bin/env python3
"""The board's figures with 100,000 papers, 2,000 judges and 300,000 mark sheets: a judge's queue, the close, the standings, the seal.

    cargo build --release && python3 benches/board.py target/release/phach [papers]

CPU is measured as benches/figures.py does, whose driver this uses: user and system time of the program and of its Postgres. What an
assignment costs is measured by `cargo bench --bench deal`.
"""
import datetime, os, re, sys, time

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
from figures import ROOT, SLUG, Program, Visitor, measure  # noqa: E402

JUDGES, READINGS, LOAD = 2000, 3, 45
# ranking groups of these sizes, and the rest
SMALL = {"nghin": 1_000, "nam-nghin": 5_000}


def contest_file(program):
    """The provincial contest with two more ranking groups, of one category each."""
    text = open(f"{ROOT}/contests/province.toml").read().replace("chinh-luan-tinh-2027", SLUG, 1)
    groups = "".join(f'[[ranking_group]]\nkey = "{key}"\nname = {{ vi = "Bảng {n}", en = "Group of {n}" }}\n\n' for key, n in SMALL.items())
    text = text.replace("[[category]]", groups + "[[category]]", 1)
    for category, group in zip(("phatthanh", "truyenhinh"), SMALL):
        text, n = re.subn(rf'(\[\[category\]\]\nkey = "{category}"\n(?:[^\[\n].*\n)*?ranking_group = )"chung"', rf'\1"{group}"', text)
        assert n == 1, category
    open(f"{program.folder}/contest.toml", "w").write(text)
    loaded = program.command("contest", "load", f"{program.folder}/contest.toml")
    if loaded.returncode:
        sys.exit(loaded.stderr)


def seed(program, n):
    """Entries taken and cut, papers dealt to all judges and marked by them; one judge has 45 papers and 20 of them still to read."""
    contest_file(program)
    few, many = SMALL.values()
    program.sql(f"""
      update contest.contest set opens_at = now() - interval '60 days', closes_at = now() - interval '30 days', intake_closes_at = now() - interval '30 days',
        queries_close_at = now() - interval '25 days', readers = {READINGS}, limit_per_category = null, limit_overall = null;
      insert into account.account(id, email, email_key, name, lang, password_hash, confirmed_at)
        select gen_random_uuid(), e, e, 'Người ' || e, 'vi', 'none', now() from (select 'cham' || i || '@example.org' e from generate_series(0, {JUDGES}) i
          union all select unnest(array['gui@example.org', 'truongban@example.org', 'toChuc@example.org'])) x;
      insert into account.session(key_hash, account) select sha256(convert_to('key ' || email, 'UTF8')), id from account.account where email !~ '^cham[1-9]' or email = 'cham{JUDGES}@example.org';
      select account.grant_hat(a.id, c.id, h.hat, null) from contest.contest c, (values ('cham%', 'judge'), ('truongban%', 'chair'), ('toChuc%', 'organizer')) h(who, hat)
        join account.account a on a.email like h.who;
      insert into blind.declaration(contest, judge, units, people, people_keys) select c.id, a.id, '{{}}', '{{}}', '{{}}' from account.account a, contest.contest c where a.email like 'cham%';
      create temp table j as select id, substr(email, 5, length(email) - 16)::int as n from account.account where email like 'cham%';
      create temp table p as select i, gen_random_uuid() as entry, phach.random_word(10) as code, k.contest, k.id as category, k.ranking_group, k.rubric
        from generate_series(1, {n}) i join contest.category k on k.key = case when i <= {few} then 'phatthanh' when i <= {few + many} then 'truyenhinh' else (array['tapchi', 'bao', 'clip'])[1 + i % 3] end;
      create temp table r as select i, code, contest, rubric, r, case when i between {few + many} + 1 and {few + many + LOAD} and r = 1 then {JUDGES} else (i * {READINGS} + r) % {JUDGES} end as judge,
          -- severe and mild judges, good and less good papers
          2000 + (abs(hashint4(i)) % 4500 + abs(hashint4(i * 7 + 1)) % 3000 + abs(hashint4((i * {READINGS} + r) % {JUDGES})) % 400) / 50 * 50 as total
        from p, generate_series(0, {READINGS - 1}) r;
      alter table named.entry disable trigger user; alter table blind.sheet disable trigger user; alter table blind.assignment disable trigger user;
      insert into named.entry(id, contest, account, state, number, version, category, title, authors_key, submitted_at, state_at, cut)
        select entry, contest, (select id from account.account where email = 'gui@example.org'), 'valid', i, 1, category, 'Bài ' || i, 'nguoi ' || i, now() - interval '40 days', now() - interval '40 days', true from p;
      insert into blind.paper(code, contest, category, ranking_group, title, body, wanted, marks, agreed, agreed_how)
        select code, contest, category, ranking_group, 'Bài ' || i, repeat('Thân bài của một bài dự thi. ', 330), {READINGS}, m.marks, m.mean, 'mean' from p
          join (select code, array_agg(total order by total) as marks, round(avg(total))::int as mean from r group by code) m using (code) join contest.contest c on c.id = contest;
      insert into slip.pair(entry, paper) select entry, code from p;
      insert into blind.assignment(judge, paper, contest, state, opened) select j.id, r.code, r.contest, 'marked', true from r join j on j.n = r.judge;
      insert into blind.sheet(judge, paper, contest, marks, total)
        select j.id, r.code, r.contest, (select jsonb_object_agg(c.key, r.total / 4) from contest.criterion c where c.rubric = r.rubric), r.total from r join j on j.n = r.judge;
      create temp table waiting as select judge, paper from blind.assignment where judge = (select id from j where n = {JUDGES}) order by place limit 20;
      delete from blind.sheet s using waiting w where s.judge = w.judge and s.paper = w.paper;
      update blind.assignment a set state = 'open', opened = false from waiting w where a.judge = w.judge and a.paper = w.paper;
      insert into blind.draft(judge, paper, contest, marks) select a.judge, a.paper, a.contest, '{{"van-phong": 1000}}' from blind.assignment a where a.state = 'open' order by a.place limit 1;
      alter table named.entry enable trigger user; alter table blind.sheet enable trigger user; alter table blind.assignment enable trigger user;""")
    program.sql("vacuum analyze;")


def spent(program, job):
    """CPU-s and wall s of one act."""
    before, t0 = program.cpu_ms(), time.perf_counter()
    job()
    wall = time.perf_counter() - t0
    after = program.cpu_ms()
    return {"wall": wall, "cpu": sum(after[k] - before[k] for k in ("program", "database")) / 1000}


def answer_ties(chair):
    """All out, for each tie that the page shows."""
    answered = 0
    while form := re.search(r'action="[^"]*/chair/ties"[^>]*>(.*?)</form>', chair.get(f"/c/{SLUG}/chair/standings"), re.S):
        fields = [(k, re.search(rf'name="{k}" value="([^"]*)"', form[1])[1]) for k in ("group", "level", "mark")]
        chair.post(f"/c/{SLUG}/chair/ties", [*fields, ("answer", "all_out"), ("reason", "Theo quy chế của cuộc thi.")])
        answered += 1
    return answered


def main():
    exe, n = os.path.abspath(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 100_000
    program = Program(exe)
    try:
        program.start()
        seed(program, n)
        judge, full, chair, organizer = (Visitor(program, f"key {who}@example.org") for who in (f"cham{JUDGES}", "cham0", "truongban", "toChuc"))
        page = lambda label, who, path, times=400: measure(program, label, [who], lambda v, _: v.get(f"/c/{SLUG}/{path}"), times)
        queue = page(f"a judge's queue of {LOAD} papers", judge, "marking")
        page(f"a judge's queue of {n * READINGS // JUDGES} papers", full, "marking")
        program.sql("set session_replication_role = replica; update blind.assignment set state = 'marked', opened = true where state = 'open'; delete from blind.draft;")
        closing = spent(program, lambda: chair.post(f"/c/{SLUG}/chair/closing", [("sure", "yes")]))
        print(f"the close: {closing}", flush=True)
        chunk = [page(f"standings, {word}", chair, f"chair/standings?group=chung{more}") for word, more in (("behind place 100", "&from=100"), ("the middle", f"&from={n // 2}"), ("page 1 with its charts", ""))]
        whole = {size: page(f"all {size:,} rows", chair, f"chair/standings?group={key}&all=1", 60) for key, size in SMALL.items()}
        ties = answer_ties(chair)
        proposing = spent(program, lambda: organizer.post(f"/c/{SLUG}/prizes", [("reserves", "3")]))
        sealing = spent(program, lambda: organizer.post(f"/c/{SLUG}/prizes/seal", [("sure", "yes")]))
        assert program.sql("select count(*) from blind.seal") == ["1"] and program.sql("select count(*) from blind.standing") == [str(n)]
        print(f"ties answered: {ties}; the proposal: {proposing}; the seal: {sealing}", flush=True)
    finally:
        program.end()
    both = closing["wall"] + sealing["wall"]
    rows = [(f"marking queue, {LOAD} papers", f"{queue['cpu']:.2f} CPU-ms", "≤ 0.5", queue["cpu"] <= 0.5),
            (f"standings, 100 rows of {n:,}", "; ".join(f"{c['cpu']:.2f}" for c in chunk) + " CPU-ms (page 2; the middle; page 1 with charts)", "≤ 1", max(c["cpu"] for c in chunk) <= 1)]
    rows += [(f"standings, all {size:,} rows", f"{w['cpu']:.1f} CPU-ms", f"≤ {most}", w["cpu"] <= most) for (size, w), most in zip(whole.items(), (5, 20))]
    rows += [(f"closing and sealing {n:,} papers", f"{both:.1f} s ({closing['cpu']:.1f} + {sealing['cpu']:.1f} CPU-s)", "≤ 10 s", both <= 10)]
    print(f"\n| {datetime.date.today()}, {n:,} papers, {JUDGES:,} judges | measured | target | |\n|---|---|---|---|")
    for label, got, target, hit in rows:
        print(f"| {label} | {got} | {target} | {'met' if hit else '**missed**'} |")


if __name__ == "__main__":
    main()
