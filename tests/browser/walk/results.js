// From the proposal to what everybody reads.
import assert from "node:assert/strict";

export async function sealing(walk) {
  const { organizer } = walk.people;
  const page = `/c/${walk.slug}/prizes`;
  await organizer.go(page);
  await organizer.look("prizes-to-propose");
  const wrong = () => organizer.send(page, { reserves: "nhiều" }, { status: 422 });
  await wrong();
  await organizer.look("prizes-errors", async () => {
    await organizer.go(page);
    await wrong();
  });
  await organizer.send(page, { reserves: "2" });
  await organizer.look("prizes-proposed");
  await keys(walk);
  await organizer.go(page);
  await organizer.send(`${page}/seal`, { sure: "yes" });
  await organizer.look("prizes-sealed");
  walk.last4 = (await organizer.page.locator(".code.stub").innerText()).trim();
  assert.match(walk.last4, /^[0-9a-f]{4}$/);
  await organizer.go(`/c/${walk.slug}/minutes/seal`);
  await organizer.look("minutes-seal");
}

/// The page on which a key would change hands before the seal.
async function keys(walk) {
  const { chair } = walk.people;
  const page = `/c/${walk.slug}/keys`;
  await chair.go(page);
  await chair.look("keys");
  const unsaid = async () => {
    await chair.go(page);
    await chair.send(page, { email: "không phải thư", reason: "", password: "" }, { status: 422 });
  };
  await unsaid();
  await chair.look("keys-errors", unsaid);
}

export async function opening(walk) {
  const { organizer, chair } = walk.people;
  const page = `/c/${walk.slug}/opening`;
  await organizer.go(`/c/${walk.slug}/collectives`);
  await organizer.look("collectives-before");
  await organizer.go(page);
  await organizer.look("opening");
  const wrong = () => organizer.send(page, { last4: "zzzz", password: organizer.password }, { status: 422 });
  await wrong();
  await organizer.look("opening-errors", async () => {
    await organizer.go(page);
    await wrong();
  });
  await organizer.send(page, { last4: walk.last4, password: organizer.password });
  await organizer.look("opening-one-key");
  await chair.go(page);
  await chair.send(page, { last4: walk.last4, password: chair.password });
  await chair.sees("đã mở");
  await chair.look("opening-opened");
  await chair.go(`/c/${walk.slug}/minutes/opening`);
  await chair.look("minutes-opening");
}

export async function publication(walk) {
  const { organizer, chair } = walk.people;
  const page = `/c/${walk.slug}/collectives`;
  const stranger = await walk.stranger();
  await stranger.go(`/c/${walk.slug}/results`);
  await stranger.look("results-none");
  await organizer.go(page);
  assert.equal(await organizer.page.locator("td.name").count(), 5, "four places and a tie taken in");
  await organizer.look("collectives");
  const wrong = () => organizer.send(page, { reason: "" }, { status: 422 });
  await wrong();
  await organizer.look("collectives-errors", async () => {
    await organizer.go(page);
    await wrong();
  });
  const prize = await organizer.page.locator("select[name=prize] option").nth(1).getAttribute("value");
  // the condition of the rules: a prize of the second level at least
  const unmet = async () => {
    await organizer.go(page);
    const { value: unit } = await unitWhere(organizer, ".tag.warn");
    await organizer.send(page, { prize, unit, reason: "Phát động rộng." }, { status: 409 });
  };
  await unmet();
  await organizer.sees("chưa đủ điều kiện");
  await organizer.look("collectives-unmet", unmet);
  const unit = await unitWhere(organizer, ".tag.ok");
  walk.collective = unit.name;
  await organizer.send(page, { prize, unit: unit.value, reason: "Phát động rộng, nhiều bài hợp lệ." });
  await organizer.look("collectives-proposed");
  await organizer.go(`/c/${walk.slug}/decisions`);
  await organizer.look("decisions-mine");
  await chair.go(`/c/${walk.slug}/decisions`);
  await chair.look("decisions");
  await chair.send(`/c/${walk.slug}/decisions/confirmation`);
  await chair.sees("Đã xác nhận");
  await chair.look("decisions-none");
  await organizer.go(page);
  await organizer.sees(walk.collective);
  await organizer.look("collectives-decided");
  await organizer.send(`/c/${walk.slug}/publication`, { sure: "yes" });
  await organizer.look("collectives-published");
  await walk.phach.letter("tacgia3@example.org", /Đã có kết quả/);
}

/// The first unit of the evidence whose condition is met, or is not: its name and its choice in the form.
async function unitWhere(organizer, tag) {
  const row = organizer.page.locator(`table.tbl tbody tr:has(${tag}) th`).first();
  const name = (await row.innerText()).replace(/^[—\s]+/, "").trim();
  const all = await organizer.page.locator("select[name=unit] option").evaluateAll((options) => options.map((o) => ({ value: o.value, text: o.text.trim() })));
  return { name, value: all.find((o) => o.text.endsWith(name)).value };
}

