#!/usr/bin/env python3
"""What the drivers here share: the program on a data folder at size, visitors, measuring. Standard library, and `psql` (it comes with
PostgreSQL) for sessions of people and for what is asked of the tables.

The data is made by the program itself, `phach demo load --entries N --judges N`: one contest open for submissions and one in marking. CPU is
user + system time of the program, of every process of its Postgres, and of the reading children (shown apart), as the kernel accounts it in
clock ticks; wall times and requests a second share the machine with the driver.
"""
import datetime, html, http.client, io, os, re, shutil, signal, socket, subprocess, sys, tempfile, threading, time, urllib.parse, zipfile

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
TICK = os.sysconf("SC_CLK_TCK")
OPEN, MARKING = "moi-nguoi-mot-trang", "nghin-trang-viet"  # the two contests
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
    """The binary on a data folder of its own under /tmp, with its private and durable Postgres, loaded at size. With PHACH_BENCH_FROM the data
    folder there, loaded before by the same command and stopped, is copied in place of loading."""

    def __init__(self, exe, entries, judges):
        self.exe, self.entries, self.judges = exe, entries, judges
        self.folder = tempfile.mkdtemp(prefix="phach-figures-", dir=os.environ.get("PHACH_BENCH_IN", "/tmp"))
        os.chmod(self.folder, 0o711)
        with socket.socket() as s:
            s.bind(("127.0.0.1", 0))
            self.port = s.getsockname()[1]
        self.env = {"PATH": os.environ["PATH"], "PHACH_DATA": f"{self.folder}/d", "PHACH_LISTEN": f"127.0.0.1:{self.port}", "PHACH_LOG": os.environ.get("PHACH_LOG", "info")}
        self.process = None
        t = time.perf_counter()
        if made := os.environ.get("PHACH_BENCH_FROM"):
            subprocess.run(["cp", "-a", made, f"{self.folder}/d"], check=True)
        else:
            done = subprocess.run([exe, "demo", "load", "--entries", str(entries), "--judges", str(judges)], env=self.env, stdin=subprocess.DEVNULL)
            if done.returncode:
                sys.exit(done.returncode)
        print(f"{entries:,} entries in each of two contests, {judges:,} judges: loaded in {time.perf_counter() - t:.0f} s", flush=True)

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

    def sign_in(self, *who):
        """Sessions for everybody whose address is like one of these: the key is said by the address."""
        like = " or ".join(f"email like '{w}'" for w in who)
        self.sql(f"insert into account.session(key_hash, account) select sha256(convert_to('key ' || email, 'UTF8')), id from account.account where {like} on conflict do nothing")

    def tidy(self):
        """After much was written at once: what Postgres would clean up in the minutes after it is done now, not while a page is measured."""
        self.sql("vacuum (analyze)")
        self.sql("checkpoint")

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

    @classmethod
    def of(cls, other, line):
        """The same person on a connection that somebody else has used, as a proxy's is; None: on a new one."""
        v = cls.__new__(cls)
        v.port, v.head, v.s = other.port, other.head, line
        return v

    def ask(self, method, path, body=b"", kind="", expect=200):
        if not self.s:
            self.s = socket.create_connection(("127.0.0.1", self.port), timeout=60)
            self.s.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        length = f"Content-Type: {kind}\r\nContent-Length: {len(body)}\r\n" if method == "POST" else ""
        self.s.sendall(f"{method} {path.split('#')[0]} HTTP/1.1\r\n{self.head}{length}\r\n".encode() + body)
        got = self.s.recv(1 << 17)
        while (end := got.find(b"\r\n\r\n")) < 0:
            got += self.more()
        head = self.answered = got[:end].decode("latin-1")
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

    def __init__(self, program, names):
        super().__init__(Visitor(program, f"key {name}@example.org") for name in names)
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


# ---- works ------------------------------------------------------------------------------------------------------------
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


def category_of(program, slug, words):
    """A category of a contest in which a work may have so many words."""
    return program.sql(f"select k.id from contest.category k join contest.contest c on c.id = k.contest where c.slug = '{slug}' and {words} between coalesce(min_words, 0) and coalesce(max_words, 99999) order by k.position limit 1")[0]


def arguments():
    """The binary, how many entries and judges."""
    numbers = [int(a) for a in sys.argv[2:4]]
    return os.path.abspath(sys.argv[1]), *(numbers + [100_000, 2_000][len(numbers):])


def table(head, rows):
    """Rows of label, figure, target, met."""
    print(f"\n| {datetime.date.today()}, {head} | measured | target | |\n|---|---|---|---|")
    for label, got, target, hit in rows:
        print(f"| {label} | {got} | {target} | {'met' if hit else '**missed**'} |", flush=True)
