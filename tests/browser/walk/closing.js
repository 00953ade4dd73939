// The round ends: the close, the standings, the round opened once more by two, a tie over the cut line.
import assert from "node:assert/strict";
import { AGREED } from "./marks.js";

const hundredths = (words) => Math.round(parseFloat(words.replace(",", ".")) * 100);

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
  assert.deepEqual(marks, AGREED.toSorted((a, b) => b - a));
  await chair.look("standings-charts");
  await chair.go(`/c/${walk.slug}/chair/standings?code=${walk.codes[2].toLowerCase()}`);
  await chair.sees(walk.codes[2], "85,00");
  await chair.look("standings-found");
  await organizer.go(`/c/${walk.slug}/standings`);
  await organizer.sees(walk.codes[2], "85,00");
  await organizer.look("standings-organizer");
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