export async function results(walk) {
  const stranger = await walk.stranger();
  await stranger.go("/");
  await stranger.look("front");
  await stranger.go(`/c/${walk.slug}`);
  await stranger.look("contest-closed");
  await stranger.go(`/c/${walk.slug}/results`);
  assert.equal(await stranger.page.locator(".laurels li").count(), 6, "five works and one collective");
  await stranger.sees("Giải A", walk.collective, "Phát động rộng, nhiều bài hợp lệ.");
  await stranger.misses(...walk.codes);
  await stranger.look("results");
  const { auditor, author2 } = walk.people;
  await auditor.go(`/c/${walk.slug}/record`);
  await auditor.look("record");
  await auditor.go(`/c/${walk.slug}/record?verb=open`);
  await auditor.look("record-filtered");
  await author2.go(`/c/${walk.slug}/entries`);
  await author2.look("entries-after");
  await author2.press(author2.page.locator("main th a").first());
  await author2.look("entry-locked");
}

/// Two winners are struck out by two holders of keys. The first leaves the place that equal marks had added; for the second the sealed
/// reserve opens by the same act. The old edition stays readable.
export async function strike(walk) {
  const { organizer } = walk.people;
  const page = `/c/${walk.slug}/struck-out`;
  await organizer.go(page);
  await organizer.look("strikes");
  const unsaid = async () => {
    await organizer.go(page);
    await organizer.send(page, { reason: "", password: "" }, { status: 422 });
  };
  await unsaid();
  await organizer.look("strikes-errors", unsaid);
  const stranger = await walk.stranger();
  const laurels = async (at) => {
    await stranger.go(`/c/${walk.slug}/results${at}`);
    return stranger.page.locator(".laurels h3").allInnerTexts();
  };
  const first = await laurels("");
  await struck(walk, "Bài chép lại gần như nguyên văn một bài đã đăng.", true);
  const second = await laurels("");
  assert.equal(second.length, first.length - 1);
  assert.deepEqual(second.filter((work) => !first.includes(work)), []);
  await struck(walk, "Bài đã dự một cuộc thi khác.", false);
  const third = await laurels("");
  assert.equal(third.length, second.length);
  assert.equal(third.filter((work) => !first.includes(work)).length, 1, "a reserve moved up");
  await stranger.sees("Bài chép lại", "Bài đã dự một cuộc thi khác.");
  await stranger.misses(...walk.codes);
  await stranger.look("results-amended");
  assert.deepEqual(await laurels("/1"), first);
  await stranger.look("results-first-edition");
}

async function struck(walk, reason, look) {
  const { organizer, chair } = walk.people;
  const page = `/c/${walk.slug}/struck-out`;
  await organizer.go(page);
  const code = await organizer.page.locator("select[name=code] option").nth(1).getAttribute("value");
  await organizer.send(page, { code, reason, password: organizer.password });
  if (look) await organizer.look("strikes-proposed");
  await chair.go(page);
  if (look) await chair.look("strikes-to-confirm");
  await chair.page.locator(`form[action="${page}/confirmation"] [name=id]`).first().check({ force: true });
  await chair.send(`${page}/confirmation`, { password: chair.password });
  if (look) await chair.look("strikes-done");
}

/// How a winner's name is written is mended by two: a new edition, and the old ones stay as they were.
export async function amendment(walk) {
  const { organizer, chair } = walk.people;
  await organizer.go(`/c/${walk.slug}/collectives`);
  const page = await organizer.page.locator("td.name a").first().getAttribute("href");
  await organizer.go(page);
  await organizer.look("correction");
  const same = async () => {
    await organizer.go(page);
    await organizer.send(page, { reason: "Thiếu bút danh.", password: organizer.password }, { status: 422 });
  };
  await same();
  await organizer.look("correction-errors", same);
  const was = await organizer.page.locator("[name=authors]").inputValue();
  const now = `${was} (bút danh Sông Quê)`;
  await organizer.send(page, { authors: now, reason: "Thiếu bút danh.", password: organizer.password });
  await organizer.look("correction-proposed");
  const stranger = await walk.stranger();
  await stranger.go(`/c/${walk.slug}/results`);
  await stranger.sees(was);
  await stranger.misses(now);
  await chair.go(`/c/${walk.slug}/decisions`);
  await chair.sees(was, now);
  await chair.look("decisions-correction");
  await chair.send(`/c/${walk.slug}/decisions/confirmation`, { password: chair.password });
  await chair.look("decisions-corrected");
  await stranger.go(`/c/${walk.slug}/results`);
  await stranger.sees(now, "Thiếu bút danh.");
  await stranger.misses(...walk.codes);
  await stranger.look("results-corrected");
  await stranger.go(`/c/${walk.slug}/results/3`);
  await stranger.sees(was);
  await stranger.misses(now);
  await stranger.look("results-edition-before");
}
