// An envelope comes by post: written down, its receipt printed, claimed by an account, cut like the others. With and without
// JavaScript, at both widths.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { join } from "node:path";
import { essay as words, official, trialContest, ways } from "./support/contest.js";
import { Walk } from "./support/walk.js";

for (const way of ways("post")) {
  describe(`paper by post: ${way.said}`, () => {
    let walk, clerk, page, code;
    const form = "/c/thu/desk/post";
    before(async () => {
      walk = await Walk.begin(way.name, way);
      await trialContest(walk);
      clerk = await official(walk, "clerk", "Lê Thư Ký", "thuky@example.org");
      page = clerk.page;
    });
    after(() => walk?.end());

    test("an envelope is written down, by the keyboard alone, and its receipt is printed", { timeout: 300_000 }, async () => {
      await clerk.go("/c/thu/desk");
      await clerk.press(page.locator('a[href="/c/thu/desk/post"]'));
      await clerk.look("post-new");
      const wrong = () => clerk.send(form, { condition: "damaged" }, { press: "#submit", status: 422 });
      await wrong();
      await clerk.look("post-errors", async () => {
        await clerk.go(form);
        await wrong();
      });
      await clerk.go(form);
      await page.locator("[name=category]").first().check({ force: true });
      await page.fill("[name=name_1]", "Đặng Văn Ba");
      await page.fill("[name=year_1]", "1951");
      await page.fill("[name=phone_1]", "0912 345 678");
      await page.fill("[name=title]", "Con đê đầu làng");
      await page.locator("[name=title]").press("Enter");
      await page.locator("#code").waitFor();
      assert.equal(await page.locator("#next").evaluate((e) => document.activeElement === e), true);
      code = (await page.locator("#code").innerText()).trim();
      assert.match(code, /^[A-Z2-9]{4}-[A-Z2-9]{4}-[A-Z2-9]{4}$/);
      await clerk.look("posted", false);
      await page.emulateMedia({ media: "print" });
      assert.ok(await page.locator("#code").isVisible());
      assert.equal(await page.locator("#next").isVisible(), false);
      await page.screenshot({ path: join(walk.eyes.folder, "posted-print.png"), fullPage: true });
      const sheets = (await page.pdf({ preferCSSPageSize: true })).toString("latin1").match(/\/Type\s*\/Page[^s]/g);
      assert.equal(sheets.length, 1);
      await page.emulateMedia({ media: "screen" });
    });

    test("the next one is a press away and keeps what they have in common", async () => {
      await clerk.press(page.locator("#next"));
      assert.equal(await page.locator("#name_1").evaluate((e) => document.activeElement === e), true);
      assert.notEqual(await page.inputValue("[name=arrived]"), "");
      assert.equal(await page.locator("[name=category]").first().isChecked(), true);
      assert.equal(await page.inputValue("[name=name_1]"), "");
      await page.fill("[name=name_1]", "Lê Thị Tư");
      await page.fill("[name=title]", "Bếp lửa chiều ba mươi");
      await page.setInputFiles("[name=file]", { name: "bai.txt", mimeType: "text/plain", buffer: Buffer.from(words(900)) });
      await clerk.press(page.locator("#submit"));
      await clerk.sees("Đã nhận bài số 2", "900 từ");
    });

    test("its text is typed by the desk, and it is valid", { timeout: 300_000 }, async () => {
      await clerk.go("/c/thu/desk?post=1");
      await clerk.look("desk-by-post");
      await clerk.press(page.locator("section.queue table a").first());
      await clerk.sees("Gửi qua bưu điện", "bài còn trên giấy");
      await clerk.look("desk-entry-by-post");
      await clerk.press(page.locator("#post-card a.btn"));
      await clerk.look("post-again");
      await page.fill("[name=text]", words(800));
      await clerk.press(page.locator("#submit"));
      for (const n of [1, 2]) {
        await clerk.go("/c/thu/desk?state=waiting");
        await clerk.press(page.locator("section.queue table a").first());
        await page.locator("form.verdict input[value=valid]").check({ force: true });
        await clerk.press(page.locator("[data-decide]"));
        assert.equal(await walk.phach.sql("select count(*) from named.entry where state = 'valid'"), String(n));
      }
    });

    test("an account claims it by the code and sees it go through the cut", { timeout: 300_000 }, async () => {
      const author = await walk.arrive("author", "Đặng Thị Cháu", "chau@example.org");
      await author.signUp();
      await author.go("/c/thu/entries");
      const claim = "/c/thu/entries/claim";
      await author.page.locator("#claim > summary").click();
      await author.send(claim, { word: "AAAA-BBBB-CCCC" }, { status: 422 });
      await author.look("claim-unknown", async () => {
        await author.go("/c/thu/entries");
        await author.page.locator("#claim > summary").click();
        await author.send(claim, { word: "AAAA-BBBB-CCCC" }, { status: 422 });
      });
      await author.send(claim, { word: code.toLowerCase() });
      await author.sees("thuộc tài khoản của bạn", "Con đê đầu làng", "800 từ");
      await author.look("claimed");
      await walk.phach.travel(60);
      await walk.phach.sql("update account.session set seen_at = phach.now()");
      await clerk.go("/c/thu/desk/cut");
      await page.locator("[name=sure]").first().check({ force: true });
      await clerk.press(page.locator("form:has([name=sure]) button").first());
      assert.equal(await walk.phach.sql("select count(*) from slip.pair"), "2");
      await author.go("/c/thu/entries");
      await author.press(author.page.locator("a.title"));
      await author.sees("Bài đã cắt phách");
      walk.eyes.settle();
    });
  });
}
