// The judges and their chair: declarations, the assignment, marks, a recusal, a discrepancy, the close, a tie.
import assert from "node:assert/strict";
import { JUDGES } from "./setup.js";

const hundredths = (words) => Math.round(parseFloat(words.replace(",", ".")) * 100);

export async function declarations(walk) {
  const page = `/c/${walk.slug}/marking/declaration`;
  const said = [
    (p) => p.pick("Sở Giáo dục và Đào tạo"),
    (p) => p.page.locator("[name=people]").fill("Hoàng Thị Giang\nquen-biet@example.org"),
    (p) => p.page.locator("[name=none]").check({ force: true }),
    (p) => p.page.locator("[name=none]").check({ force: true }),
  ];
  for (const [i, { word }] of JUDGES.entries()) {
    const judge = walk.people[word];
    await judge.go(page);
    if (i === 0) {
      await judge.look("declaration");
      await judge.send(page, {}, { status: 422 });
      await judge.look("declaration-errors", async () => {
        await judge.go(page);
        await judge.send(page, {}, { status: 422 });
      });
    }
    await said[i](judge);
    await judge.send(page);
    if (i === 0) await judge.look("declared");
  }
}

async function deal(walk, name) {
  const { chair } = walk.people;
  const page = `/c/${walk.slug}/chair/deal`;
  await chair.go(page);
  await chair.look(`deal-${name}`);
  await chair.go(page); // the batch passes by itself, too: what is pressed is what stands now
  if (await chair.page.locator(`form[method=post][action="${page}"]`).count()) await chair.send(page);
}

export async function assignment(walk) {
  const { chair } = walk.people;
  await chair.go(`/c/${walk.slug}/chair`);
  await chair.look("board-before");
  await deal(walk, "first");
  await chair.look("board-dealt");
  await chair.go(`/c/${walk.slug}/chair/deal/replay`);
  await chair.look("replay");
  walk.codes = (await walk.phach.sql("select code from blind.paper order by code")).split("\n");
  assert.equal(walk.codes.length, 11);
}

// What each paper is to be worth, by the order of codes: the fourth and fifth stand level over the cut line; on the
// seventh two judges are forty marks apart.
const WORTH = [9500, 9000, 8500, 8000, 8000, 7500, null, 6500, 6000, 5500, 5000];
const APART = [5000, 9000, 7000];

function worth(walk, code) {
  const marked = (walk.marked ??= {});
  const n = (marked[code] = (marked[code] ?? 0) + 1) - 1;
  return WORTH[walk.codes.indexOf(code)] ?? APART[n];
}

/// Fills every criterion so that the sum is `total` hundredths.
async function fill(judge, total) {
  const fields = judge.page.locator("form[data-sheet] input[data-max]");
  const max = await fields.evaluateAll((all) => all.map((f) => Number(f.dataset.max)));
  const whole = max.reduce((a, b) => a + b, 0);
  let left = total;
  for (const [i, m] of max.entries()) {
    const later = max.slice(i + 1).reduce((a, b) => a + b, 0);
    const share = Math.max(left - later, Math.min(m, left, Math.round((total * m) / whole / 50) * 50));
    left -= share;
    await fields.nth(i).fill((share / 100).toFixed(1).replace(".", i % 2 ? "." : ",")); // both ways of writing a decimal
  }
  assert.equal(left, 0);
}

async function lift(judge) {
  const bar = judge.page.locator(".rubric-bar a[href='#sheet']");
  if (await bar.isVisible()) await bar.click(); // on a phone the sheet lies below the paper
}

const listed = (judge, slug) => judge.page.locator(`table a[href^="/c/${slug}/marking/"]`);

async function markAll(walk, judge, first) {
  const queue = `/c/${walk.slug}/marking`;
  await judge.go(queue);
  if (first) await judge.look("queue");
  const hrefs = await listed(judge, walk.slug).evaluateAll((all) => all.filter((a) => !a.closest("tr").querySelector(".tag.ok")).map((a) => a.getAttribute("href")));
  for (const [i, href] of hrefs.entries()) {
    await judge.go(href);
    if (first && i === 0) await sheets(judge, href);
    await lift(judge);
    await fill(judge, worth(walk, href.split("/").pop()));
    if (first && i === 1) await judge.look("paper-filled", false);
    await judge.press(judge.page.locator("form[data-sheet] button[value=submit]"));
  }
  await judge.go(queue);
  if (first) {
    await judge.look("queue-done");
    await judge.go(hrefs[0]);
    await judge.look("paper-marked");
    await asking(walk, judge, hrefs[0]);
  }
}

