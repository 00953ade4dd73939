#!/usr/bin/env python3
"""The figures that README quotes: CPU-ms of the whole process tree with the database, requests a second, memory, start.

    cargo build --release && python3 benches/figures.py target/release/phach [entries] [judges]

Loads a demonstration at size (driver.py says how), then measures a visitor, a contestant and a judge, the desk (desk.py), the last minute
before a deadline (rush.py) and the board (board.py), one after the other on the same data. Each of the four can also be run by itself.
"""
import hashlib, multiprocessing, random, re, resource, subprocess, time

import board, desk, rush
from driver import CROWD, MARKING, OPEN, Crowd, Program, Visitor, arguments, category_of, docx, hammer, hidden, measure, table


def anonymous(program, seconds):
    path, out = f"/c/{OPEN}", multiprocessing.Queue()
    before = program.cpu_ms()
    drivers = [multiprocessing.Process(target=hammer, args=(program.port, path, seconds, 8, out)) for _ in range(2)]
    [d.start() for d in drivers]
    done = [out.get() for _ in drivers]
    [d.join() for d in drivers]
    n = sum(d[0] for d in done)
    cpu = {k: (v - before[k]) / n for k, v in program.cpu_ms().items()}
    result = {"label": "anonymous public page", "n": n, "cpu": cpu["program"] + cpu["database"], **cpu, "rate": n / seconds, "bytes": done[0][1]}
    print(f"{result['label']} ({done[0][1]} bytes): {result['cpu']:.4f} CPU-ms (program {cpu['program']:.4f}, database {cpu['database']:.4f}), {n / seconds:.0f}/s", flush=True)
    return result


def submissions(program, senders, n, rnd):
    """Opened, the form, one press with the file (as without a script), the receipt. The file is read meanwhile, in a child. Each is by another
    author: nobody may send more than the rules say."""
    program.sign_in("nguoi-gui-_@%", "nguoi-gui-__@%")
    people = Crowd(program, [f"nguoi-gui-{i}" for i in range(senders)])
    files = [docx(rnd, 2_000, 200_000) for _ in range(8)]
    category = category_of(program, OPEN, 2_000)

    def submit(v, i):
        where = v.post(f"/c/{OPEN}/entries", []).split("?")[0]
        page = v.get(where)
        fields = [("version", hidden(page, "version")), ("revision", hidden(page, "revision")), ("category", category), ("title", f"Một bài dự thi {rnd.random()}"),
                  ("name_1", f"Nguyễn Thảo Miên {i}"), ("year_1", "1990"), ("email_1", f"mien-{i}@example.org"), ("by", "file"), ("text", ""), ("do", "submit")]
        # no two works have one text: a comment at the end of the archive, as long as its last two bytes say
        file = files[i % len(files)] if i == 0 else files[i % len(files)][:-2] + (12).to_bytes(2, "little") + b"%012d" % i
        receipt = v.get(v.multipart(where, fields, (f"bai-{i}.docx", file)))
        if i == 0:
            sha = hashlib.sha256(files[0]).hexdigest()
            assert sha in re.sub(r"\s", "", re.sub(r"<[^>]+>", "", receipt)), "the receipt does not name the file's SHA-256"

    return measure(program, "a submission: form, 200 kB file with 2,000 words, receipt", range(CROWD), people.each(submit), n)


def marks(program, n):
    """The form of a sheet and its post, by judges who have not begun."""
    program.sign_in("giam-khao-%")
    waiting = program.sql("select substring(x.email from '[0-9]+') || ' ' || a.paper from blind.assignment a join account.account x on x.id = a.judge where a.state = 'open' and not a.third order by a.paper")
    mine = {}
    for judge, code in (line.split() for line in waiting):
        mine.setdefault(int(judge), []).append(code)
    mine = {judge: codes for judge, codes in mine.items() if len(codes) >= 20}
    people = Crowd(program, [f"giam-khao-{i}" for i in mine])
    work = [(v, code) for codes in zip(*mine.values()) for v, code in zip(people, codes)][:n]
    [v.get(f"/c/{MARKING}/marking") for v in people]  # connections open, sessions seen

    def mark(_, k):
        v, code = work[k]
        with people.locks[people.index(v)]:
            where = f"/c/{MARKING}/marking/{code}"
            names = re.findall(r'name="(mark_[^"]+)"', v.get(where))
            v.post(where, [*[(name, "10,5") for name in names], ("comment", "Lập luận chặt chẽ."), ("note", ""), ("do", "submit")])

    return measure(program, "a mark sheet: form and post", range(CROWD), mark, len(work))


