// What the rules ask beside the work, on the form: a guardian where the year of birth says so, questions, declarations. A minor
// without a guardian is stopped kindly. At both widths, with and without JavaScript.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { contestant, essay, trialContest, ways } from "./support/contest.js";
import { Walk } from "./support/walk.js";
import { submit } from "./walk/entries.js";

const RULES = `set role phach_owner;
  update contest.contest set min_age = 10, guardian_age = 16;
  insert into contest.declaration(id, contest, key, text_vi, text_en, position)
    select gen_random_uuid(), id, 'tu-viet', 'Tôi tự viết bài này và chưa đăng bài ở đâu.', 'I wrote this myself and have published it nowhere.', 1 from contest.contest;
  insert into contest.question(id, contest, key, text_vi, text_en, kind, required, position)
    select gen_random_uuid(), id, 'lop', 'Bạn học lớp mấy?', 'What grade are you in?', 'text', true, 1 from contest.contest
    union all select gen_random_uuid(), id, 'biet', 'Bạn biết cuộc thi qua đâu?', 'How did you hear of the contest?', 'choice', false, 2 from contest.contest;
  insert into contest.question_choice(id, contest, question, key, name_vi, name_en, position)
    select gen_random_uuid(), q.contest, q.id, k, vi, en, n from contest.question q, (values ('ban', 'Qua bạn bè', 'From friends', 1), ('bao', 'Qua báo', 'From a paper', 2)) as c(k, vi, en, n) where q.key = 'biet'`;

for (const way of ways("asked")) {
  describe(`what the rules ask beside the work: ${way.said}`, () => {
    let walk, author, page, address, minor;
    before(async () => {
      walk = await Walk.begin(way.name, way);
      await trialContest(walk);
      await walk.phach.sql(RULES);
      author = await contestant(walk, "author", "Nguyễn Thảo Miên", "mien@example.org");
      page = author.page;
      address = new URL(page.url()).pathname;
      minor = Number(await page.locator("[data-minor-from]").first().getAttribute("data-minor-from"));
    });
    after(() => walk?.end());

    if (way.script) test("a guardian is asked for where the year of birth says so", async () => {
      const guardian = page.locator("[data-minor-from]").first();
      assert.equal(await guardian.isVisible(), false);
      await page.fill("[name=year_1]", String(minor - 1));
      await page.waitForTimeout(600);
      assert.equal(await guardian.isVisible(), false);
      await page.fill("[name=year_1]", String(minor));
      await guardian.waitFor({ state: "visible" });
      await page.locator("#check-authors.no").waitFor();
    });

    test("a minor without a guardian is stopped kindly, and nothing typed is lost", { timeout: 300_000 }, async () => {
      const send = async () => {
        await page.locator("[name=category]").first().check({ force: true });
        await page.fill("[name=title]", "Con đường tới lớp");
        await page.fill("[name=text]", essay(750));
        await page.fill("[name=year_1]", String(minor));
        await author.press(page.locator("#submit"), 422);
      };
      await send();
      await author.sees(/dưới 16 tuổi: ghi họ và tên người giám hộ/, "nhờ người giám hộ đọc thể lệ", "Những gì bạn đã nhập vẫn còn nguyên");
      assert.ok(await page.locator("[name=guardian_1][aria-invalid]").isVisible());
      assert.equal(await page.inputValue("[name=title]"), "Con đường tới lớp");
      assert.equal((await page.inputValue("[name=text]")).split(/\s+/).filter(Boolean).length, 750);
      assert.equal(await walk.phach.sql("select state from named.entry"), "draft");
      if (way.script) assert.equal(await page.locator("#check-asked.ok").count(), 0);
      await author.look("entry-asked", async () => {
        await author.go(address);
        await send();
      });
      walk.eyes.settle();
    });

    test("with the guardian, the answer and the declaration it is taken", { timeout: 300_000 }, async () => {
      await page.fill("[name=guardian_1]", "Nguyễn Văn Bố");
      await page.locator("[name=agrees_1]").check();
      await page.locator("input[name^=answer_]").first().fill("Lớp 8");
      await page.locator("select[name^=answer_]").selectOption({ index: 1 });
      await page.locator("input[name^=declare_]").check();
      if (way.script) await page.locator("#check-asked.ok").waitFor();
      await submit(author);
      await author.look("receipt-asked");
      assert.equal(await walk.phach.sql("select state from named.entry"), "waiting");
      walk.eyes.settle();
    });
  });
}
