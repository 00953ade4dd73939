// The desk: thirty entries valid, one of them after a query, one refused; then the cut, and texts that are repaired and masked.
const LAST = { title: "", href: "" };

/// Writes a decision into the open entry's form and presses.
export async function decide(clerk, verdict, reason = "") {
  const form = clerk.page.locator("form.verdict");
  await form.locator(`input[name=verdict][value=${verdict}]`).check({ force: true });
  if (reason) await form.locator("[name=reason]").fill(reason);
  await clerk.press(form.locator("[data-decide]"));
}

export async function screening(walk) {
  const { clerk } = walk.people;
  const desk = `/c/${walk.slug}/desk`;
  await clerk.go(desk);
  await clerk.look("desk");
  await beside(walk, clerk, desk);
  await posted(clerk, desk);
  // no entry comes in any more; however long the walk took so far, queries stay open for as long as the rules say
  const left = await walk.phach.sql(`select greatest(1 + ceil(extract(epoch from closes_at - phach.now()) / 60), 0) from contest.contest where slug = '${walk.slug}'`);
  await walk.phach.travel(Number(left));
  await clerk.go(desk);
  for (let n = 1; ; n++) {
    await clerk.go(`${desk}?state=waiting`);
    const next = clerk.page.locator("section.queue table a").first();
    if (!(await next.count())) break;
    await clerk.press(next);
    if (n === 1) await queried(walk, clerk);
    else if (n === 2) await decide(clerk, "refused", "Bài trùng với một bài đã đăng báo trước ngày phát động.");
    else if (n === 3) await together(clerk, desk);
    else await decide(clerk, "valid");
  }
  await clerk.look("desk-empty");
  await answered(walk);
}

/// One that came by post: written down, its receipt seen, refused again.
async function posted(clerk, desk) {
  await clerk.go(`${desk}/post`);
  await clerk.look("post");
  const form = clerk.form(`${desk}/post`);
  await form.locator("[name=category]").first().check({ force: true });
  for (const [name, value] of [["name_1", "Đặng Văn Ba"], ["title", "Con đê đầu làng"], ["text", "Bài viết tay, gõ lại."]]) await clerk.fill(form, name, value);
  await clerk.press(form.locator("#submit"));
  await clerk.look("posted", false);
  await clerk.go(`${desk}?state=waiting&post=1`);
  await clerk.press(clerk.page.locator("section.queue table a").first());
  await decide(clerk, "refused", "Bài gửi bưu điện này viết quá ngắn.");
}

/// What stands beside the queue: units, saved searches, texts, a list to take away.
async function beside(walk, clerk, desk) {
  await walk.phach.sql("select named.raise_flag(id, 'same-person') from named.entry where number = 3");
  await clerk.go(`${desk}?state=all&flag=any`);
  await clerk.look("desk-filtered");
  await clerk.press(clerk.page.locator('.more a[href*="/units"]'));
  await clerk.look("desk-units");
  await clerk.press(clerk.page.locator(".tree a").first());
  const saving = `form[action^="${desk}/searches?"]`;
  await clerk.press(clerk.page.locator(`${saving} button`), 422);
  await clerk.look("desk-search-unnamed", async () => {
    await clerk.go(`${desk}?state=all`);
    await clerk.press(clerk.page.locator(`${saving} button`), 422);
  });
  await clerk.page.locator(`${saving} [name=name]`).fill("Bài có điều cần xem lại");
  await clerk.press(clerk.page.locator(`${saving} button`));
  const texts = `${desk}/templates`;
  await clerk.go(texts);
  await clerk.send(texts, { name: "", vi: "" }, { status: 422 });
  await clerk.look("desk-texts-errors", async () => {
    await clerk.go(texts);
    await clerk.send(texts, { name: "", vi: "" }, { status: 422 });
  });
  await clerk.send(texts, { name: "Thiếu nguồn trích dẫn", vi: "Mời bạn ghi nguồn của các đoạn trích." });
  await clerk.look("desk-texts");
  for (const kind of ["csv", "xlsx"]) {
    const answer = await clerk.context.request.post(`${desk}/export?state=all`, { form: { form: kind }, headers: { "sec-fetch-site": "same-origin" } });
    if (answer.status() !== 200 || (await answer.body()).length < 500) throw new Error(`no list as ${kind}: ${answer.status()}`);
  }
  await clerk.go(desk);
}

/// All that still wait and meet every condition, at once.
async function together(clerk, desk) {
  await clerk.go(`${desk}/selection`);
  await clerk.look("desk-none-selected");
  await clerk.go(desk);
  const form = clerk.page.locator("form.selecting");
  if (clerk.scripted) await form.locator(".tick.all input").check();
  else for (const box of await form.locator("[name=n]").all()) await box.check();
  await clerk.press(form.locator("button"));
  await clerk.look("desk-selection");
  await clerk.press(clerk.page.locator('form[method="post"] button.btn'));
  await settled(clerk, desk);
}

/// What was in doubt is looked into; then it can be valid.
async function settled(clerk, desk) {
  await clerk.go(`${desk}?flag=any`);
  const next = clerk.page.locator("section.queue table a").first();
  if (!(await next.count())) return;
  await clerk.press(next);
  const href = new URL(clerk.page.url()).pathname;
  const settle = () => clerk.press(clerk.page.locator(".flag button"), 422);
  await settle();
  await clerk.look("desk-doubt", async () => {
    await clerk.go(href);
    await settle();
  });
  await clerk.page.locator(".flag [name=note]").fill("Đã gọi điện: hai người trùng tên.");
  await clerk.press(clerk.page.locator(".flag button"));
  await decide(clerk, "valid");
}

