// The network cut in mid-form, for who has no JavaScript: nothing saves by itself, so what was typed must go with the press, when the line is back.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { contestant, essay, trialContest, ways } from "./support/contest.js";
import { Walk } from "./support/walk.js";

for (const way of ways("offline").filter((w) => !w.script)) {
  describe(`a line that breaks in mid-form: ${way.said}`, () => {
    let walk, author, page, address;
    before(async () => {
      walk = await Walk.begin(way.name, way);
      await trialContest(walk);
      author = await contestant(walk, "author", "Nguyễn Thảo Miên", "mien@example.org");
      page = author.page;
      address = page.url();
    });
    after(() => walk?.end());

    test("the press that did not arrive is sent again by the browser, with everything that was typed", async () => {
      walk.eyes.expects = /net::ERR_INTERNET_DISCONNECTED/;
      await page.fill("#title", "Mất mạng giữa chừng");
      await page.fill("#text", essay(700));
      await author.context.setOffline(true);
      await page.locator("button[name=do][value=save]:not(.unseen):visible").first().click();
      await page.waitForURL(/chrome-error/);
      assert.equal(await walk.phach.sql("select coalesce(string_agg(title, ' '), '') from named.draft"), "");
      await author.context.setOffline(false);
      await page.reload();
      await page.waitForURL(/said=/);
      assert.equal(await page.inputValue("#title"), "Mất mạng giữa chừng");
      assert.equal((await page.inputValue("#text")).trim().split(/\s+/).length, 700);
      assert.equal(await walk.phach.sql("select title from named.draft"), "Mất mạng giữa chừng");
      await author.look("line-back");
      walk.eyes.settle();
    });

    test("a press sent twice, because its answer was lost, makes one entry", async () => {
      await page.goto(address);
      await page.locator("[name=category]").first().check({ force: true });
      // the server takes it, and the answer is lost on the way
      let lost = 0;
      await page.route("**" + new URL(address).pathname, async (route) => {
        if (route.request().method() !== "POST" || lost++ > 0) return route.continue();
        await route.fetch({ maxRedirects: 0 });
        await route.abort("connectionreset");
      });
      walk.eyes.expects = /net::ERR_CONNECTION_RESET|409|422/;
      await page.locator("button[name=do][value=submit]:not(.unseen):visible").first().click();
      await page.waitForURL(/chrome-error/);
      assert.equal(await walk.phach.sql("select count(*) from named.version where n is not null"), "1");
      await page.reload();
      await page.waitForURL(/\/receipt$/);
      await author.sees("Đã nhận bài số 1");
      assert.equal(await walk.phach.sql("select count(*) from named.version where n is not null"), "1");
      assert.equal(await walk.phach.sql("select count(*) from named.entry where version > 0"), "1");
      // and whoever looks at the list finds it received
      await page.unroute("**" + new URL(address).pathname);
      await author.go("/c/thu/entries");
      await author.sees("Mất mạng giữa chừng");
      walk.eyes.settle();
    });
  });
}
