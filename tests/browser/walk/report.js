// What a judge reported goes to the author and comes back: the desk hears of it with the batch, asks, takes what came and answers.
import assert from "node:assert/strict";
import { docx } from "../support/docx.js";
import { text } from "./entries.js";

export async function reportAndAnswer(walk) {
  const { clerk, chair } = walk.people;
  await clerk.go(`/c/${walk.slug}/desk?state=all&flag=report-came`);
  assert.equal(await clerk.page.locator("section.queue tbody tr").count(), 1);
  await clerk.look("desk-report-came");
  await clerk.follow("section.queue table a");
  const entry = new URL(clerk.page.url()).pathname;
  await clerk.sees("Ban giám khảo thấy một vấn đề");
  await clerk.misses(...walk.codes);
  await clerk.look("desk-entry-reported");
  const name = (await clerk.page.locator("details[data-side=named] dl.facts dd").first().textContent()).trim();
  const author = walk.authors[name];
  assert.ok(author, `nobody of this walk answers for the works of ${name}`);
  await clerk.go(`${entry}/text`);
  await clerk.sees("Có chỗ không đọc được", "đoạn 2");
  await clerk.misses(...walk.codes, "Giám Khảo Một", "Có một hàng dấu hỏi.");
  await clerk.look("desk-text-reported");
  await clerk.send(`${entry}/repair`, { message: "Đoạn hai của bài hiện toàn dấu hỏi. Xin gửi lại tệp, gõ bằng bảng mã Unicode." });
  await repaired(walk, author, entry.replace("/desk/", "/entries/"));
  await clerk.go(`${entry}/text`);
  await clerk.look("desk-repair-file-came");
  const take = clerk.page.locator(`form[action="${entry}/repair/decision"]:has([name=taking])`);
  await take.locator("[name=taking]").fill("Đoạn hai đọc được, các đoạn khác không đổi.");
  await clerk.press(take.locator("button"));
  await clerk.sees("Đã nhận bản sửa");
  await clerk.look("desk-repair-taken");
  await clerk.follow('.flag a[href$="#reports"]');
  await clerk.press(clerk.page.locator(`form[action="${entry}/reports"] button[value=mended]`));
  await clerk.sees("Câu trả lời về Trưởng ban ở đợt chuyển tới");
  await clerk.look("desk-report-answered");
  // the answer waits for the batch as the report did
  await chair.go(`/c/${walk.slug}/chair/requests`);
  await chair.sees("Đã chuyển Tổ Thư ký");
  await chair.misses("Đã sửa");
}

/// The author answers with a file.
async function repaired(walk, author, own) {
  const link = await walk.phach.linkIn(author.email, /gửi lại bài|bản sửa/i);
  assert.ok(link.includes(own), `${link} should lead to ${own}`);
  await author.go(own);
  walk.repaired = "Đoạn hai nay đọc được từ đầu đến cuối.";
  const buffer = docx(`${text("Bài gõ lại bằng Unicode")}\n\n${walk.repaired}`);
  await author.send(`${own}/repair`, { by: "file", file: { name: "bai-unicode.docx", mimeType: "application/octet-stream", buffer } });
  await author.sees("Bài đọc được, chưa gửi", walk.repaired);
  await author.look("entry-repair-file-read");
  await author.press(author.page.locator("button[value=send]"));
  await author.sees("Đã gửi bản sửa");
}
