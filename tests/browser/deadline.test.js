// Around the deadline: an extension needs two people and reaches everybody concerned, a query is answered when the deadline is
// over, a draft not sent in time stays a draft. At both widths, with and without JavaScript.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { contestant, essay, official, trialContest, ways } from "./support/contest.js";
import { Walk } from "./support/walk.js";
import { decide } from "./walk/desk.js";
import { submit } from "./walk/entries.js";
import { anHourLater } from "./walk/rules.js";

for (const way of ways("deadline")) {
  describe(`around the deadline: ${way.said}`, () => {
    let walk, organizer, clerk, author, late, draft, entry;
    const closesIn = async () => Number(await walk.phach.sql("select round(extract(epoch from closes_at - phach.now()) / 60) from contest.contest"));
    /// Time passes; nobody was away for it.
    const pass = async (minutes) => {
      await walk.phach.travel(minutes);
      await walk.phach.sql("update account.session set seen_at = phach.now()");
    };

    before(async () => {
      walk = await Walk.begin(way.name, way);
      organizer = await trialContest(walk);
      clerk = await official(walk, "clerk", "Trần Thư Ký", "thuky@example.org");
      late = await contestant(walk, "late", "Lê Đang Viết", "nhap@example.org");
      draft = new URL(late.page.url()).pathname;
      await late.page.fill("[name=title]", "Còn đang viết");
      if (way.script) await late.page.locator("#saved", { hasText: "Đã lưu nháp lúc" }).waitFor(); // it saves by itself
      else await late.press(late.page.locator('#entry .row button[value="save"]').last());
      author = await contestant(walk, "author", "Nguyễn Thảo Miên", "mien@example.org");
      await author.page.locator("[name=category]").first().check({ force: true });
      await author.page.fill("[name=title]", "Chuyện ở xã");
      await author.page.fill("[name=text]", essay(750));
      await submit(author);
      entry = await walk.phach.sql("select id from named.entry where number = 1");
    });
    after(() => walk?.end());

    test("one proposes an extension with a reason, another confirms it, and all with an entry or a draft are told", { timeout: 300_000 }, async () => {
      const action = "/c/thu/organizer/extension";
      const silent = async () => {
        await organizer.go(action);
        await anHourLater(organizer, action);
        await organizer.send(action, { reason: "" }, { status: 422 });
      };
      await silent();
      await organizer.look("extension-no-reason", silent);
      await organizer.send(action, { reason: "Bão làm mất điện ba tỉnh." });
      await organizer.sees("đang chờ người thứ hai");
      assert.ok((await closesIn()) <= 10);
      await organizer.go("/c/thu/extension");
      await organizer.sees("Người đề nghị không tự xác nhận được");
      assert.equal(await organizer.form("/c/thu/extension").count(), 0);
      await clerk.go(await walk.phach.linkIn(clerk.email, /xác nhận gia hạn|confirm an extension/));
      await clerk.sees("Bão làm mất điện ba tỉnh.", organizer.name);
      await clerk.look("extension-second");
      await clerk.send("/c/thu/extension");
      await clerk.sees("Bão làm mất điện ba tỉnh.");
      await clerk.look("contest-extended");
      assert.ok((await closesIn()) > 60 - 1);
      for (const person of [author, late]) await walk.phach.letter(person.email, /Gia hạn gửi bài/);
      walk.eyes.settle();
    });

    test("a query is answered after the deadline, and the desk reads what changed", { timeout: 300_000 }, async () => {
      const path = `/c/thu/desk/${entry}`;
      await clerk.go(path);
      await decide(clerk, "query", "Tên bài ở trang đầu khác tên bài trong biểu mẫu. Xin sửa cho khớp.");
      await pass((await closesIn()) + 1);
      assert.ok((await closesIn()) < 0);
      await author.go(await walk.phach.linkIn(author.email, /hỏi lại/));
      await author.sees("Xin sửa cho khớp.");
      await author.look("queried-after-the-deadline");
      await author.page.fill("[name=title]", "Chuyện ở xã tôi");
      await author.page.fill("[name=note]", "Đã sửa tên bài cho khớp.");
      await submit(author);
      await author.look("answered-after-the-deadline");
      assert.equal(await walk.phach.sql("select state from named.entry where number = 1"), "waiting");
      await clerk.go(path);
      await clerk.sees("Đã sửa tên bài cho khớp.", "Chuyện ở xã tôi");
      await clerk.press(clerk.page.locator('a[href*="/changes"]').first());
      await clerk.sees("Chuyện ở xã tôi");
      await clerk.look("what-changed");
      walk.eyes.settle();
    });

    test("a draft not sent in time says so, and what was written is still there to read", { timeout: 300_000 }, async () => {
      await late.go(draft);
      await late.sees("Đã hết hạn gửi bài");
      await late.page.locator("details.fold > summary").click();
      assert.equal(await late.page.inputValue("#title"), "Còn đang viết");
      assert.equal(await late.page.locator("#submit").count(), 0);
      await late.look("draft-too-late", false);
      walk.eyes.settle();
    });
  });
}