/// A judge asks for a correction and reports a paper, prints; the chair answers both.
async function asking(walk, judge, href) {
  await judge.page.locator("details:has([name=correction]) > summary").click();
  await judge.send(`${href}/correction`, { correction: "Cộng nhầm điểm hình thức." });
  await judge.page.locator("#reporting > summary").click();
  await judge.send(`${href}/report`, { report: "unreadable", paragraph: "1", report_note: "Có một hàng dấu hỏi." });
  await judge.look("paper-asked", async () => judge.go(href));
  await judge.go(`/c/${walk.slug}/marking/print`);
  await judge.look("print");
  const { chair } = walk.people;
  const requests = `/c/${walk.slug}/chair/requests`;
  await chair.go(requests);
  await chair.look("requests");
  await chair.send(`${requests}/corrections`, { reason: "Điểm đã cân nhắc kỹ." }, { press: "button[value=decline]" });
  await chair.send(`${requests}/reports`, {}, { press: "button[value=nothing]" });
  await chair.look("requests-done", async () => chair.go(requests));
}

/// The first paper as it is met, and a sheet that cannot be taken.
async function sheets(judge, href) {
  await judge.look("paper");
  const wrong = async () => {
    await lift(judge);
    await judge.page.locator("form[data-sheet] input[data-max]").first().fill("99,3");
    await judge.press(judge.page.locator("form[data-sheet] button[value=submit]"), 422);
  };
  await wrong();
  await judge.look("paper-errors", async () => {
    await judge.go(href);
    await wrong();
  });
}

async function recuse(walk, judge) {
  await judge.go(`/c/${walk.slug}/marking`);
  // not the paper that will need a third judge: with a unit declared there might be none left
  const other = judge.page.locator(`:not([href$="${walk.codes[6]}"])`);
  await judge.press(listed(judge, walk.slug).and(other).first());
  const code = judge.page.url().split("/").pop();
  await lift(judge);
  const part = judge.page.locator("details:has([name=reason])");
  await part.locator("> summary").click();
  await part.locator("[name=reason][value=recognised]").check({ force: true });
  await judge.press(part.locator("button"));
  await judge.look("queue-recused");
  await judge.go(`/c/${walk.slug}/marking/${code}`, 404);
  await judge.look("not-found");
}

export async function marking(walk) {
  await recuse(walk, walk.people.judge4);
  for (const { word } of JUDGES) await markAll(walk, walk.people[word], word === "judge1");
  // what was sent back is dealt again, and the two marks far apart get their third
  await walk.people.chair.go(`/c/${walk.slug}/chair`);
  await walk.people.chair.look("board-gaps");
  await lookAtGapsAndJudge(walk);
  await deal(walk, "again");
  for (const { word } of JUDGES) await markAll(walk, walk.people[word], false);
  const lacking = "select count(*) from blind.paper where agreed is null";
  if ((await walk.phach.sql(lacking)) !== "0") {
    await deal(walk, "third"); // the recused paper was the one that lacked a mark to be apart from
    for (const { word } of JUDGES) await markAll(walk, walk.people[word], false);
  }
  assert.equal(await walk.phach.sql(lacking), "0");
  const { chair } = walk.people;
  await newText(walk, chair);
  await chair.go(`/c/${walk.slug}/chair/papers/${walk.codes[6]}`);
  await chair.sees("70,00");
  await chair.look("board-paper");
}

/// Discrepancies by size, and the page on which the chair could withdraw a judge.
async function lookAtGapsAndJudge(walk) {
  const { chair } = walk.people;
  await chair.go(`/c/${walk.slug}/chair/discrepancies`);
  await chair.sees(walk.codes[6], "40,00");
  await chair.look("gaps");
  await chair.go(`/c/${walk.slug}/chair`);
  const judge = await chair.page.locator(`a[href*="/chair/judges/"]`).first().getAttribute("href");
  await chair.go(judge);
  await chair.look("board-judge");
  const unsaid = async () => {
    await chair.go(judge);
    await chair.send(judge, { reason: "" }, { status: 422 });
  };
  await unsaid();
  await chair.look("board-judge-errors", unsaid);
}

