// A teacher sends forty works of forty pupils from one account: by receipts that lead on, and by the list. With and without
// JavaScript, at both widths.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { essay, openForADay, trialContest, ways } from "./support/contest.js";
import { Walk } from "./support/walk.js";
import { submit } from "./walk/entries.js";

const MANY = 40;
const FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Đỗ"];
const GIVEN = ["An", "Bình", "Chi", "Dũng", "Giang"];
const pupil = (n) => `${FAMILY[n % FAMILY.length]} ${n % 2 ? "Thị" : "Văn"} ${GIVEN[n % GIVEN.length]}`;
const words = (n, from) => `Bài của em số ${from}. ${essay(n)}`;

for (const way of ways("teacher")) {
  describe(`a teacher sends ${MANY} works: ${way.said}`, () => {
    let walk, teacher, page;
    before(async () => {
      walk = await Walk.begin(way.name, way);
      await trialContest(walk);
      await openForADay(walk);
      await walk.phach.sql("update contest.contest set limit_per_category = 1, limit_overall = 1");
      await walk.phach.aged();
      teacher = await walk.arrive("teacher", "Cô Lê Thị Lan", "lan@example.org");
      await teacher.signUp();
      page = teacher.page;
    });
    after(() => walk?.end());

    /// What differs from pupil to pupil; the rest stands there already.
    const write = async (n) => {
      const form = teacher.form(new URL(page.url()).pathname);
      await form.locator("[name=name_1]").fill(pupil(n));
      await form.locator("[name=year_1]").fill(String(1990 + (n % 9)));
      await form.locator("[name=title]").fill(`Bài viết thứ ${n}`);
      await form.locator("[name=text]").fill(words(750, n));
    };

    test("for the first it is said whose it is, and the next ones begin with what stays", { timeout: 600_000 }, async () => {
      await teacher.go("/c/thu/entries");
      await teacher.send("/c/thu/entries");
      await teacher.sees("Bài của người khác");
      await teacher.look("own-name-prefilled");
      await teacher.press(page.locator("button[value=other]"));
      assert.equal(await page.inputValue("[name=name_1]"), "");
      await page.locator("[name=category]").first().check({ force: true });
      await page.fill("[name=phone_1]", "024 3825 1234");
      await page.fill("[name=email_1]", "lan@example.org");
      await write(1);
      await submit(teacher);
      await teacher.look("receipt-leads-on");
      for (let n = 2; n <= MANY; n++) {
        await teacher.press(page.locator("#next button"));
        if (n === 2) {
          assert.deepEqual([await page.inputValue("[name=name_1]"), await page.inputValue("[name=email_1]"), await page.inputValue("[name=phone_1]")], ["", "lan@example.org", "024 3825 1234"]);
          await teacher.look("next-one", false);
        }
        await write(n);
        await submit(teacher);
      }
      assert.equal(await walk.phach.sql("select count(*) from named.entry where state = 'waiting'"), String(MANY));
    });

    test("the list holds all of them, finds without accents, and copies from a certain one", { timeout: 300_000 }, async () => {
      await teacher.go("/c/thu/entries");
      await teacher.sees(new RegExp(`Tất cả ${MANY}`), new RegExp(`Chờ xem ${MANY}`));
      assert.equal(await page.locator("table.works tbody tr").count(), MANY);
      await walk.phach.sql("update named.entry set state = 'queried', due_at = phach.now() + interval '2 hours' where number = 2; update named.draft set saved_at = phach.now() + interval '1 second', title = 'Đổi tên' where entry = (select id from named.entry where number = 1)");
      await teacher.go("/c/thu/entries");
      await teacher.look("forty");
      await teacher.go("/c/thu/entries?q=dang+thi");
      const found = await page.locator("table.works tbody tr").count();
      assert.equal(found, Array.from({ length: MANY }, (_, i) => pupil(i + 1)).filter((p) => p.startsWith("Đặng Thị")).length);
      await teacher.go("/c/thu/entries?state=queried");
      await teacher.sees("Cần bổ sung", "Hãy trả lời trước");
      await teacher.look("one-is-queried");
      await teacher.go("/c/thu/entries?q=khongco");
      await teacher.look("nothing-found");
      await teacher.go("/c/thu/entries");
      await teacher.press(page.locator(".acts button").first());
      await teacher.sees("Đã chép loại hình");
      assert.equal(await page.inputValue("[name=title]"), "");
      walk.eyes.settle();
    });
  });
}
