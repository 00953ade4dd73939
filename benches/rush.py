#!/usr/bin/env python3
"""The last minute before a deadline: 50 submissions a second for 60 s, each by another account, on a private and durable Postgres.

    cargo build --release && python3 benches/rush.py target/release/phach [a second] [seconds]

Prepared outside the measured minute: accounts with sessions, an entry each, its draft saved as the form saves it (every other one by a
200 kB file, the rest 2,000 words typed). In the measured minute each account presses the main button at an hour set beforehand,
whatever the answers before it take (open loop), and opens its receipt. Counted is the time from that hour to the answer. Afterwards
every receipt that was answered must stand in the database. Standard library and `psql`, as benches/figures.py.
"""
import hashlib, os, random, re, sys, threading, time

from figures import CROWD, SLUG, Crowd, Program, docx, hidden, prose, run, seed

THREADS = 128  # presses that may be under way at once: beyond it one waits, and its wait counts
P99 = 250  # ms


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


def prepare(program, people, rnd):
    """An entry for each, its draft as it stands before the last press; the fields of that press."""
    category = program.sql("select id from contest.category where 2000 between coalesce(min_words, 0) and coalesce(max_words, 99999) order by position limit 1")[0]
    files, texts, ready = [docx(rnd, 2_000, 200_000) for _ in range(4)], [prose(rnd, 2_000) for _ in range(4)], [None] * len(people)

    def one(v, i):
        where = v.post(f"/c/{SLUG}/entries", []).split("?")[0]
        page, by_file = v.get(where), i % 2 == 0
        fields = [("category", category), ("title", f"Một bài dự thi {i}"), ("name_1", "Nguyễn Thảo Miên"), ("email_1", ""),
                  ("by", "file" if by_file else "text"), ("text", "" if by_file else texts[i % 4])]
        v.multipart(where, [("revision", hidden(page, "revision")), *fields, ("do", "save")], (f"bai-{i}.docx", files[i % 4]) if by_file else None)
        page = v.get(where)
        ready[i] = (where, [("version", hidden(page, "version")), ("revision", hidden(page, "revision")), *fields, ("do", "submit")])
        v.s, _ = None, v.s.close()  # by the hour of the press the server has long closed what lay idle: each connects anew

    run(range(CROWD), people.each(one), range(len(people)))
    return ready


def rush(people, ready, rate):
    """Presses at their hours → milliseconds of each press, of each receipt, receipt numbers, errors, and the latest start."""
    numbers, lock, pressed, opened, receipts, wrong, late = iter(range(len(ready))), threading.Lock(), [], [], [], [], []
    start = time.perf_counter() + 1

    def work():
        while True:
            with lock:
                i = next(numbers, None)
            if i is None:
                return
            due = start + i / rate
            time.sleep(max(0, due - time.perf_counter()))
            late.append((time.perf_counter() - due) * 1000)
            try:
                where, fields = ready[i]
                receipt = people[i].multipart(where, fields)
                pressed.append((time.perf_counter() - due) * 1000)
                t = time.perf_counter()
                page = people[i].get(receipt)
                opened.append((time.perf_counter() - t) * 1000)
                receipts.append(re.search(r'class="receipt-no">([A-Z2-9-]+)<', page)[1].replace("-", ""))
            except Exception as e:  # noqa: BLE001: counted, and the rush goes on
                wrong.append(str(e)[:300])

    threads = [threading.Thread(target=work) for _ in range(THREADS)]
    [t.start() for t in threads], [t.join() for t in threads]
    return sorted(pressed), sorted(opened), receipts, wrong, max(late)


def at(took, share):
    return took[min(len(took) - 1, int(len(took) * share))] if took else float("nan")


def main():
    exe, rate, seconds = os.path.abspath(sys.argv[1]), float(sys.argv[2]) if len(sys.argv) > 2 else 50, float(sys.argv[3]) if len(sys.argv) > 3 else 60
    n, rnd, program = int(rate * seconds), random.Random(5), Program(exe)
    try:
        program.start()
        seed(program, n, 1, 1)
        people = Crowd(program, "gui", n)
        t = time.perf_counter()
        ready = prepare(program, people, rnd)
        print(f"prepared {n} drafts in {time.perf_counter() - t:.0f} s", flush=True)
        time.sleep(5)
        speed, before, cpu = calibrate(), machine(), program.cpu_ms()
        pressed, opened, receipts, wrong, late = rush(people, ready, rate)
        after, used = machine(), {k: v - cpu[k] for k, v in program.cpu_ms().items()}
        whole, idle, stolen = (b - a for a, b in zip(before, after))
        stored = set(program.sql("select receipt from named.version where received_at is not null"))
        assert set(receipts) <= stored and len(set(receipts)) == len(receipts), "a receipt that was answered does not stand in the database"
        cores = os.cpu_count()
        print(f"{rate:g}/s for {seconds:g} s on {cores} cores: {len(pressed)} of {n} answered, {len(wrong)} errors; press p50 {at(pressed, .5):.0f}, p95 {at(pressed, .95):.0f}, "
              f"p99 {at(pressed, .99):.0f}, slowest {at(pressed, 1):.0f} ms; receipt p50 {at(opened, .5):.0f}, p99 {at(opened, .99):.0f} ms; all {len(receipts)} receipts stand")
        print(f"CPU: program {used['program'] / n:.2f}, database {used['database'] / n:.2f} ms each; machine {100 * (1 - idle / whole):.0f} % busy, {100 * stolen / whole:.1f} % stolen, "
              f"load {os.getloadavg()[0]:.1f}; the driver began at most {late:.0f} ms late; SHA-256 of 64 MB {speed:.0f} then {calibrate():.0f} CPU-ms")
        for what in sorted(set(wrong))[:5]:
            print("error:", what)
        met = not wrong and len(pressed) == n and at(pressed, .99) <= P99
        print(f"p99 ≤ {P99} ms and no error: {'met' if met else 'MISSED'}")
        sys.exit(0 if met else 1)
    finally:
        program.end()


if __name__ == "__main__":
    main()
