#!/usr/bin/env python3
"""The figures that README quotes: CPU-ms of the whole process tree with the database, requests a second, memory, start.

    cargo build --release && python3 benches/figures.py target/release/phach

Standard library only; `psql` (it comes with PostgreSQL) seeds people and papers. A data folder of its own under /tmp, its own
private and durable Postgres. CPU is user + system time of the program, of every process of its Postgres, and of the reading
children (shown apart), as the kernel accounts it in clock ticks; wall times and requests a second share the machine with this
driver.
"""
import datetime, hashlib, html, http.client, io, json, multiprocessing, os, random, re, resource, shutil, signal, socket, subprocess, sys, tempfile, threading, time, urllib.parse, zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TICK = os.sysconf("SC_CLK_TCK")
SLUG = "figures"
CROWD = 8  # requests under way at any moment
WORDS = ("đất nước nhân dân niềm tin con đường học tập quê hương ngày mai truyền thống trách nhiệm khát vọng cống hiến tuổi trẻ "
         "xây dựng bảo vệ nền tảng tư tưởng đổi mới sáng tạo đoàn kết phát triển văn hóa gia đình nhà trường xã hội").split()


# ---- processes -------------------------------------------------------------------------------------------------------
def stat_of(pid):
    return open(f"/proc/{pid}/stat").read().rsplit(") ", 1)[1].split()


def children():
    kids = {}
    for d in filter(str.isdigit, os.listdir("/proc")):
        try:
            kids.setdefault(int(stat_of(d)[1]), []).append(int(d))
        except (OSError, IndexError):
            pass
    return kids


def tree(root):
    kids, out, todo = children(), [root], [root]
    while todo:
        for pid in kids.get(todo.pop(), ()):
            out.append(pid), todo.append(pid)
    return out


def ticks(pid, fields):
    try:
        s = stat_of(pid)
        return sum(int(s[i]) for i in fields)
    except (OSError, IndexError):
        return 0


