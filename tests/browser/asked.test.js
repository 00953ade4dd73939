// What the rules ask beside the work, on the form: a guardian where the year of birth says so, questions, declarations.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { PASSWORD } from "./support/person.js";
import { Walk } from "./support/walk.js";

const RULES = `set role phach_owner;
  update contest.contest set min_age = 10, guardian_age = 16;
  insert into contest.declaration(id, contest, key, text_vi, text_en, position)
    select gen_random_uuid(), id, 'tu-viet', 'Tôi tự viết bài này và chưa đăng bài ở đâu.', 'I wrote this myself and have published it nowhere.', 1 from contest.contest;
  insert into contest.question(id, contest, key, text_vi, text_en, kind, required, position)
    select gen_random_uuid(), id, 'lop', 'Bạn học lớp mấy?', 'What grade are you in?', 'text', true, 1 from contest.contest
    union all select gen_random_uuid(), id, 'biet', 'Bạn biết cuộc thi qua đâu?', 'How did you hear of the contest?', 'choice', false, 2 from contest.contest;
  insert into contest.question_choice(id, contest, question, key, name_vi, name_en, position)
    select gen_random_uuid(), q.contest, q.id, k, vi, en, n from contest.question q, (values ('ban', 'Qua bạn bè', 'From friends', 1), ('bao', 'Qua báo', 'From a paper', 2)) as c(k, vi, en, n) where q.key = 'biet'`;

describe("what the rules ask beside the work", () => {
  let walk, author, page;
  before(async () => {
    walk = await Walk.begin("asked", { deep: true });
    const organizer = await walk.arrive("organizer", "Nguyễn Thị Thu Hà", "btc@example.org");
    await organizer.go(walk.phach.firstLink);
    await organizer.send("", { name: organizer.name, email: organizer.email, password: PASSWORD });
    await organizer.go("/contests/new/jfk?trial=1");
    await organizer.send("/contests/new", { slug: "thu", holder_1: "mot@example.org", holder_2: "hai@example.org" });
    await walk.phach.sql(RULES);
    author = await walk.arrive("author", "Nguyễn Thảo Miên", "mien@example.org");
    await author.signUp();
    await author.go("/c/thu/entries");
    await author.send("/c/thu/entries");
    page = author.page;
  });
  after(() => walk?.end());

  test("a guardian is asked for where the year of birth says so", { timeout: 300_000 }, async () => {
    const guardian = page.locator("[data-minor-from]").first();
    assert.equal(await guardian.isVisible(), false);
    const first = Number(await guardian.getAttribute("data-minor-from"));
    await page.fill("[name=year_1]", String(first - 1));
    await page.waitForTimeout(600);
    assert.equal(await guardian.isVisible(), false);
    await page.fill("[name=year_1]", String(first));
    await guardian.waitFor({ state: "visible" });
    await page.locator("#check-authors.no").waitFor();
    const wrong = () => author.press(page.locator("#submit"), 422);
    await wrong();
    assert.equal(await page.locator("#check-asked.ok").count(), 0);
    await author.look("entry-asked", async () => {
      await author.go(new URL(page.url()).pathname);
      await wrong();
    });
  });

  test("the list of what is still to do knows when all is answered and ticked", async () => {
    await page.fill("input[name^=answer_]", "Lớp 8");
    await page.locator("select[name^=answer_]").selectOption({ index: 1 });
    await page.locator("input[name^=declare_]").check();
    await page.locator("#check-asked.ok").waitFor();
    walk.eyes.settle();
  });
});
