// The desk: eleven entries valid, one of them after a query, one refused; then the cut.
const LAST = { title: "", href: "" };

async function decide(clerk, verdict, reason = "") {
  const form = clerk.page.locator("form.verdict");
  await form.locator(`input[name=verdict][value=${verdict}]`).check({ force: true });
  if (reason) await form.locator("[name=reason]").fill(reason);
  await clerk.press(form.locator("button.btn"));
}

export async function screening(walk) {
  const { clerk } = walk.people;
  const desk = `/c/${walk.slug}/desk`;
  await walk.phach.travel(11); // no entry comes in any more
  await clerk.go(desk);
  await clerk.look("desk");
  for (let n = 1; ; n++) {
    await clerk.go(`${desk}?state=waiting`);
    const next = clerk.page.locator("section.queue table a").first();
    if (!(await next.count())) break;
    await clerk.press(next);
    if (n === 1) await queried(walk, clerk);
    else if (n === 2) await decide(clerk, "refused", "Bài trùng với một bài đã đăng báo trước ngày phát động.");
    else await decide(clerk, "valid");
  }
  await clerk.look("desk-empty");
  await answered(walk);
}

async function queried(walk, clerk) {
  await clerk.look("desk-entry");
  LAST.href = new URL(clerk.page.url()).pathname;
  const form = clerk.page.locator("form.verdict");
  await clerk.press(form.locator("button.btn"), 422);
  await clerk.look("desk-errors", async () => {
    await clerk.go(LAST.href);
    await clerk.press(clerk.page.locator("form.verdict button.btn"), 422);
  });
  await decide(clerk, "query", "Tên bài ở trang đầu khác tên bài trong biểu mẫu. Xin sửa cho khớp.");
}

/// The contestant answers before queries close, and the desk decides on what came.
async function answered(walk) {
  const { clerk } = walk.people;
  const author = walk.people.author1;
  const letter = await walk.phach.linkIn(author.email, /hỏi lại/);
  await author.go(letter);
  await author.look("entry-queried");
  await author.page.locator("[name=note]").fill("Đã sửa tên bài cho khớp.");
  await author.press(author.page.locator("#submit"));
  await author.look("receipt-answered");
  await clerk.go(LAST.href);
  await clerk.sees("Đã sửa tên bài cho khớp.");
  await clerk.look("desk-entry-answered");
  await decide(clerk, "valid");
  const refused = walk.people.author1;
  await refused.go(`/c/${walk.slug}/entries`);
  await refused.look("entries-decided");
}

export async function cut(walk) {
  const { clerk } = walk.people;
  const page = `/c/${walk.slug}/desk/cut`;
  await clerk.go(page);
  await clerk.look("cut-too-early");
  await walk.phach.travel(5); // queries are closed
  await clerk.go(page);
  await clerk.look("cut-ready");
  for (let i = 0; i < 2; i++) {
    const form = clerk.page.locator("form:has([name=sure])").first();
    if (i === 0) {
      await clerk.press(form.locator("button"), 422);
      await clerk.look("cut-unsure", async () => {
        await clerk.go(page);
        await clerk.press(form.locator("button"), 422);
      });
    }
    await form.locator("[name=sure]").check({ force: true });
    await clerk.press(form.locator("button"));
  }
  await clerk.look("cut-done");
}
