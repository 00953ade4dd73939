// The real binary on a port and a data folder of its own, with its private Postgres; ended by SIGTERM.
import { spawn, execFile } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const BIN = process.env.PHACH_BIN;
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

function freePort() {
  return new Promise((done) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => done(port));
    });
  });
}

function psqlPath() {
  const packaged = "/usr/lib/postgresql";
  const folders = existsSync(packaged) ? readdirSync(packaged).map((v) => join(packaged, v, "bin")) : [];
  const found = [...process.env.PATH.split(":"), ...folders].map((f) => join(f, "psql")).find(existsSync);
  if (!found) throw new Error("psql is missing: it comes with the PostgreSQL server programs");
  return found;
}

export class Phach {
  /// Serves from an empty data folder, or with the demonstration in it; `firstLink` is the first organizer's of an empty one.
  static async start({ demonstration = false } = {}) {
    if (!BIN) throw new Error("PHACH_BIN names the program to test; bin/test sets it");
    const phach = new Phach();
    phach.data = mkdtempSync(join(process.env.PHACH_TEST_BASE ?? tmpdir(), "browser-"));
    chmodSync(phach.data, 0o755); // as root the server runs as another user, who must pass through
    phach.base = `http://127.0.0.1:${await freePort()}`;
    phach.env = { PATH: process.env.PATH, PHACH_DATA: phach.data, PHACH_LISTEN: phach.base.slice(7), PHACH_LOG: "warn" };
    if (demonstration) await run(BIN, ["demo", "load"], { env: phach.env });
    await phach.serve();
    await phach.bendTheClock();
    return phach;
  }

  async serve() {
    this.said = "";
    this.process = spawn(BIN, ["serve"], { env: this.env });
    this.process.stdout.on("data", (d) => (this.said += d));
    this.process.stderr.on("data", (d) => (this.said += d));
    const ended = new Promise((done) => this.process.once("exit", done));
    this.ended = ended;
    for (let i = 0; !this.said.includes("Phách: http"); i++) {
      if (i > 600 || this.process.exitCode !== null) throw new Error(`phach did not start:\n${this.said}`);
      await wait(100);
    }
    this.firstLink = this.said.match(/http\S+\/invitation\/\S+/)?.[0];
  }

  async stop() {
    this.process.kill("SIGTERM");
    let late; // not left running: the process of the test would wait for it
    const overdue = new Promise((done) => (late = setTimeout(done, 20_000, "still running 20 s after SIGTERM")));
    const code = await Promise.race([this.ended, overdue]);
    clearTimeout(late);
    if (code !== 0) this.process.kill("SIGKILL");
    rmSync(this.data, { recursive: true, force: true });
    if (code !== 0) throw new Error(`phach ended with ${code}:\n${this.said.slice(-4000)}`);
  }

  /// As the administrator, over the private server's socket; the rows as text.
  async sql(text) {
    const where = ["-h", join(this.data, "postgres/run"), "-p", "5432", "-U", "postgres", "phach"];
    const { stdout } = await run(psqlPath(), ["-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", ...where, "-c", text]);
    return stdout.trim();
  }

  // phach.now() reads no setting; here it reads a table that only the administrator writes.
  async bendTheClock() {
    await this.sql(`create table phach.test_clock(shift interval not null); insert into phach.test_clock values ('0');
      alter table phach.test_clock owner to phach_owner; set role phach_owner;
      create or replace function phach.now() returns timestamptz language sql stable parallel safe security definer
        set search_path = pg_catalog, pg_temp as 'select now() + (select shift from phach.test_clock)'`);
  }

  async travel(minutes) {
    await this.sql(`update phach.test_clock set shift = shift + interval '${minutes} minutes'`);
    await this.aged();
  }

  /// Pages keep a contest's head, its dates and its hour among it, for a second: what was changed behind their back shows after it.
  async aged() {
    await wait(1_100);
  }

  /// The newest letter to an address whose subject fits, by `phach letters`; the worker needs a moment.
  async letter(to, subject) {
    for (let i = 0; i < 100; i++) {
      const { stdout } = await run(BIN, ["letters", "--last", "200"], { env: this.env, maxBuffer: 1 << 24 });
      const fits = (l) => l.includes(`To: ${to}\n`) && subject.test(l);
      const found = stdout.split(/\n—{10,}\n/).filter(fits).pop();
      if (found) return found;
      await wait(100);
    }
    throw new Error(`no letter to ${to} with ${subject}`);
  }

  async linkIn(to, subject) {
    return (await this.letter(to, subject)).match(/http:\/\/\S+/)[0];
  }
}