/// What the desk masked came with the batch, under the same code: the chair decides whether it is read again.
async function newText(walk, chair) {
  const lagging = "select count(*) from blind.paper where new_text";
  for (let i = 0; (await walk.phach.sql(lagging)) === "0"; i++) {
    assert.ok(i < 150, "the masked text did not come with the batch");
    await new Promise((done) => setTimeout(done, 200));
  }
  const [board, readings] = [`/c/${walk.slug}/chair`, `/c/${walk.slug}/chair/readings`];
  await chair.go(board);
  await chair.look("board-new-text");
  const silent = async () => {
    await chair.go(board);
    await chair.send(readings, { reason: "" }, { press: "button[value=stands]", status: 422 });
  };
  await silent();
  await chair.look("board-new-text-errors", silent);
  await chair.send(readings, { reason: "Chỗ che không đổi nội dung bài." }, { press: "button[value=stands]" });
  assert.equal(await walk.phach.sql(lagging), "0");
}

export async function closing(walk) {
  const { chair, organizer } = walk.people;
  await organizer.go(`/c/${walk.slug}/prizes`);
  await organizer.look("prizes-marking");
  await chair.go(`/c/${walk.slug}/chair/standings`);
  await chair.look("standings-open");
  await chair.go(`/c/${walk.slug}/chair`);
  await chair.look("board-may-close");
  await chair.send(`/c/${walk.slug}/chair/closing`, { sure: "yes" });
  await chair.go(`/c/${walk.slug}/chair/standings`);
  const marks = (await chair.page.locator("table.standing tbody tr:not([class*=line]) td strong").allInnerTexts()).map(hundredths);
  assert.deepEqual(marks, [9500, 9000, 8500, 8000, 8000, 7500, 7000, 6500, 6000, 5500, 5000]);
  await chair.look("standings-charts");
  await chair.go(`/c/${walk.slug}/chair/standings?code=${walk.codes[2].toLowerCase()}`);
  await chair.sees(walk.codes[2], "85,00");
  await chair.look("standings-found");
  await reopening(walk);
}

/// The round is opened again by two people, and closed once more.
async function reopening(walk) {
  const { chair, organizer } = walk.people;
  const [board, prizes] = [`/c/${walk.slug}/chair`, `/c/${walk.slug}/prizes`];
  const unsaid = async () => {
    await chair.go(board);
    await chair.send(`${board}/reopening`, { reason: "" }, { status: 422 });
  };
  await unsaid();
  await chair.look("board-reopening-errors", unsaid);
  await chair.send(`${board}/reopening`, { reason: "Một phiếu chấm cần xem lại." });
  await chair.look("board-reopening");
  await organizer.go(prizes);
  await organizer.look("prizes-reopening");
  await organizer.send(`${prizes}/reopening`, { sure: "yes" }, { press: "button[value=confirm]" });
  await chair.go(`/c/${walk.slug}/chair/standings`);
  await chair.sees("Vòng chấm chưa chốt");
  await chair.go(board);
  await chair.look("board-reopened");
  await chair.send(`${board}/closing`, { sure: "yes" });
}

export async function tie(walk) {
  const { chair, organizer } = walk.people;
  await organizer.go(`/c/${walk.slug}/prizes`);
  await organizer.look("prizes-tied");
  await chair.go(`/c/${walk.slug}/chair/standings`);
  await chair.look("standings-tied");
  const ties = `/c/${walk.slug}/chair/ties`;
  await chair.send(ties, {}, { status: 422 });
  await chair.look("standings-errors", async () => {
    await chair.go(`/c/${walk.slug}/chair/standings`);
    await chair.send(ties, {}, { status: 422 });
  });
  await chair.send(ties, { answer: "all_in", reason: "Hai bài ngang nhau về cả nội dung và hình thức." });
  await chair.look("standings-answered");
  const judge = walk.people.judge2;
  await judge.go(`/c/${walk.slug}/marking`);
  await judge.look("queue-closed");
}
