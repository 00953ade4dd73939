#!/usr/bin/env python3
"""The last minute before a deadline: 50 submissions, 400 saves of drafts and 400 pages a second for 60 s, among 100,000 entries.

    cargo build --release && python3 benches/rush.py target/release/phach [entries] [judges] [a second] [seconds]

Prepared outside the measured minute, by the pages: for each who will submit an entry with its draft saved (every other one by a 200 kB
file, the rest 2,000 words typed), and for each who goes on writing an open draft. In the measured minute each submits at an hour set
beforehand, whatever the answers before it take (open loop), and opens the receipt; drafts are saved as the form does by itself, 2,000 words
each time, every writer each ten seconds; of the pages a half is asked for by visitors (the contest, the front page, signing in) and a half
by contestants (the form, the own list, a receipt). Counted is the time from the hour to the last byte of the answer. Afterwards every
receipt that was answered must stand in the database, and every draft as it was last acknowledged. Each kind of request has a process of
its own, whose connections stay open as those of a proxy do; what the driver itself takes of the two cores is said.
"""
import hashlib, multiprocessing, os, random, re, resource, sys, threading, time

from driver import CROWD, OPEN, Crowd, Program, Visitor, arguments, category_of, docx, hidden, prose, run, table

SAVES, PAGES = 400, 400  # a second
EVERY = 10  # seconds between two saves of a writer
LIMITS = {"submissions": 250, "saves": None, "pages": 50}  # ms, 99 in a hundred
WORKERS = {"submissions": 48, "saves": 40, "pages": 40}  # requests of a kind that may be under way: beyond it one waits, and its wait counts


def calibrate():
    """CPU-ms of SHA-256 over 64 MB, the best of three: how fast this machine is just now."""
    data, best = b"x" * (64 << 20), []
    for _ in range(3):
        t = time.process_time()
        hashlib.sha256(data).digest()
        best.append((time.process_time() - t) * 1000)
    return min(best)


def machine():
    """Jiffies: all, idle, stolen."""
    f = list(map(int, open("/proc/stat").readline().split()[1:9]))
    return sum(f), f[3], f[7]


class Draft:
    """Where an entry is written, by whom, and what its form sends."""

    def __init__(self, visitor, where, fields):
        self.visitor, self.where, self.fields, self.revision, self.lock = visitor, where, fields, 1, threading.Lock()


def prepare(program, senders, writers, rnd):
    """Drafts of those who will submit, and of those who go on writing."""
    category = category_of(program, OPEN, 2_000)
    files, texts = [docx(rnd, 2_000, 200_000) for _ in range(4)], [prose(rnd, 1_990) for _ in range(4)]
    program.sign_in("nguoi-gui-%")
    people = Crowd(program, [f"nguoi-gui-{i}" for i in range(senders + writers)])
    ready = [None] * len(people)

    def one(v, i):
        where = v.post(f"/c/{OPEN}/entries", []).split("?")[0]
        by_file = i % 2 == 0 and i < senders
        fields = [("category", category), ("title", f"Một bài dự thi {i}"), ("name_1", f"Trần Thảo Miên {i}"), ("year_1", "1990"), ("email_1", f"tran-mien-{i}@example.org"),
                  ("by", "file" if by_file else "text"), ("text", "" if by_file else f"{texts[i % 4]}\n\nTrang {i}.")]
        ready[i] = draft = Draft(v, where, fields)
        if i < senders:
            # no two works have one text: a comment at the end of the archive, as long as its last two bytes say
            file = (f"bai-{i}.docx", files[i % 4][:-2] + (12).to_bytes(2, "little") + b"%012d" % i) if by_file else None
            v.multipart(where, [("revision", "1"), *fields, ("do", "save")], file)
            page = v.get(where)
            draft.fields = [("version", hidden(page, "version")), ("revision", hidden(page, "revision")), *fields, ("do", "submit")]
        v.s, _ = None, v.s.close()

    run(range(CROWD), people.each(one), range(len(people)))
    return ready[:senders], ready[senders:]


def stream(kind, jobs, start, rate, out):
    """One process: the jobs at their hours → milliseconds each, errors, how late the driver began, what it cost, and what the jobs say."""
    numbers, lock, took, wrong, said, late = iter(range(len(jobs))), threading.Lock(), [], [], [], [0]

    def work():
        line = None
        while True:
            with lock:
                i = next(numbers, None)
            if i is None:
                return
            due = start + i / rate
            time.sleep(max(0, due - time.perf_counter()))
            late.append((time.perf_counter() - due) * 1000)
            try:
                visitor, act = jobs[i]
                mine = Visitor.of(visitor, line)
                answer = act(mine)
                took.append((time.perf_counter() - due) * 1000)
                said.append(answer)
                line = mine.s
            except Exception as e:  # noqa: BLE001: counted, and the rush goes on
                wrong.append(str(e)[:300])
                line = None

    threads = [threading.Thread(target=work) for _ in range(WORKERS[kind])]
    [t.start() for t in threads], [t.join() for t in threads]
    used = resource.getrusage(resource.RUSAGE_SELF)
    out.put((kind, sorted(took), wrong, max(late), used.ru_utime + used.ru_stime, said))


def submit(draft):
    def act(v):
        receipt = v.multipart(draft.where, draft.fields)
        return draft.where, receipt
    return draft.visitor, act


