// The form at its worst hours, in a browser: two devices, a line that breaks, a session that ends, the last minute; and the receipt
// on paper, read by a stranger's camera. With and without JavaScript.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import jsqr from "jsqr";
import { contestant, essay as words, trialContest, ways } from "./support/contest.js";
import { PASSWORD } from "./support/person.js";
import { Walk } from "./support/walk.js";
import { endedForm } from "./walk/entries.js";

const decode = jsqr.default ?? jsqr;

/// A contest, and its author at a new entry.
async function begin(name, how) {
  const walk = await Walk.begin(name, how);
  await trialContest(walk);
  const author = await contestant(walk, "author", "Nguyễn Thảo Miên", "mien@example.org");
  return { walk, author, page: author.page, address: new URL(author.page.url()).pathname };
}

/// The same person on another device.
async function elsewhere(walk, address) {
  const other = await walk.arrive("elsewhere", "Nguyễn Thảo Miên", "mien@example.org");
  await other.signIn();
  await other.go(address);
  return other;
}

/// What a camera reads in the receipt's code.
async function scan(page) {
  const picture = await page.locator("svg.qr").evaluate(async (svg) => {
    const copy = svg.cloneNode(true);
    const side = 400;
    copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
    copy.setAttribute("width", side);
    copy.setAttribute("height", side);
    const image = new Image();
    image.src = `data:image/svg+xml;base64,${btoa(unescape(encodeURIComponent(copy.outerHTML)))}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: side, height: side });
    const paint = canvas.getContext("2d");
    paint.drawImage(image, 0, 0, side, side);
    return { side, data: [...paint.getImageData(0, 0, side, side).data] };
  });
  return decode(Uint8ClampedArray.from(picture.data), picture.side, picture.side)?.data;
}

/// Sheets of paper that the page takes.
async function sheets(page) {
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  return pdf.match(/\/Type\s*\/Page[^s]/g).length;
}

for (const way of ways("form").filter((w) => w.script)) {
  describe(`the form: ${way.said}`, () => {
    let walk, author, page, address;
    before(async () => ({ walk, author, page, address } = await begin(way.name, way)));
    after(() => walk?.end());
    const draft = (column) => walk.phach.sql(`select ${column} from named.draft`);
    const keep = async (on, title) => {
      const kept = on.waitForResponse((r) => r.url().endsWith("/draft") && r.status() === 204);
      await on.fill("#title", title);
      await kept;
      await on.locator("#saved", { hasText: "Đã lưu nháp lúc" }).waitFor();
    };

    test("two devices: both texts stand side by side with their hours", { timeout: 300_000 }, async () => {
      const other = await elsewhere(walk, address);
      await page.locator("[name=category]").first().check();
      await page.fill("#text", words(30));
      await keep(page, "Ở máy bàn");
      await other.page.fill("#text", words(50));
      await other.page.fill("#title", "Ở điện thoại");
      await other.page.locator("#newer:visible").waitFor();
      await other.page.locator("#there-title", { hasText: "Ở máy bàn" }).waitFor();
      assert.deepEqual([await other.page.inputValue("#there-text"), await other.page.inputValue("#here-text")].map((t) => t.split(/\s+/).filter(Boolean).length), [30, 50]);
      for (const at of ["#there-at", "#here-at"]) assert.match(await other.page.locator(at).innerText(), /^\d\d:\d\d:\d\d/);
      await other.look("two-devices", false);
      await other.page.click("#newer-keep");
      await other.page.locator("#saved", { hasText: "Đã lưu nháp lúc" }).waitFor();
      assert.equal(await draft("title"), "Ở điện thoại");
      await other.go(`${address}/kept`);
      await other.sees("Ở máy bàn", "30 từ");
      await other.look("texts-kept");
      await other.context.close();
      await page.reload();
      walk.eyes.settle();
    });

    test("a line that breaks in mid-form: said since when, tried again, and kept on the device through a reload", { timeout: 300_000 }, async () => {
      walk.eyes.expects = /net::ERR_(INTERNET_DISCONNECTED|CONNECTION_RESET|FAILED)/;
      await author.context.setOffline(true);
      await page.fill("#title", "Mất mạng giữa chừng");
      await page.locator("#saved.off", { hasText: /Chưa lưu được từ \d\d:\d\d:\d\d/ }).waitFor();
      assert.ok(await page.locator("#again:visible").count());
      await author.look("line-broken", false);
      // the browser itself ends, the line with it: what was typed is still here afterwards
      await page.close();
      await author.context.setOffline(false);
      page = author.page = await author.context.newPage();
      page.setDefaultTimeout(15_000);
      walk.eyes.watch(page);
      await page.goto(address);
      await page.locator("#restored:visible").waitFor();
      assert.equal(await page.inputValue("#title"), "Mất mạng giữa chừng");
      await page.locator("#saved", { hasText: "Đã lưu nháp lúc" }).waitFor();
      for (let i = 0; i < 50 && (await draft("title")) !== "Mất mạng giữa chừng"; i++) await page.waitForTimeout(100);
      assert.equal(await draft("title"), "Mất mạng giữa chừng");
      for (let i = 0; i < 50 && (await page.evaluate(() => localStorage.length)) > 0; i++) await page.waitForTimeout(100);
      assert.equal(await page.evaluate(() => localStorage.length), 0);
      walk.eyes.settle();
    });

    test("a line that breaks while a file goes: it can be sent again, and goes by itself once the line is back", { timeout: 120_000 }, async () => {
      await page.locator("#by-file").check({ force: true });
      await page.route("**" + address, (route) => (route.request().method() === "POST" ? route.abort("connectionreset") : route.continue()));
      await page.setInputFiles("#file", { name: "bai.txt", mimeType: "text/plain", buffer: Buffer.from(words(900)) });
      await page.locator("#sending-again:visible").waitFor();
      await page.locator("#file-say", { hasText: "Chưa gửi được tệp" }).waitFor();
      await author.look("file-not-arrived", false);
      await page.unroute("**" + address);
      await page.click("#sending-again");
      await page.locator("#file-part .note", { hasText: "900 từ" }).waitFor();
      // one that goes slowly is stopped by a button
      const line = await author.context.newCDPSession(page);
      const upload = (bytes) => line.send("Network.emulateNetworkConditions", { offline: false, latency: 0, downloadThroughput: -1, uploadThroughput: bytes });
      await line.send("Network.enable");
      await upload(20_000);
      await page.setInputFiles("#file", { name: "cham.txt", mimeType: "text/plain", buffer: Buffer.from(words(120_000)) }); // half a minute of it
      await page.locator("#file-say", { hasText: /[1-9]\d? ?%/ }).waitFor();
      await page.click("#sending-stop");
      await page.locator("#file-say", { hasText: "Đã dừng" }).waitFor();
      await upload(-1);
      await line.detach();
      assert.equal(await walk.phach.sql("select string_agg(file_name, ' ') from named.attachment"), "bai.txt");
      await page.locator("#by-text").check({ force: true });
      walk.eyes.settle();
    });

    test("a session that ends in mid-form: nothing typed is lost, and it saves itself after signing in", { timeout: 120_000 }, async () => {
      await author.context.clearCookies({ name: "phach" });
      await page.fill("#title", "Hết phiên giữa chừng");
      await page.locator("#signed-out:visible").waitFor();
      await page.locator("#saved.off", { hasText: /Chưa lưu được từ/ }).waitFor();
      await author.look("session-ended", false);
      const [door] = await Promise.all([author.context.waitForEvent("page"), page.click("#signed-out a")]);
      await door.fill("[name=email]", author.email);
      await door.fill("[name=password]", PASSWORD);
      await door.locator("main form button").first().click();
      await door.waitForURL(/\/(me|$)/);
      await door.close();
      await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
      await page.locator("#signed-out").waitFor({ state: "hidden" });
      await page.locator("#saved", { hasText: "Đã lưu nháp lúc" }).waitFor();
      assert.equal(await draft("title"), "Hết phiên giữa chừng");
      walk.eyes.settle();
    });

    test("the reading view before submitting, and back to the form", { timeout: 120_000 }, async () => {
      await page.fill("#text", words(800));
      await author.press(page.locator("#preview"));
      await author.sees("Đây là bản nháp", "Hết phiên giữa chừng");
      assert.ok((await page.locator(".read p").count()) > 10);
      await author.look("preview");
      await page.locator("main a.btn").click();
      await page.waitForURL((url) => url.pathname === address);
      assert.equal(await page.inputValue("#title"), "Hết phiên giữa chừng");
      walk.eyes.settle();
    });

    test("the last minute goes by the server's clock, whatever the device's says, and then the page changes by itself", { timeout: 120_000 }, async () => {
      const late = await walk.arrive("late", author.name, author.email);
      await late.context.addInitScript(() => {
        const real = Date.now.bind(Date);
        Date.now = () => real() + 5 * 3_600_000; // five hours fast
      });
      await late.signIn();
      await walk.phach.sql("update contest.contest set closes_at = phach.now() + interval '40 seconds', intake_closes_at = greatest(intake_closes_at, phach.now() + interval '1 hour'), queries_close_at = greatest(queries_close_at, phach.now() + interval '2 hours')");
      await walk.phach.aged();
      await late.go(address);
      assert.equal(await late.page.locator("#over").isVisible(), false);
      await late.sees("Bản nháp chưa phải là bài đã gửi");
      await late.look("last-hour", false);
      await late.page.fill("#title", "Phút cuối");
      await late.page.locator("#over:visible").waitFor({ timeout: 60_000 });
      assert.equal(await late.page.locator("#last-hour").isVisible(), false);
      assert.equal(await late.page.locator("#submit").getAttribute("aria-disabled"), "true");
      const [file] = await Promise.all([late.page.waitForEvent("download"), late.page.click("#over-text")]);
      assert.equal(file.suggestedFilename(), "Phút cuối.txt");
      await late.look("over", false);
      await walk.phach.sql("update contest.contest set closes_at = phach.now() + interval '40 minutes'");
      await walk.phach.aged();
      await late.context.close();
      walk.eyes.settle();
    });

    test("the receipt is one sheet, however much was asked, and its code leads a stranger to the one answer", { timeout: 120_000 }, async () => {
      await page.goto(address);
      await page.locator("[name=category]").first().check({ force: true });
      await page.fill("#title", "Một tên tác phẩm dài ".repeat(14).trim());
      await author.press(page.locator("#submit"));
      await author.sees(/Số biên nhận/);
      await author.look("receipt");
      assert.equal(await sheets(page), 1);
      const link = await scan(page);
      assert.ok(link?.startsWith(`${walk.phach.base}/c/thu/receipt?number=`), link);
      const stranger = await walk.stranger();
      await stranger.go(link.slice(walk.phach.base.length));
      await stranger.sees("Biên nhận có thật", "UTC");
      await stranger.misses("Miên", "Một tên tác phẩm");
      await stranger.look("check-by-code");
      // ten long answers and five declarations, many authors: still one sheet
      await walk.phach.sql(`set role phach_named_owner; update named.version set answers = (select jsonb_agg(jsonb_build_object('declared', n > 10, 'vi', repeat('Câu hỏi dài ', 12), 'en', 'x',
        'value_vi', case when n > 10 then '' else repeat('câu trả lời ', 40) end, 'value_en', 'y')) from generate_series(1, 15) n)`);
      await page.reload();
      assert.equal(await sheets(page), 1);
      walk.eyes.settle();
    });
  });
}

for (const way of ways("form").filter((w) => !w.script)) {
  describe(`the form: ${way.said}`, () => {
    let walk, author, page, address;
    before(async () => ({ walk, author, page, address } = await begin(way.name, way)));
    after(() => walk?.end());
    const draft = (column) => walk.phach.sql(`select ${column} from named.draft`);
    const save = (who, status = 200) => who.press(who.page.locator('#entry .row button[value="save"]').last(), status);

    test("two devices: the slower one is shown both texts and chooses; the other text is kept", { timeout: 120_000 }, async () => {
      const other = await elsewhere(walk, address);
      await page.locator("[name=category]").first().check({ force: true });
      await page.fill("#title", "Ở máy bàn");
      await page.fill("#text", words(30));
      await save(author);
      await other.page.fill("#title", "Ở điện thoại");
      await other.page.fill("#text", words(50));
      await save(other, 409);
      await other.look("two-devices");
      await other.sees("Ở máy bàn", "30 từ", "50 từ");
      await other.press(other.page.locator("#newer-take"));
      assert.equal(await other.page.inputValue("#title"), "Ở máy bàn");
      await other.follow("a[href$='/kept']");
      await other.sees("Ở điện thoại");
      await other.look("texts-kept");
      await other.context.close();
      walk.eyes.settle();
    });

    test("a session that ends in mid-form: signing in on the page that answers saves everything typed", { timeout: 120_000 }, async () => {
      await author.go(address);
      await page.locator("[name=category]").first().check({ force: true });
      await page.fill("#title", "Hết phiên giữa chừng");
      await page.fill("#text", words(800));
      await author.context.clearCookies({ name: "phach" });
      await endedForm(author);
      await author.look("session-ended");
      await author.send(`${address}/sign-in`, { email: author.email, password: "không phải câu này" }, { status: 422 });
      await author.send(`${address}/sign-in`, { email: author.email, password: PASSWORD });
      await author.sees("Bài chưa được gửi");
      assert.deepEqual([await page.inputValue("#title"), await draft("title")], ["Hết phiên giữa chừng", "Hết phiên giữa chừng"]);
      walk.eyes.settle();
    });

    test("the reading view, then the receipt and its check page", { timeout: 120_000 }, async () => {
      await author.press(page.locator("#preview"));
      await author.sees("Đây là bản nháp", "800 từ");
      await author.look("preview");
      await author.go(address);
      await author.press(page.locator("#submit"));
      await author.look("receipt");
      const link = await scan(page);
      const stranger = await walk.stranger();
      await stranger.go(link.slice(walk.phach.base.length));
      await stranger.sees("Biên nhận có thật");
      await stranger.look("check-by-code");
      walk.eyes.settle();
    });
  });
}
