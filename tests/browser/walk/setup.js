// From the first link to a contest with everybody invited.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { PASSWORD } from "../support/person.js";

const SHIPPED = new URL("../../../contests/province.toml", import.meta.url);

/// The shipped provincial contest as a newcomer edits it: one prize of each level, so that thirty entries have a cut line early, and a
/// condition for collectives.
function ownRules() {
  const [head, ...prizes] = readFileSync(SHIPPED, "utf8").split("[[prize]]");
  const own = (p) => (p.includes('kind = "individual"') ? p.replace(/count = \d+/, "count = 1") : p.replace('kind = "collective"', '$&\nneeds = { level = 2, prizes = 1 }'));
  return [head, ...prizes.map(own)].join("[[prize]]");
}

/// The wall clock in Việt Nam, as a `datetime-local` field wants it.
function local(minutes) {
  return new Date(Date.now() + (7 * 60 + minutes) * 60_000).toISOString().slice(0, 16);
}

export async function firstAccount(walk) {
  const organizer = await walk.arrive("organizer", "Nguyễn Thị Thu Hà", "btc@example.org");
  await organizer.go("/");
  await organizer.look("front-empty");
  await organizer.go(walk.phach.firstLink);
  await organizer.look("first-invitation");
  await organizer.send("", { name: organizer.name, email: organizer.email, password: PASSWORD });
  await organizer.sees("Từ nay bạn lập được cuộc thi.");
  await organizer.look("me-creator");
  // a key holder's address must be confirmed
  await organizer.go(await walk.phach.linkIn(organizer.email, /Xác nhận địa chỉ/));
  await organizer.look("confirm");
  await organizer.send("");
  await organizer.sees("Địa chỉ thư đã được xác nhận.", "đã xác nhận");
}

export async function ownContest(walk) {
  const { organizer } = walk.people;
  await organizer.go("/contests/new");
  await organizer.look("choice");
  // one copied as it is, to try it out in ten minutes
  await organizer.follow('a[href="/contests/new/jfk?trial=1"]');
  await organizer.look("setup-trial");
  await organizer.send("/contests/new", { title_vi: "Chạy thử mười phút", holder_1: "mot@example.org", holder_2: "hai@example.org" });
  await organizer.sees("Chạy thử mười phút");
  await organizer.look("contest-trial");
  // and the one of this walk: the shipped file with numbers of its own
  await organizer.go("/contests/new");
  const file = { name: "cuoc-thi.toml", mimeType: "text/plain", buffer: Buffer.from(ownRules()) };
  await organizer.send("/contests/new/file", { file });
  await organizer.look("setup-file", async () => {
    await organizer.go("/contests/new");
    await organizer.send("/contests/new/file", { file });
  });
  walk.slug = "chinh-luan-thu";
  await organizer.send("/contests/new", {
    title_vi: "Cuộc thi chính luận thử", title_en: "Trial essay contest", slug: walk.slug,
    opens: local(-1), closes: local(40), intake_closes: local(40), queries_close: local(45),
    holder_1: organizer.email, office_vi_1: "Trưởng Ban Tổ chức", holder_2: "truongban@example.org", office_vi_2: "Trưởng ban Giám khảo",
  });
  await organizer.sees("Cuộc thi chính luận thử", "Cuộc thi đã được tạo");
  if (organizer.scripted) {
    await organizer.page.waitForFunction(() => !location.search.includes("said="));
    await organizer.page.reload();
    assert.ok(!(await organizer.text()).includes("Cuộc thi đã được tạo"), "what was said once is not said again");
  }
  await organizer.look("contest-open");
}

export const JUDGES = [1, 2, 3, 4, 5].map((n) => ({ word: `judge${n}`, name: `Giám Khảo ${["Một", "Hai", "Ba", "Bốn", "Năm"][n - 1]}`, email: `giamkhao${n}@example.org` }));