async function queried(walk, clerk) {
  await clerk.look("desk-entry");
  LAST.href = new URL(clerk.page.url()).pathname;
  const form = clerk.page.locator("form.verdict");
  await clerk.press(form.locator("[data-decide]"), 422);
  await clerk.look("desk-errors", async () => {
    await clerk.go(LAST.href);
    await clerk.press(clerk.page.locator("form.verdict [data-decide]"), 422);
  });
  const more = clerk.page.locator("form.verdict .more");
  await more.locator("summary").click();
  await more.locator("select[name=text]").selectOption("title");
  await clerk.press(more.locator("button"));
  await clerk.look("desk-entry-text", false);
  await clerk.page.locator("form.verdict [name=tick]").first().check();
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
  await clerk.go(`${LAST.href}/extension`);
  await clerk.send(`${LAST.href}/extension`, { reason: "" }, { status: 422 });
  await clerk.look("desk-extension-errors", async () => {
    await clerk.go(`${LAST.href}/extension`);
    await clerk.send(`${LAST.href}/extension`, { reason: "" }, { status: 422 });
  });
  await clerk.go(`/c/${walk.slug}/desk/extension`);
  await clerk.look("desk-extension-drafts");
  await clerk.go(`${LAST.href}/contact`);
  await clerk.look("desk-contact");
  await clerk.go(`${LAST.href}/authors`);
  await clerk.look("desk-authors");
  await clerk.go(LAST.href);
  await clerk.press(clerk.page.locator('a[href*="/changes"]'));
  await clerk.look("desk-changes");
  await clerk.go(LAST.href);
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
  const after = `${LAST.href}/after-cut`;
  await repaired(walk, clerk, `${LAST.href}/text`);
  await clerk.go(after);
  await clerk.look("desk-after-cut");
  await clerk.send(`${after}/striking-out`, {}, { status: 422 });
  await clerk.look("desk-after-cut-errors", async () => {
    await clerk.go(after);
    await clerk.send(`${after}/striking-out`, {}, { status: 422 });
  });
}

/// The paper whose text will be masked, which nobody in the program can tell: as the administrator.
export function maskedPaper(walk) {
  return walk.phach.sql(`select paper from slip.pair where entry = '${LAST.href.split("/").pop()}'`);
}

/// While judges read, the desk masks a passage that gives its author away; it goes to them with the batch.
export async function masking(walk) {
  const { clerk } = walk.people;
  const text = `${LAST.href}/text`;
  const form = () => clerk.page.locator(`form[action="${text}"]:has([name=body])`);
  await clerk.go(text);
  await clerk.look("desk-text");
  const body = await form().locator("[name=body]").inputValue();
  await form().locator("[name=body]").fill(body.replace("cán bộ", "[…]"));
  await clerk.press(form().locator("button[value=see]"));
  await clerk.look("desk-text-seen", false);
  const silent = () => clerk.press(form().locator("button[value=keep]"), 422);
  await silent();
  await clerk.look("desk-text-errors", false);
  await form().locator("[name=reason]").fill("Đoạn này cho biết tác giả là ai.");
  await clerk.press(form().locator("button[value=keep]"));
  await clerk.sees("Đã ghi văn bản mới");
  await clerk.look("desk-entry-cut");
  await clerk.go(text);
  await clerk.sees("Đoạn này cho biết tác giả là ai.");
  await clerk.look("desk-text-kept");
}

/// The desk asks for a repaired text; its author has it read, looks at it and sends it; it is not taken.
async function repaired(walk, clerk, text) {
  const ask = `${LAST.href}/repair`;
  const wrong = async () => {
    await clerk.go(text);
    await clerk.send(ask, { message: "hở" }, { status: 422 });
  };
  await wrong();
  await clerk.look("desk-repair-errors", wrong);
  await clerk.go(text);
  await clerk.send(ask, { message: "Trang hai của tệp bị mất. Xin gửi lại đủ bài." });
  await clerk.look("desk-repair-waits");
  const author = walk.people.author1;
  const own = LAST.href.replace("/desk/", "/entries/");
  await author.go(own);
  await author.look("entry-repair");
  const unread = async () => {
    await author.go(own);
    await author.send(`${own}/repair`, { by: "text", repaired: "" }, { status: 422 });
  };
  await unread();
  await author.look("entry-repair-errors", unread);
  await author.go(own);
  await author.send(`${own}/repair`, { by: "text", repaired: "Đoạn một, đủ trang hai.\n\nĐoạn hai." });
  await author.look("entry-repair-read");
  await author.press(author.page.locator("button[value=send]"));
  await author.look("entry-repair-sent");
  await clerk.go(text);
  await clerk.look("desk-repair-came");
  const unfit = async () => {
    await clerk.go(text);
    await clerk.press(clerk.page.locator("button[value=decline]"), 422);
  };
  await unfit();
  await clerk.look("desk-repair-unfit", unfit);
  await clerk.go(text);
  const no = clerk.page.locator(`form[action="${ask}/decision"]:has([name=unusable])`);
  await no.locator("[name=unusable]").fill("Vẫn thiếu nửa sau của trang hai.");
  await clerk.press(no.locator("button"));
  await author.go(own);
  await author.look("entry-repair-unusable");
}