def sign_ins(program, n):
    v = Visitor(program)
    for i in range(n):
        v.post("/sign-up", [("name", f"Người {i}"), ("email", f"vao{i}@example.org"), ("password", "một câu dài dễ nhớ")])
    while program.sql("select count(*) from mail.letter where sent_at is null and attempts = 0") != ["0"]:
        time.sleep(1)  # the letters to them are no part of it
    def sign_in(v, i):
        v.post("/sign-in", [("email", f"vao{i}@example.org"), ("password", "một câu dài dễ nhớ"), ("back", "")])
    # few enough that an address may: the throttle counts each
    return [measure(program, f"sign-in, {crowd} under way", [Visitor(program) for _ in range(crowd)], sign_in, n // crowd) for crowd in (1, 4)]


def one_hash(exe, n):
    """CPU-ms of one argon2id (19 MiB, 2 passes) by the same binary, alone and one after the other."""
    def cost(times):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([exe, "hash", "--times", str(times)], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000
    return (cost(n + 1) - cost(1)) / n


def people(program):
    """A visitor, a contestant, a judge; memory after them; starting again."""
    program.tidy()
    rnd, idle = random.Random(3), program.pss_mb()
    page = anonymous(program, 8)
    # before anything is sent: what the jobs have to do about a thousand new works for minutes is no part of a sign-in
    hashed = [one_hash(program.exe, 20)]
    alone, four = sign_ins(program, 360)
    hashed.append(one_hash(program.exe, 20))
    entry = submissions(program, 16, 1_000, rnd)
    mark = marks(program, 1_800)
    time.sleep(15)  # threads that wait for files end after ten idle seconds
    rest, starts = program.pss_mb(), []
    for _ in range(5):
        program.process.kill(), program.process.wait()
        starts.append(program.start())
    h, again = sum(hashed) / 2, sorted(starts)[2]
    return h, [
        ("anonymous public page", f"{page['cpu']:.3f} CPU-ms, {page['rate']:,.0f}/s", "≤ 0.06", page["cpu"] <= 0.06),
        ("submission: form, 200 kB file with 2,000 words, receipt", f"{entry['cpu']:.2f} CPU-ms = {entry['cpu'] / h:.2f} hashes, {entry['rate']:,.0f}/s; reading apart {entry['reading']:.1f} ms", "≤ 2.5", entry["cpu"] <= 2.5),
        ("mark sheet: form and post", f"{mark['cpu']:.2f} CPU-ms = {mark['cpu'] / h:.2f} hashes, {mark['rate']:,.0f}/s", "≤ 1.0", mark["cpu"] <= 1.0),
        ("sign-in", f"{alone['cpu'] / h:.2f} × one argon2id, four at once {four['cpu'] / h:.2f} ×, {four['rate']:,.0f}/s", "≤ 1.1 ×", alone["cpu"] <= 1.1 * h),
        ("memory at rest after load, without the database", f"{rest:.1f} MB, {idle:.1f} before", "≤ 30", rest <= 30),
        ("first page after start, Postgres up", f"{again:.0f} ms", "≤ 100", again <= 100)]


def main():
    exe, entries, judges = arguments()
    program = Program(exe, entries, judges)
    try:
        program.start()
        h, first = people(program)
        table(f"one argon2id {h:.1f} CPU-ms", first)
        parts = [desk.figures(program), rush.figures(program), board.figures(program)]
        table(f"{entries:,} entries, {judges:,} judges, one argon2id {h:.1f} CPU-ms", first + [row for rows in parts for row in rows])
    finally:
        program.end()


if __name__ == "__main__":
    main()
