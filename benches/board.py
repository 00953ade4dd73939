#!/usr/bin/env python3
"""The board's figures with 100,000 papers, 2,000 judges and 300,000 mark sheets: a judge's queue, the close, the standings, the seal.

    cargo build --release && python3 benches/board.py target/release/phach [entries] [judges]

What an assignment costs is measured by `cargo bench --bench deal`.
"""
import re, sys, time

from driver import CROWD, MARKING, Program, Visitor, arguments, measure, table

LOAD = 45
# ranking groups of a known size: a hundredth and a twentieth of all
SMALL = {"nhom-phatthanh": 100, "nhom-truyenhinh": 20}


def leave_few(program):
    """A judge who has not begun keeps 45 papers, 25 of them marked: the others lose their reader, as if their readings had been dealt anew and
    were excused."""
    judge = program.sql(f"""
      create temp table one as select a.judge, a.contest from blind.assignment a join contest.contest c on c.id = a.contest where c.slug = '{MARKING}' and a.state = 'open' and not a.third
        group by 1, 2 order by count(*) desc, 1 limit 1;
      select x.email from one join account.account x on x.id = one.judge""")[0]
    program.sql(f"""
      set session_replication_role = replica;
      create temp table over as select a.judge, a.paper, a.third, row_number() over (order by a.third, a.place) as n from blind.assignment a join account.account x on x.id = a.judge where x.email = '{judge}' and a.state = 'open';
      delete from blind.draft d using over o where d.judge = o.judge and d.paper = o.paper;
      delete from blind.assignment a using over o where o.n > {LOAD} and a.judge = o.judge and a.paper = o.paper;
      update blind.paper p set wanted = wanted - 1 from over o where o.n > {LOAD} and not o.third and p.code = o.paper;""")
    return judge.split("@")[0]


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
    while form := re.search(r'action="[^"]*/chair/ties"[^>]*>(.*?)</form>', chair.get(f"/c/{MARKING}/chair/standings"), re.S):
        fields = [(k, re.search(rf'name="{k}" value="([^"]*)"', form[1])[1]) for k in ("group", "level", "mark")]
        chair.post(f"/c/{MARKING}/chair/ties", [*fields, ("answer", "all_out"), ("reason", "Theo quy chế của cuộc thi.")])
        answered += 1
    return answered


def figures(program):
    n = program.entries
    program.sign_in("giam-khao-%", "truong-ban@%", "to-chuc-_@%")
    few = leave_few(program)
    full = "giam-khao-1"
    crowd = lambda who: [Visitor(program, f"key {who}@example.org") for _ in range(CROWD)]
    judges, busy, chairs = crowd(few), crowd(full), crowd("truong-ban")
    judge, chair, organizer = judges[0], chairs[0], Visitor(program, "key to-chuc-1@example.org")
    codes = program.sql(f"select a.paper from blind.assignment a join account.account x on x.id = a.judge where x.email = '{few}@example.org' and a.state = 'open' order by a.place")
    for code in codes[:LOAD - 20]:
        where = f"/c/{MARKING}/marking/{code}"
        names = re.findall(r'name="(mark_[^"]+)"', judge.get(where))
        judge.post(where, [*[(name, "15") for name in names], ("comment", ""), ("note", ""), ("do", "submit")])
    page = lambda label, who, path, times=2_000: measure(program, label, who, lambda v, _: v.get(f"/c/{MARKING}/{path}"), times)
    program.tidy()
    queue = page(f"a judge's queue of {LOAD} papers", judges, "marking", 8_000)
    page("a judge's queue of all that fell to one", busy, "marking")
    done = program.command("demo", "mark", MARKING)
    if done.returncode:
        sys.exit(done.stderr)
    closing = spent(program, lambda: chair.post(f"/c/{MARKING}/chair/closing", [("sure", "yes")]))
    print(f"the close: {closing}", flush=True)
    program.tidy()
    group = program.sql("select p.ranking_group || ' ' || count(*) from blind.paper p group by p.ranking_group order by count(*) desc limit 1")[0].split()
    whole_key = program.sql(f"select key from contest.ranking_group where id = '{group[0]}'")[0]
    chunk = [page(f"standings, {word}", chairs, f"chair/standings?group={whole_key}{more}") for word, more in (("behind place 100", "&from=100"), ("the middle", f"&from={int(group[1]) // 2}"), ("page 1 with its charts", ""))]
    whole = {n // part: page(f"all {n // part:,} rows", chairs, f"chair/standings?group={key}&all=1", 200) for key, part in SMALL.items()}
    ties = answer_ties(chair)
    proposing = spent(program, lambda: organizer.post(f"/c/{MARKING}/prizes", [("reserves", "3")]))
    sealing = spent(program, lambda: organizer.post(f"/c/{MARKING}/prizes/seal", [("sure", "yes")]))
    assert program.sql("select count(*) from blind.seal") == ["1"] and program.sql("select count(*) from blind.standing") == [str(n)]
    print(f"ties answered: {ties}; the proposal: {proposing}; the seal: {sealing}", flush=True)
    both = closing["wall"] + sealing["wall"]
    rows = [(f"marking queue, {LOAD} papers", f"{queue['cpu']:.2f} CPU-ms", "≤ 0.5", queue["cpu"] <= 0.5),
            (f"standings, 100 rows of {int(group[1]):,}", "; ".join(f"{c['cpu']:.2f}" for c in chunk) + " CPU-ms (page 2; the middle; page 1 with charts)", "≤ 1", max(c["cpu"] for c in chunk) <= 1)]
    rows += [(f"standings, all {size:,} rows", f"{w['cpu']:.1f} CPU-ms", f"≤ {most}", w["cpu"] <= most) for (size, w), most in zip(whole.items(), (5, 20))]
    return rows + [(f"closing and sealing {n:,} papers", f"{both:.1f} s ({closing['cpu']:.1f} + {sealing['cpu']:.1f} CPU-s)", "≤ 10 s", both <= 10)]


def main():
    program = Program(*arguments())
    try:
        program.start()
        table(f"{program.entries:,} papers, {program.judges:,} judges", figures(program))
    finally:
        program.end()


if __name__ == "__main__":
    main()