def save(draft):
    def act(v):
        with draft.lock:
            v.multipart(f"{draft.where}/draft", [("revision", str(draft.revision)), *draft.fields], expect=204)
            draft.revision = int(re.search(r"(?i)x-revision: (\d+)", v.answered)[1])
            return draft.where, draft.revision
    return draft.visitor, act


def look(visitor, path):
    return visitor, lambda v: len(v.get(path))


def pages(program, writers, n, rnd):
    """A half by visitors, a half by people who are signed in."""
    anybody = Visitor(program)
    receipts = program.sql(f"select a.email || ' ' || e.id from named.entry e join account.account a on a.id = e.account join contest.contest c on c.id = e.contest where c.slug = '{OPEN}' and e.state = 'waiting' limit 500")
    owners = [(Visitor(program, f"key {who}"), f"/c/{OPEN}/entries/{entry}/receipt") for who, entry in (line.split() for line in receipts)]
    public = [f"/c/{OPEN}", "/", "/sign-in"]
    jobs = []
    for i in range(n):
        draft = rnd.choice(writers)
        match i % 6:
            case 0 | 2 | 4:
                jobs.append(look(anybody, public[i % 6 // 2]))
            case 1:
                jobs.append(look(draft.visitor, draft.where))
            case 3:
                jobs.append(look(draft.visitor, f"/c/{OPEN}/entries"))
            case _:
                jobs.append(look(*rnd.choice(owners)))
    return jobs


def at(took, share):
    return took[min(len(took) - 1, int(len(took) * share))] if took else float("nan")


def figures(program, rate=50, seconds=60):
    rnd = random.Random(5)
    t = time.perf_counter()
    ready, writers = prepare(program, int(rate * seconds), SAVES * EVERY, rnd)
    print(f"prepared {len(ready)} to submit and {len(writers)} writers in {time.perf_counter() - t:.0f} s", flush=True)
    jobs = {"submissions": [submit(d) for d in ready], "saves": [save(writers[i % len(writers)]) for i in range(int(SAVES * seconds))],
            "pages": pages(program, writers, int(PAGES * seconds), rnd)}
    time.sleep(5)
    speed, before, cpu, out, start = calibrate(), machine(), program.cpu_ms(), multiprocessing.Queue(), time.perf_counter() + 2
    rates = {"submissions": rate, "saves": SAVES, "pages": PAGES}
    processes = [multiprocessing.Process(target=stream, args=(kind, jobs[kind], start, rates[kind], out)) for kind in jobs]
    [p.start() for p in processes]
    done = {kind: rest for kind, *rest in (out.get() for _ in processes)}
    [p.join() for p in processes]
    after, used = machine(), {k: v - cpu[k] for k, v in program.cpu_ms().items()}
    whole, idle, stolen = (b - a for a, b in zip(before, after))
    rows, driver = [], 0
    for kind, (took, wrong, late, cost, said) in done.items():
        driver += cost
        limit, asked = LIMITS[kind], len(jobs[kind])
        print(f"{kind}: {len(took)} of {asked} answered, {len(wrong)} errors; p50 {at(took, .5):.0f}, p95 {at(took, .95):.0f}, p99 {at(took, .99):.0f}, slowest {at(took, 1):.0f} ms; the driver began at most {late:.0f} ms late", flush=True)
        for what in sorted(set(wrong))[:5]:
            print("error:", what)
        rows.append((f"the last minute: {rates[kind]:g} {kind} a second", f"{len(took):,} of {asked:,} without an error, the slowest in a hundred within {at(took, .99):.0f} ms", f"≤ {limit} ms" if limit else "no error",
                     not wrong and len(took) == asked and (not limit or at(took, .99) <= limit)))
    received = {where.rsplit("/", 1)[1] for where, _ in done["submissions"][4]}
    stored = set(program.sql("select distinct v.entry from named.version v where v.received_at is not null"))
    saved = {}
    for where, revision in done["saves"][4]:
        saved[where.rsplit("/", 1)[1]] = max(revision, saved.get(where.rsplit("/", 1)[1], 0))
    kept = dict(line.split() for line in program.sql("select entry || ' ' || revision from named.draft"))
    lost = len(received - stored) + sum(int(kept[entry]) < revision for entry, revision in saved.items())
    cores = os.cpu_count()
    print(f"{len(received)} submissions and the drafts of {len(saved)} writers were acknowledged, {lost} are lost; machine of {cores} cores {100 * (1 - idle / whole):.0f} % busy, {100 * stolen / whole:.1f} % stolen; "
          f"CPU-s: program {used['program'] / 1000:.0f}, database {used['database'] / 1000:.0f}, reading {used['reading'] / 1000:.0f}, the driver {driver:.0f} of {cores * seconds:.0f}; SHA-256 of 64 MB {speed:.0f} then {calibrate():.0f} CPU-ms", flush=True)
    return rows + [("nothing acknowledged is lost", f"{lost} of {len(received) + len(saved):,}", "0", lost == 0)]


def main():
    program = Program(*arguments())
    try:
        program.start()
        table(f"{program.entries:,} entries", figures(program, *(float(a) for a in sys.argv[4:6])))
    finally:
        program.end()


if __name__ == "__main__":
    main()
