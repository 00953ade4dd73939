// The judges at work: a recusal, a correction allowed and one refused, a report; two marks apart, and texts that changed under them.
import assert from "node:assert/strict";
import { deal } from "./board.js";
import { maskedPaper } from "./desk.js";
import { APART, lift, mark, markOpen, openPapers } from "./marks.js";

const READING = ["judge1", "judge2", "judge3", "judge4"]; // the fifth is withdrawn

/// Whether a paper has a part of its own in this walk.
const apart = (walk, code) => Object.keys(APART).some((i) => walk.codes[i] === code) || code === walk.masked;

/// One judge sends a paper back, another marks all: one sheet with a slip of the pen, one without, one whose paper cannot be read.
export async function beginning(walk) {
  walk.masked = await maskedPaper(walk);
  await recuse(walk, walk.people.judge4);
  const judge = walk.people.judge1;
  const codes = await openPapers(walk, judge);
  await judge.look("queue");
  const [mistaken, doubted, reported] = codes.filter((c) => !apart(walk, c));
  walk.reported = reported;
  await sheets(judge, `/c/${walk.slug}/marking/${codes[0]}`);
  for (const code of codes) await mark(walk, judge, code, { slip: code === mistaken ? 1000 : 0, look: code === codes[1] ? "paper-filled" : "" });
  await judge.go(`/c/${walk.slug}/marking`);
  await judge.look("queue-done");
  await asking(walk, judge, { mistaken, doubted, reported });
}

async function recuse(walk, judge) {
  const queue = `/c/${walk.slug}/marking`;
  const codes = await openPapers(walk, judge);
  // not one that will need a third judge: with a unit declared there might be none left
  const code = codes.find((c) => !apart(walk, c));
  await judge.go(`${queue}/${code}`);
  await lift(judge);
  const part = judge.page.locator("details:has([name=reason])");
  await part.locator("> summary").click();
  await part.locator("[name=reason][value=recognised]").check({ force: true });
  await judge.press(part.locator("button"));
  await judge.look("queue-recused");
  await judge.go(`${queue}/${code}`, 404);
  await judge.look("not-found");
}

