#!/usr/bin/env python3
"""The desk's figures with 100,000 entries: a page of the queue at any filter, a search, a list taken away.

    cargo build --release && python3 benches/desk.py target/release/phach [entries] [judges]
"""
import http.client, time, urllib.parse

from driver import CROWD, OPEN, Program, Visitor, arguments, measure, table

def pages(program, n):
    """What is asked for → a page; each filter at its first page, its 900th place and its end."""
    contest = program.sql(f"select id from contest.contest where slug = '{OPEN}'")[0]
    one = lambda sql: program.sql(sql.replace(" where ", f" where contest = '{contest}' and ", 1))[0]
    category = one("select id from contest.category where true order by position desc limit 1")
    commune = one("select id from contest.unit where key = 'don-vi-67'")  # a school under the first agency, which has 240
    root = one("select parent from contest.unit where key = 'don-vi-67'")
    far = 900 * 50 if n > 50_000 else n // 2
    oldest = one(f"select (extract(epoch from state_at) * 1000000)::bigint || '&from=' || number from named.entry where state = 'waiting' and number >= {min(far, n * 9 // 10)} order by state_at, number limit 1")
    return {
        "waiting, page 1": "", "waiting, place 900": f"from={far}", "waiting, the page before": f"before={far}", "waiting, the end": "last=1",
        "all, page 1": "state=all", "all, place 900": f"state=all&from={far}", "valid, place 900": f"state=valid&from={far}", "withdrawn": "state=withdrawn",
        "queried by day": "state=queried&sort=due", "longest wait first": "sort=since", "longest wait first, place 900": f"sort=since&at={oldest}",
        "category": f"category={category}", "category, all, place 900": f"state=all&category={category}&from={far}", "category, queried": f"state=queried&category={category}",
        "a commune": f"unit={commune}", "a commune, queried": f"unit={commune}&state=queried", "a unit with 240 under it": f"unit={root}", "the same, place 900": f"unit={root}&from={far}",
        "no unit": "unit=none", "in doubt": "flag=any", "in doubt, one kind": "flag=mail-failed", "in doubt, queried": "flag=mail-failed&state=queried",
        "waited 14 days": "waited=14", "commune, category, doubt": f"unit={commune}&category={category}&flag=any&state=all",
    }


SEARCHES = ["nguyen", "Nguyễn Đức Sơn", "một buổi sáng", "dang viet xuan", "an", "zz", "khong co ai ca", "ngoài chợ", "con duong ve nha", "le", "77777", "van anh tran", "cái quạt của bà", "ly", "x", "ABCDEFGHJKLMNPQR"]


def take(program, form, n):
    """A list is taken away: CPU-s, wall s, and the peak of the program's memory beside what it was before."""
    before, t0 = program.cpu_ms(), time.perf_counter()
    rest = program.pss_mb()
    open(f"/proc/{program.process.pid}/clear_refs", "w").write("5")
    c = http.client.HTTPConnection("127.0.0.1", program.port, timeout=120)
    body = urllib.parse.urlencode({"form": form})
    c.request("POST", f"/c/{OPEN}/desk/export?state=all", body, {"Cookie": "phach=key thu-ky-1@example.org", "Sec-Fetch-Site": "same-origin", "Content-Type": "application/x-www-form-urlencoded"})
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


def figures(program):
    n = program.entries
    program.sign_in("thu-ky-1@%")
    clerks = [Visitor(program, "key thu-ky-1@example.org") for _ in range(CROWD)]
    asked = pages(program, n)
    for query in asked.values():
        clerks[0].get(f"/c/{OPEN}/desk?{query}")
    program.tidy()
    found = [(name, measure(program, name, clerks, lambda v, _, q=query: v.get(f"/c/{OPEN}/desk?{q}"), 1_200)) for name, query in asked.items()]
    words = [urllib.parse.urlencode({"state": "all", "q": q}) for q in SEARCHES]
    searches = [(q, measure(program, f"search «{q}»", clerks, lambda v, _, q=w: v.get(f"/c/{OPEN}/desk?{q}"), 400)) for q, w in zip(SEARCHES, words)]
    lists = {form: take(program, form, n) for form in ("csv", "xlsx")}
    page, search = max(found, key=lambda f: f[1]["cpu"]), max(searches, key=lambda f: f[1]["cpu"])
    mean = lambda rows: sum(r["cpu"] for _, r in rows) / len(rows)
    rows = [("desk queue page, any of 24 filters, page 1 or place 900", f"{mean(found):.2f} CPU-ms in the mean, at most {page[1]['cpu']:.2f} ({page[0]})", "≤ 2", page[1]["cpu"] <= 2),
            ("search without accents", f"{mean(searches):.2f} CPU-ms in the mean, at most {search[1]['cpu']:.2f} («{search[0]}»)", "≤ 10", search[1]["cpu"] <= 10)]
    return rows + [(f"{form.upper()} of {n:,} lines", f"{r['cpu']:.2f} CPU-s, peak {r['peak']:.0f} MB", "≤ 3 CPU-s, ≤ 50 MB", r["cpu"] <= 3 and r["peak"] <= 50) for form, r in lists.items()]


def main():
    program = Program(*arguments())
    try:
        program.start()
        table(f"{program.entries:,} entries", figures(program))
    finally:
        program.end()


if __name__ == "__main__":
    main()
