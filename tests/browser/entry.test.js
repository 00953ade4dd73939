// The submission form helps while one writes: it saves and counts by itself, and loses nothing when a second window, the line
// or the session comes in between.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { contestant, essay as words, trialContest } from "./support/contest.js";
import { PASSWORD } from "./support/person.js";
import { Walk } from "./support/walk.js";

describe("the submission form", () => {
  let walk, author, page, address;
  const saved = () => page.locator("#saved", { hasText: "Đã lưu nháp lúc" }).waitFor();
  /// Types a title and waits for what the form says of it.
  const type = async (on, title, selector) => {
    await on.fill("#title", title);
    await on.locator(selector).waitFor();
  };

  /// Types a title and waits until the server holds it.
  const keep = async (on, title) => {
    const kept = on.waitForResponse((r) => r.url().endsWith("/draft") && r.status() === 204);
    await on.fill("#title", title);
    await kept;
    await on.locator("#saved", { hasText: "Đã lưu nháp lúc" }).waitFor();
  };

  before(async () => {
    walk = await Walk.begin("entry", {});
    await trialContest(walk);
    author = await contestant(walk, "author", "Nguyễn Thảo Miên", "mien@example.org");
    page = author.page;
    address = page.url();
  });
  after(() => walk?.end());

  test("it counts while one types and saves by itself", async () => {
    await page.locator("[name=category]").first().check();
    await page.fill("#text", words(1_234));
    await page.locator("#count", { hasText: "1.234 từ, thừa 234" }).waitFor();
    await page.fill("#text", words(800));
    await page.locator("#count", { hasText: /^800 từ$/ }).waitFor();
    await keep(page, "Tủ sách");
    assert.equal(await walk.phach.sql("select title from named.draft"), "Tủ sách");
  });

  test("the slower of two windows is asked, and overwrites nothing by itself", async () => {
    const other = await author.context.newPage();
    await other.goto(address);
    await keep(page, "Cửa sổ một");
    await type(other, "Cửa sổ hai", "#newer:visible");
    await other.click("#submit");
    await other.waitForTimeout(500);
    assert.equal(await walk.phach.sql("select d.title || ' ' || e.state from named.draft d join named.entry e on e.id = d.entry"), "Cửa sổ một draft");
    await other.click("#newer-keep");
    await other.locator("#newer").waitFor({ state: "hidden" });
    await other.locator("#saved", { hasText: "Đã lưu nháp lúc" }).waitFor();
    assert.equal(await walk.phach.sql("select title from named.draft"), "Cửa sổ hai");
    await other.close();
    await type(page, "Cửa sổ một nữa", "#newer:visible");
    await page.click("#newer-take");
    await page.waitForURL(/said=draft-taken/);
    assert.equal(await page.inputValue("#title"), "Cửa sổ hai");
    assert.equal(await walk.phach.sql("select string_agg(title, ' | ' order by kept_at) from named.kept_text"), "Cửa sổ một | Cửa sổ một nữa");
  });

  test("without a line it says so, holds the button and saves once the line is back", async () => {
    await author.context.setOffline(true);
    await type(page, "Ngoại tuyến", "#saved.off");
    await page.click("#submit");
    await page.waitForTimeout(500);
    assert.equal(await page.inputValue("#title"), "Ngoại tuyến");
    await author.context.setOffline(false);
    await saved();
    assert.equal(await walk.phach.sql("select title from named.draft"), "Ngoại tuyến");
  });

  test("after the session ended what was typed stays until one has signed in again", async () => {
    await author.context.clearCookies();
    await type(page, "Hết phiên", "#signed-out:visible");
    await page.click("#submit");
    await page.waitForTimeout(500);
    assert.equal(await page.inputValue("#title"), "Hết phiên");
    const again = await author.context.newPage();
    await again.goto("/sign-in");
    await again.fill("[name=email]", author.email);
    await again.fill("[name=password]", PASSWORD);
    await again.locator("main form button").first().click();
    await again.waitForURL(/\/(me|$)/);
    await again.close();
    await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
    await page.locator("#signed-out").waitFor({ state: "hidden" });
    await saved();
    assert.equal(await walk.phach.sql("select title from named.draft"), "Hết phiên");
  });

  test("one is asked before leaving with something unsaved", async () => {
    let asked = 0;
    page.once("dialog", (d) => (asked++, d.dismiss()));
    await page.fill("#title", "Chưa lưu");
    await page.locator("header nav a").nth(1).click();
    await page.waitForTimeout(500);
    assert.equal(asked, 1);
    assert.equal(new URL(page.url()).pathname, new URL(address).pathname);
    await saved();
  });

  test("a file dropped is sent and read at once, one too large is not even sent", async () => {
    await page.locator("#by-file").check({ force: true });
    await page.setInputFiles("#file", { name: "to.docx", mimeType: "x/y", buffer: Buffer.alloc(21 << 20) }, { timeout: 60_000 });
    await page.locator("#file-say", { hasText: "20 MB" }).waitFor();
    const drop = await page.evaluateHandle((text) => {
      const data = new DataTransfer();
      data.items.add(new File([text], "thả.txt", { type: "text/plain" }));
      return data;
    }, words(900));
    await page.dispatchEvent("#drop", "dragover", { dataTransfer: drop });
    assert.ok(await page.locator("#drop.over").count());
    await page.dispatchEvent("#drop", "drop", { dataTransfer: drop });
    await page.locator("#file-part .note", { hasText: "900 từ" }).waitFor();
    assert.equal(await walk.phach.sql("select state || ' ' || words from named.attachment"), "read 900");
  });

  test("a double click submits once", async () => {
    await page.locator("#by-text").check({ force: true });
    await page.dblclick("#submit");
    await page.waitForURL(/receipt/);
    assert.equal(await walk.phach.sql("select count(*) from named.version"), "1");
    walk.eyes.settle();
  });
});