/// The first paper as it is met, and a sheet that cannot be taken.
async function sheets(judge, href) {
  await judge.go(href);
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

/// Two corrections are asked for and a paper is reported; the chair allows one, refuses the other, and sends the report to the desk.
async function asking(walk, judge, { mistaken, doubted, reported }) {
  const at = (code) => `/c/${walk.slug}/marking/${code}`;
  await judge.go(at(mistaken));
  await judge.look("paper-marked");
  for (const [code, correction] of [[mistaken, "Cộng nhầm mười điểm ở tiêu chí cuối."], [doubted, "Muốn cho bài này cao hơn."]]) {
    await judge.go(at(code));
    await judge.send(`${at(code)}/correction`, { correction });
  }
  await judge.look("paper-asked", async () => judge.go(at(doubted)));
  await judge.go(at(reported));
  await judge.send(`${at(reported)}/report`, { report: "unreadable", paragraph: "2", report_note: "Có một hàng dấu hỏi." });
  await judge.look("paper-reported", async () => judge.go(at(reported)));
  await judge.go(`/c/${walk.slug}/marking/print`);
  await judge.look("print");
  await answering(walk, walk.people.chair, { mistaken, doubted });
  await judge.go(`/c/${walk.slug}/marking`);
  await judge.sees("Được sửa phiếu: sửa rồi nộp lại", "Không được sửa phiếu");
  await judge.look("queue-corrections");
  await judge.go(at(doubted));
  await judge.sees("Điểm đã cân nhắc kỹ.");
  await judge.look("paper-correction-declined");
  await judge.go(at(mistaken));
  await judge.sees("Trưởng ban đã cho sửa phiếu");
  await judge.look("paper-correction-allowed");
  await mark(walk, judge, mistaken);
}

async function answering(walk, chair, { mistaken, doubted }) {
  const requests = `/c/${walk.slug}/chair/requests`;
  const of = (code) => chair.page.locator(`form[action="${requests}/corrections"]:has(a[href$="${code}"])`);
  const silent = async () => {
    await chair.go(requests);
    await chair.press(of(doubted).locator("button[value=decline]"), 422);
  };
  await chair.go(requests);
  await chair.look("requests");
  await silent();
  await chair.look("requests-errors", silent);
  await of(doubted).locator("[name=reason]").fill("Điểm đã cân nhắc kỹ.");
  await chair.press(of(doubted).locator("button[value=decline]"));
  await chair.press(of(mistaken).locator("button[value=allow]"));
  await chair.send(`${requests}/reports`, {}, { press: "button[value=desk]" });
  await chair.sees("Đã chuyển Tổ Thư ký");
  await chair.look("requests-done", async () => chair.go(requests));
}

/// All others mark; the marks far apart get their third; the texts that changed are read again or stand.
export async function finishing(walk) {
  const { chair } = walk.people;
  await together(walk);
  await chair.go(`/c/${walk.slug}/chair`);
  await chair.look("board-gaps");
  await chair.go(`/c/${walk.slug}/chair/discrepancies`);
  await chair.sees(new RegExp(`${walk.codes[6]}.* 40,00 .*${walk.codes[12]}.* 20,00 `));
  await chair.look("gaps");
  await deal(walk, "again");
  await newTexts(walk, chair);
  await agreed(walk);
  await chair.go(`/c/${walk.slug}/chair/papers/${walk.codes[6]}`);
  await chair.sees("70,00");
  await chair.look("board-paper");
  await tooLate(walk, walk.people.judge1);
}

const together = (walk) => Promise.all(READING.map((word) => markOpen(walk, walk.people[word])));

// The program looks once a minute whether a batch is due, and one may have to wait for another: three turns, and then something is wrong.
const PATIENCE = 200_000;
const pause = (ms) => new Promise((done) => setTimeout(done, ms));

/// Until every paper has its mark: what the batch deals, by itself or on the chair's call, is marked.
async function agreed(walk) {
  for (const until = Date.now() + PATIENCE; ; await pause(1000)) {
    await together(walk);
    const lacking = await walk.phach.sql("select code from blind.paper where agreed is null");
    if (!lacking) return;
    assert.ok(Date.now() < until, `without an agreed mark: ${lacking}`);
  }
}

/// With the batch came what the desk masked and what an author repaired, each under its code: the chair lets the one stand and has
/// the other read again, by judges who now see the new text.
async function newTexts(walk, chair) {
  const lagging = () => walk.phach.sql("select count(*) from blind.paper where new_text");
  for (const until = Date.now() + PATIENCE; (await lagging()) !== "2"; await pause(200)) {
    assert.ok(Date.now() < until, "the masked and the repaired text did not come with the batch");
  }
  const [board, readings] = [`/c/${walk.slug}/chair`, `/c/${walk.slug}/chair/readings`];
  const decide = async (code, reason, value, status) => {
    const form = chair.page.locator(`form[action="${readings}"]:has([name=code][value="${code}"])`);
    await form.locator("[name=reason]").fill(reason);
    await chair.press(form.locator(`button[value=${value}]`), status);
  };
  await chair.go(board);
  await chair.look("board-new-text");
  const silent = async () => {
    await chair.go(board);
    await decide(walk.masked, "", "stands", 422);
  };
  await silent();
  await chair.look("board-new-text-errors", silent);
  await decide(walk.masked, "Chỗ che không đổi nội dung bài.", "stands");
  await decide(walk.reported, "Đoạn hai trước đây không đọc được.", "again");
  assert.equal(await lagging(), "0");
  await chair.go(`/c/${walk.slug}/chair/requests`);
  await chair.sees(walk.reported, "Đã sửa");
  await chair.look("requests-answered");
  const judge = walk.people.judge1;
  await judge.go(`/c/${walk.slug}/marking/${walk.reported}`);
  await judge.sees(walk.repaired);
  await judge.look("paper-again");
}

/// A sheet whose paper has its agreed mark is corrected no more.
async function tooLate(walk, judge) {
  const at = `/c/${walk.slug}/marking/${walk.reported}`;
  const late = async () => {
    await judge.go(at);
    await judge.send(`${at}/correction`, { correction: "Muốn cho thêm nửa điểm." }, { status: 409 });
  };
  await late();
  await judge.sees("không sửa được nữa");
  await judge.look("paper-correction-late", late);
}