export async function officials(walk) {
  const { organizer } = walk.people;
  const room = `/c/${walk.slug}/organizer`;
  await organizer.go(room);
  await organizer.look("organizer");
  const invite = (hat, people) => organizer.send(`${room}/invitations`, { hat, people });
  await invite("clerk", "Thư Ký <thuky@example.org>");
  await invite("chair", "truongban@example.org");
  await invite("auditor", "giamsat@example.org");
  await inviteJudges(organizer, room);
  await organizer.sees("Đã gửi 5 lời mời.", "giamkhao5@example.org");
  await organizer.look("organizer-invited");
  await organizer.go(`${room}/people?list=invited&hat=judge`);
  await organizer.look("people");
  await organizer.go(room);
  const invited = [
    { word: "clerk", name: "Lê Thư Ký", email: "thuky@example.org" },
    { word: "chair", name: "Trần Trưởng Ban", email: "truongban@example.org" },
    { word: "auditor", name: "Phạm Giám Sát", email: "giamsat@example.org" },
    ...JUDGES,
  ];
  for (const { word, name, email } of invited) {
    const person = await walk.arrive(word, name, email);
    const link = await walk.phach.linkIn(email, /Lời mời/);
    if (word === "clerk") {
      await person.go(link);
      await person.look("invitation");
    }
    await person.takeInvitation(link);
  }
  await organizer.go(room);
  await organizer.look("organizer-ready");
}

/// By a list, one row of which has no address; nothing is sent before the second press.
async function inviteJudges(organizer, room) {
  const list = `${room}/list`;
  await organizer.go(room);
  await organizer.follow(`main a[href="${list}"]`);
  await organizer.look("invite-list");
  const rows = ["Họ tên;Email;Vai trò", ...JUDGES.map((j) => `${j.name};${j.email};giám khảo`), "Giám Khảo Sáu;chưa có;giám khảo"].join("\n");
  const read = async () => {
    await organizer.go(list);
    await organizer.send(list, { rows });
  };
  await read();
  await organizer.sees("5 người sẽ được mời.", "Không có địa chỉ thư dùng được");
  await organizer.look("invite-list-read", read);
  await organizer.press(organizer.page.locator(`button[formaction="${list}/sending"]`));
}

export async function announcements(walk) {
  const { organizer } = walk.people;
  const room = `/c/${walk.slug}/organizer/news`;
  await organizer.go(room);
  await organizer.look("news-empty");
  await organizer.send(room, { title_vi: "", body_vi: "Lễ phát động lúc 8 giờ." }, { status: 422 });
  await organizer.sees("Hãy viết tiêu đề");
  await organizer.look("news-refused", async () => {
    await organizer.go(room);
    await organizer.send(room, { title_vi: "", body_vi: "Lễ phát động lúc 8 giờ." }, { status: 422 });
  });
  const title = "Lễ phát động ngày 5 tháng 2";
  await organizer.send(room, { title_vi: title, title_en: "Opening day on 5 February", body_vi: "Lễ phát động lúc 8 giờ tại hội trường lớn.\n\nAi cũng được mời." });
  const answer = organizer.page.locator(`form[action="${room}"]:has(input[name="kind"][value="answer"])`).first();
  await organizer.fill(answer, "title_vi", "Một người được gửi mấy bài?");
  await organizer.fill(answer, "body_vi", "Mỗi loại hình một bài, nhiều nhất hai bài.");
  await organizer.press(answer.locator("button").first());
  await organizer.sees("Đã đăng", title, "Một người được gửi mấy bài?");
  await organizer.look("news");
  const stranger = await walk.stranger();
  await stranger.go(`/c/${walk.slug}`);
  await stranger.sees(title, "Hỏi đáp");
  await stranger.look("contest-news");
  await stranger.go(`/c/${walk.slug}/call`);
  await stranger.sees("Thể lệ", "Mỗi loại hình một bài, nhiều nhất hai bài.");
  await stranger.look("call");
}