class Program:
    """The binary on a data folder, with its private Postgres."""

    def __init__(self, exe):
        self.exe = exe
        self.folder = tempfile.mkdtemp(prefix="phach-figures-", dir="/tmp")
        os.chmod(self.folder, 0o711)
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.env = {"PATH": os.environ["PATH"], "PHACH_DATA": f"{self.folder}/d", "PHACH_LISTEN": f"127.0.0.1:{self.port}", "PHACH_LOG": os.environ.get("PHACH_LOG", "info")}
        self.process = None

    def start(self):
        """Milliseconds from the start of the process to the last byte of the first page."""
        t = time.perf_counter()
        self.process = subprocess.Popen([self.exe, "serve"], env=self.env, stdin=subprocess.DEVNULL, stdout=open(f"{self.folder}/out", "w"), stderr=open(f"{self.folder}/log", "a"))
        while True:
            try:
                c = http.client.HTTPConnection("127.0.0.1", self.port)
                c.request("GET", "/")
                assert c.getresponse().status == 200
                return (time.perf_counter() - t) * 1000
            except OSError:
                if self.process.poll() is not None:
                    sys.exit(open(f"{self.folder}/log").read())
                time.sleep(0.002)

    def postmaster(self):
        return int(open(f"{self.folder}/d/postgres/data/postmaster.pid").readline())

    def sql(self, text):
        command = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-h", f"{self.folder}/d/postgres/run", "-p", "5432", "-U", "postgres", "phach"]
        done = subprocess.run(command, input=text, capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stderr)
        return done.stdout.split("\n")[:-1]

    def command(self, *arguments):
        return subprocess.run([self.exe, *arguments], env=self.env, capture_output=True, text=True)

    def cpu_ms(self):
        """Of the program, of its reading children (reaped), of Postgres."""
        app = ticks(self.process.pid, (11, 12))
        reader = ticks(self.process.pid, (13, 14)) + sum(ticks(p, (11, 12, 13, 14)) for p in tree(self.process.pid)[1:])
        db = sum(ticks(p, (11, 12)) for p in tree(self.postmaster())) + ticks(self.postmaster(), (13, 14))
        return {"program": app * 1000 / TICK, "reading": reader * 1000 / TICK, "database": db * 1000 / TICK}

    def pss_mb(self):
        return int(re.search(r"^Pss:\s+(\d+)", open(f"/proc/{self.process.pid}/smaps_rollup").read(), re.M)[1]) / 1024

    def end(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            self.process.wait()
        shutil.rmtree(self.folder, ignore_errors=True)


# ---- visitors --------------------------------------------------------------------------------------------------------
class Visitor:
    """One connection that stays open, with or without a session; bare sockets, so that the driver costs less than what it measures."""

    def __init__(self, program, key=None):
        self.port, self.s = program.port, None
        self.head = f"Host: 127.0.0.1:{program.port}\r\nAccept-Language: vi\r\nSec-Fetch-Site: same-origin\r\n" + (f"Cookie: phach={key}\r\n" if key else "")

    def ask(self, method, path, body=b"", kind="", expect=200):
        if not self.s:
            self.s = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self.s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        length = f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n" if method == "POST" else ""
        self.s.sendall(f"{method} {path.split('#')[0]} HTTP/1.1\r\n{self.head}{length}\r\n".encode() + body)
        got = self.s.recv(1 << 17)
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self.more()
        head = got[:end].decode("latin-1")
        left = int((re.search(r"(?i)content-length: (\d+)", head) or [0, 0])[1]) - (len(got) - end - 4)
        data = [got[end + 4:]]
        while left > 0:
            data.append(self.more())
            left -= len(data[-1])
        if int(head[9:12]) != expect:
            words = re.sub(r"<[^>]+>|\s+", " ", b"".join(data).decode())
            raise RuntimeError(f"{method} {path}: {head[:12]} {words[-900:]}")
        where = re.search(r"(?i)location: (\S+)", head)
        return where[1] if where else b"".join(data).decode()

    def more(self):
        got = self.s.recv(1 << 17)
        if not got:
            raise RuntimeError("the server closed the connection")
        return got

    def get(self, path):
        return self.ask("GET", path)

    def post(self, path, fields, expect=303):
        return self.ask("POST", path, urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded", expect)

    def multipart(self, path, fields, file=None, expect=303):
        b = "figures" + os.urandom(8).hex()
        body = b"".join(f'--{b}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'.encode() for k, v in fields)
        if file:
            body += f'--{b}\r\nContent-Disposition: form-data; name="file"; filename="{file[0]}"\r\nContent-Type: application/octet-stream\r\n\r\n'.encode() + file[1] + b"\r\n"
        return self.ask("POST", path, body + f"--{b}--\r\n".encode(), f"multipart/form-data; boundary={b}", expect)


class Crowd(list):
    """People with sessions; the i-th job is always the same person's."""

    def __init__(self, program, word, n):
        super().__init__(Visitor(program, f"key {word}{i}@example.org") for i in range(n))
        self.locks = [threading.Lock() for _ in self]

    def each(self, job):
        def turn(_, i):
            with self.locks[i % len(self)]:
                job(self[i % len(self)], i)
        return turn


def hidden(page, name):
    return re.search(rf'name="{name}"[^>]* value="([^"]*)"', page)[1]


def run(visitors, job, numbers):
    """The jobs of these numbers over so many threads → milliseconds each took."""
    numbers, lock, took, wrong = iter(numbers), threading.Lock(), [], []

    def work(v):
        while not wrong:
            with lock:
                i = next(numbers, None)
            if i is None:
                return
            t = time.perf_counter()
            try:
                job(v, i)
            except Exception as e:  # noqa: BLE001: the first error ends the run
                wrong.append(e)
            took.append((time.perf_counter() - t) * 1000)

    threads = [threading.Thread(target=work, args=(v,)) for v in visitors]
    [t.start() for t in threads], [t.join() for t in threads]
    if wrong:
        raise wrong[0]
    return sorted(took)


def measure(program, label, visitors, job, n):
    """n jobs over the visitors' threads, after a quarter as many unmeasured: each connection to Postgres plans its statements
    some times over before it keeps a plan → CPU-ms by part and job, jobs a second, median wall ms."""
    warm = n // 4
    run(visitors, job, range(warm))
    time.sleep(3)  # letters and record of the warm-up
    before, t0 = program.cpu_ms(), time.perf_counter()
    took = run(visitors, job, range(warm, n))
    wall = time.perf_counter() - t0
    time.sleep(3)  # what the measured jobs leave to the worker is theirs
    n -= warm
    cpu = {k: (v - before[k]) / n for k, v in program.cpu_ms().items()}
    result = {"label": label, "n": n, "cpu": cpu["program"] + cpu["database"], **cpu, "rate": n / wall, "median": took[len(took) // 2], "slowest": took[-1]}
    print(f"{label}: {result['cpu']:.3f} CPU-ms (program {cpu['program']:.3f}, database {cpu['database']:.3f}; reading apart {cpu['reading']:.3f}), "
          f"{result['rate']:.0f}/s, median {result['median']:.1f} ms, slowest {took[-1]:.0f} ms, n = {n}", flush=True)
    return result


def hammer(port, path, seconds, connections, out):
    """As many requests as go, on raw sockets: the driver must cost less than what it measures."""
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Language: vi\r\n\r\n".encode()
    socks = [socket.create_connection(("127.0.0.1", port)) for _ in range(connections)]
    size = 0
    for s in socks:
        s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    socks[0].sendall(request)
    got = socks[0].recv(65536)
    head, _, body = got.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200"), head
    length = int(re.search(rb"content-length: (\d+)", head, re.I)[1])
    while len(body) < length:
        body += socks[0].recv(65536)
    size, n, until, buffer = len(head) + 4 + length, 0, time.perf_counter() + seconds, bytearray(1 << 20)
    while time.perf_counter() < until:
        for s in socks:
            s.send(request)
        for s in socks:
            left = size
            while left > 0:
                left -= s.recv_into(buffer, left)
        n += len(socks)
    out.put((n, length))


# ---- the work --------------------------------------------------------------------------------------------------------
def prose(rnd, words):
    return "\n\n".join(" ".join(rnd.choice(WORDS) for _ in range(min(80, words - i))).capitalize() + "." for i in range(0, words, 80))


def docx(rnd, words, size):
    """A document with so many words, filled up to `size` bytes by a picture that does not compress."""
    text = "".join(f"<w:p><w:r><w:t>{html.escape(p)}</w:t></w:r></w:p>" for p in prose(rnd, words).split("\n\n"))
    main = f'<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>{text}</w:body></w:document>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("[Content_Types].xml", '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>')
        z.writestr("_rels/.rels", '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="a" '
                   'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>')
        z.writestr("word/document.xml", main)
        z.writestr("word/media/image1.png", rnd.randbytes(size - out.tell() - 2_000))
    return out.getvalue()


def seed(program, contestants, judges, papers):
    """The provincial contest as shipped, open now and without a limit; people with sessions; papers dealt to judges."""
    file = f"{program.folder}/contest.toml"
    text = open(f"{ROOT}/contests/province.toml").read().replace("chinh-luan-tinh-2027", SLUG, 1)
    open(file, "w").write(text)
    loaded = program.command("contest", "load", file)
    if loaded.returncode:
        sys.exit(loaded.stderr)
    program.sql(f"""
      update contest.contest set opens_at = now() - interval '1 day', closes_at = now() + interval '5 days', intake_closes_at = now() + interval '6 days',
        queries_close_at = now() + interval '7 days', limit_per_category = null, limit_overall = null;
      insert into account.account(id, email, email_key, name, lang, password_hash)
        select gen_random_uuid(), e, e, 'Người ' || e, 'vi', 'none' from (
          select 'gui' || i || '@example.org' e from generate_series(0, {contestants - 1}) i union all select 'cham' || i || '@example.org' from generate_series(0, {judges - 1}) i) x;
      insert into account.session(key_hash, account) select sha256(convert_to('key ' || email, 'UTF8')), id from account.account;
      select account.grant_hat(a.id, c.id, 'judge', null) from account.account a, contest.contest c where a.email like 'cham%';
      insert into blind.declaration(contest, judge, units, people, people_keys) select c.id, a.id, '{{}}', '{{}}', '{{}}' from account.account a, contest.contest c where a.email like 'cham%';
      insert into blind.paper(code, contest, category, ranking_group, title, body, wanted)
        select phach.random_word(10), k.contest, k.id, k.ranking_group, 'Bài ' || i, repeat('Thân bài của một bài dự thi. ', 330), 2
        from contest.category k, generate_series(1, {papers}) i where k.position = 1;
      insert into blind.assignment(judge, paper, contest)
        select a.id, p.code, p.contest from blind.paper p, account.account a where a.email = 'cham' || (abs(hashtext(p.code)) % {judges}) || '@example.org';
      analyze;""")


def anonymous(program, seconds):
    path, out = f"/c/{SLUG}", multiprocessing.Queue()
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


def submissions(program, contestants, n, rnd):
    """Opened, the form, one press with the file (as without a script), the receipt. The file is read meanwhile, in a child."""
    people = Crowd(program, "gui", contestants)
    files = [docx(rnd, 2_000, 200_000) for _ in range(8)]
    category = program.sql("select id from contest.category where 2000 between coalesce(min_words, 0) and coalesce(max_words, 99999) order by position limit 1")[0]

    def submit(v, i):
        where = v.post(f"/c/{SLUG}/entries", []).split("?")[0]
        page = v.get(where)
        fields = [("version", hidden(page, "version")), ("revision", hidden(page, "revision")), ("category", category), ("title", f"Một bài dự thi {rnd.random()}"),
                  ("name_1", "Nguyễn Thảo Miên"), ("email_1", ""), ("by", "file"), ("text", ""), ("do", "submit")]
        # no two works have one text: a comment at the end of the archive, as long as its last two bytes say
        file = files[i % len(files)] if i == 0 else files[i % len(files)][:-2] + (12).to_bytes(2, "little") + b"%012d" % i
        receipt = v.get(v.multipart(where, fields, (f"bai-{i}.docx", file)))
        if i == 0:
            sha = hashlib.sha256(files[0]).hexdigest()
            assert sha in re.sub(r"\s", "", re.sub(r"<[^>]+>", "", receipt)), "the receipt does not name the file's SHA-256"

    return measure(program, "a submission: form, 200 kB file with 2,000 words, receipt", range(CROWD), people.each(submit), n)


def marks(program, judges, n):
    mine = {i: program.sql(f"select a.paper from blind.assignment a join account.account x on x.id = a.judge where x.email = 'cham{i}@example.org' and a.state = 'open' limit {n // judges}") for i in range(judges)}
    work = [(i, code) for codes in zip(*mine.values()) for i, code in zip(mine, codes)]
    people = Crowd(program, "cham", judges)
    [v.get(f"/c/{SLUG}/marking") for v in people]  # connections open, sessions seen

    def mark(v, k):
        where = f"/c/{SLUG}/marking/{work[k][1]}"
        names = re.findall(r'name="(mark_[^"]+)"', v.get(where))
        v.post(where, [*[(name, "10,5") for name in names], ("comment", "Lập luận chặt chẽ."), ("note", ""), ("do", "submit")])

    return measure(program, "a mark sheet: form and post", range(CROWD), people.each(mark), len(work))


def sign_ins(program, n):
    v = Visitor(program)
    for i in range(n):
        v.post("/sign-up", [("name", f"Người {i}"), ("email", f"vao{i}@example.org"), ("password", "một câu dài dễ nhớ")])
    def sign_in(v, i):
        v.post("/sign-in", [("email", f"vao{i}@example.org"), ("password", "một câu dài dễ nhớ"), ("back", "")])
    return [measure(program, f"sign-in, {crowd} under way", [Visitor(program) for _ in range(crowd)], sign_in, n) for crowd in (1, 4)]


def one_hash(exe, n):
    """CPU-ms of one argon2id (19 MiB, 2 passes) by the same binary, alone and one after the other."""
    def cost(times):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([exe, "hash", "--times", str(times)], check=True, stdout=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        return (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1000
    return (cost(n + 1) - cost(1)) / n


def main():
    exe = os.path.abspath(sys.argv[1])
    scale = float(sys.argv[2]) if len(sys.argv) > 2 else 1.0
    rnd, program = random.Random(3), Program(exe)
    n = lambda whole: max(16, int(whole * scale) // 8 * 8)
    try:
        first = program.start()
        idle = program.pss_mb()
        seed(program, 16, 40, n(2_400))  # some 45 papers a judge
        page = anonymous(program, max(2, 8 * scale))
        entry = submissions(program, 16, n(1_000), rnd)
        mark = marks(program, 40, n(1_800))
        hashed = [one_hash(exe, 20)]
        signed = sign_ins(program, n(120))
        hashed.append(one_hash(exe, 20))
        time.sleep(15)  # threads that wait for files end after ten idle seconds
        rest = program.pss_mb()
        starts = []
        for _ in range(5):
            program.process.kill(), program.process.wait()
            starts.append(program.start())
        report(page, entry, mark, sum(hashed) / 2, signed, idle, rest, sorted(starts)[2], first)
    finally:
        program.end()


def report(page, entry, mark, hashed, sign_in, idle, rest, again, first):
    alone, signed = sign_in
    rows = [("anonymous public page", f"{page['cpu']:.3f} CPU-ms", "≤ 0.06", page["cpu"] <= 0.06, f"{page['rate']:,.0f}/s"),
            ("submission: form, 200 kB file with 2,000 words, receipt", f"{entry['cpu']:.2f} CPU-ms", "≤ 2.5", entry["cpu"] <= 2.5, f"{entry['rate']:,.0f}/s, reading apart {entry['reading']:.1f} ms"),
            ("mark sheet: form and post", f"{mark['cpu']:.2f} CPU-ms", "≤ 1.0", mark["cpu"] <= 1.0, f"{mark['rate']:,.0f}/s"),
            ("sign-in", f"{alone['cpu']:.1f} CPU-ms = {alone['cpu'] / hashed:.2f} × one argon2id ({hashed:.1f})", "≤ 1.1 ×", alone["cpu"] <= 1.1 * hashed,
             f"four at once {signed['cpu']:.1f} = {signed['cpu'] / hashed:.2f} ×, {signed['rate']:,.0f}/s"),
            ("memory at rest after load, without the database", f"{rest:.1f} MB", "≤ 30", rest <= 30, f"{idle:.1f} MB before"),
            ("first page after start, Postgres up", f"{again:.0f} ms", "≤ 100", again <= 100, f"{first / 1000:.1f} s with a new Postgres")]
    print(f"\n| {datetime.date.today()} | measured | target | | |\n|---|---|---|---|---|")
    for label, got, target, hit, more in rows:
        print(f"| {label} | {got} | {target} | {('met' if hit else '**missed**') if target else ''} | {more} |")


if __name__ == "__main__":
    main()
