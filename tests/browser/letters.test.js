// A co-author objects; an address typed wrong is found by a letter that does not arrive, and mended by the desk; the own address
// of signing in changes by a link. At both widths, with and without JavaScript.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { contestant, essay, official, openForADay, trialContest, ways } from "./support/contest.js";
import { PASSWORD } from "./support/person.js";
import { Walk } from "./support/walk.js";
import { submit } from "./walk/entries.js";

for (const way of ways("letters")) {
  describe(`letters and who they reach: ${way.said}`, () => {
    let walk, sender, clerk, entry;
    before(async () => {
      walk = await Walk.begin(way.name, way);
      await trialContest(walk);
      await openForADay(walk);
      await walk.phach.sql("update contest.category set max_authors = 3");
      clerk = await official(walk, "clerk", "Trần Thư Ký", "thuky@example.org");
      sender = await contestant(walk, "sender", "Nguyễn Thảo Miên", "mien@exmaple.org");
      await sender.go(`${new URL(sender.page.url()).pathname}?more=1`);
      const form = sender.form(new URL(sender.page.url()).pathname);
      await sender.page.locator("[name=category]").first().check({ force: true });
      for (const [name, value] of Object.entries({ title: "Chuyện ở xã", text: essay(750), name_2: "Lê Đình Đức", email_2: "duc@example.org", year_1: "1990", year_2: "1991" })) {
        if (await form.locator(`[name=${name}]`).count()) await form.locator(`[name=${name}]`).first().fill(value);
      }
      await submit(sender);
      entry = await walk.phach.sql("select id from named.entry where number = 1");
    });
    after(() => walk?.end());

    /// The desk's list of what carries a flag holds this one entry, with the flag's words.
    const flagged = async (flag, words) => {
      await clerk.go(`/c/thu/desk?flag=${flag}`);
      const rows = await clerk.page.locator("section.queue tbody tr").allInnerTexts();
      assert.equal(rows.length, 1);
      assert.match(rows[0], words);
    };

    test("a co-author objects without an account, and the desk reads why", { timeout: 300_000 }, async () => {
      const link = await walk.phach.linkIn("duc@example.org", /đồng tác giả/);
      const coauthor = await walk.stranger();
      await coauthor.go(link);
      await coauthor.sees("Nguyễn Thảo Miên đã gửi", "Chuyện ở xã", "Lê Đình Đức");
      await coauthor.look("coauthor-asked");
      await coauthor.page.fill("[name=words]", "Tôi không biết gì về bài này.");
      await coauthor.press(coauthor.page.locator("button[value=objects]"));
      await coauthor.sees("Đã ghi: bạn không cùng viết bài này");
      await coauthor.look("coauthor-objected");
      assert.match(await walk.phach.letter("mien@exmaple.org", /phản đối/), /nhầm lẫn/);
      await flagged("coauthor-objects", /Đồng tác giả phản đối/);
      await clerk.go(`/c/thu/desk/${entry}`);
      await clerk.sees("Đồng tác giả phản đối");
      const slip = clerk.page.locator("details:has(.readers)");
      if ((await slip.getAttribute("open")) === null) await slip.locator("> summary").click();
      await clerk.sees("Tôi không biết gì về bài này.");
      await clerk.look("desk-objection", false);
      await clerk.go(link.replace(/.$/, (c) => (c === "0" ? "1" : "0")), 404);
      walk.eyes.settle();
    });

    test("a letter that does not arrive is found, and its address mended by the desk", { timeout: 300_000 }, async () => {
      // the folder takes every letter: a mail server's refusal is written down as the program does it
      await walk.phach.sql("update mail.letter set sent_at = null, failed_at = phach.now() where to_address = 'mien@exmaple.org' and kind = 'receipt'");
      for (let i = 0; (await walk.phach.sql("select count(*) from named.undelivered")) === "0"; i++) {
        assert.ok(i < 100, "the failed letter was not noticed");
        await new Promise((done) => setTimeout(done, 200));
      }
      await flagged("mail-failed", /Thư không tới/);
      await clerk.go(`/c/thu/desk/${entry}`);
      await clerk.sees("Thư không tới");
      await clerk.go(`/c/thu/desk/${entry}/contact`);
      await clerk.sees("mien@exmaple.org", "Máy chủ thư không nhận");
      await clerk.look("contact");
      const action = `/c/thu/desk/${entry}/contact`;
      const wrong = async () => {
        await clerk.go(action);
        await clerk.send(action, { email: "không phải thư", reason: "x" }, { status: 422 });
      };
      await wrong();
      await clerk.look("contact-errors", wrong);
      await clerk.send(action, { email: "mien@example.org", reason: "Đã gọi số điện thoại trong phách" });
      await clerk.sees("Đã ghi: từ nay thư gửi tới địa chỉ mới", "đăng nhập bằng mien@exmaple.org");
      await clerk.look("contact-mended");
      await walk.phach.letter("mien@example.org", /Biên nhận bài dự thi/);
      await walk.phach.letter("mien@example.org", /Từ nay thư/);
      await walk.phach.letter("mien@exmaple.org", /không gửi tới địa chỉ này nữa/);
      await clerk.send(`${action}/returned`, { note: "Hộp thư đầy" });
      await clerk.sees("Đã ghi: thư không tới");
      assert.equal(await walk.phach.sql("select flags & 16 from named.entry where number = 1"), "16");
      walk.eyes.settle();
    });

    test("an author is corrected, with what stood before in sight", { timeout: 300_000 }, async () => {
      const action = `/c/thu/desk/${entry}/authors`;
      await clerk.go(action);
      await clerk.look("authors");
      await clerk.send(action, { name_1: "Nguyễn Thị Thảo Miên", reason_1: "Theo giấy khai sinh" });
      await clerk.sees("Đã ghi lần sửa", "Nguyễn Thảo Miên → Nguyễn Thị Thảo Miên");
      await clerk.look("authors-corrected");
      walk.eyes.settle();
    });

    test("the address of signing in changes by a link to the new one", { timeout: 300_000 }, async () => {
      const wrong = async () => {
        await sender.go("/me");
        await sender.send("/me/address", { email: "mien@example.org", password: "không phải đâu" }, { status: 422 });
      };
      await wrong();
      await sender.sees("Mật khẩu chưa đúng");
      await sender.look("me-address-errors", wrong);
      await sender.send("/me/address", { email: "mien@example.org", password: PASSWORD });
      await sender.sees("Liên kết đã được gửi tới địa chỉ mới", "mien@exmaple.org");
      await sender.go(await walk.phach.linkIn("mien@example.org", /Đổi địa chỉ đăng nhập/));
      await sender.look("address");
      await sender.send("");
      await sender.sees("Địa chỉ đăng nhập đã đổi", "mien@example.org", "đã xác nhận");
      await sender.look("me-address-changed");
      await walk.phach.letter("mien@exmaple.org", /Địa chỉ đăng nhập của bạn đã đổi/);
      walk.eyes.settle();
    });
  });
}
