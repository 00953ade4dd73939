// One contest from the first link to published results, in a browser, as a newcomer goes.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { readdirSync } from "node:fs";
import { Walk } from "./support/walk.js";
import * as board from "./walk/board.js";
import * as closing from "./walk/closing.js";
import * as desk from "./walk/desk.js";
import * as entries from "./walk/entries.js";
import * as doors from "./walk/doors.js";
import * as marking from "./walk/marking.js";
import * as report from "./walk/report.js";
import * as results from "./walk/results.js";
import * as rules from "./walk/rules.js";
import * as setup from "./walk/setup.js";
import { withdrawal } from "./walk/withdrawal.js";

const WALKS = [
  { name: "wide", width: 1280, deep: true, script: true },
  { name: "phone", width: 390, deep: false, script: true },
  { name: "plain", width: 1280, deep: false, script: false },
];
const only = process.env.PHACH_WALK; // one of the names, while working on it

for (const way of WALKS.filter((w) => !only || w.name === only)) {
  describe(`the walk, ${way.name}: ${way.width} px${way.script ? "" : ", without JavaScript"}`, () => {
    let walk;
    before(async () => (walk = await Walk.begin(way.name, way)));
    after(() => walk?.end());
    // each step stands on the one before; what is found on its pages fails it without stopping the walk
    const step = (title, act) => test(title, { timeout: 600_000 }, async () => {
      assert.ok(!walk.stopped, "an earlier step failed");
      walk.stopped = true;
      await act(walk);
      walk.stopped = false;
      walk.eyes.settle();
    });

    step("the first link makes an account that may create contests", setup.firstAccount);
    step("a shipped contest becomes one's own", setup.ownContest);
    step("rules are written and changed on pages", rules.editing);
    step("officials are invited by letters", setup.officials);
    step("news and answers stand on the contest's page, and all of it can be printed", setup.announcements);
    step("a newcomer makes an account and sends two entries, after errors and in a session that ends", entries.firstEntries);
    step("six contestants send twelve entries, typed, as .txt and as .docx, a teacher those of nineteen pupils", entries.submissions);
    step("the desk takes thirty, one of them after a query, and refuses one", desk.screening);
    step("the slips are cut", desk.cut);
    step("five judges declare", board.declarations);
    step("the chair deals", board.assignment);
    step("one judge sends a paper back, another has a correction allowed and one refused, and reports a paper", marking.beginning);
    step("a judge is withdrawn in the middle, and what was not marked is dealt anew", withdrawal);
    step("the report goes to the author and back", report.reportAndAnswer);
    step("the desk masks a passage that gives its author away", desk.masking);
    step("all is marked, marks far apart get a third, and the new texts are read again or stand", marking.finishing);
    step("the chair closes, the standings add up, and the round is opened once more by two", closing.closing);
    step("a tie over the cut line is answered", closing.tie);
    step("prizes are proposed by code and sealed", results.sealing);
    step("two keys open the winners' slips", results.opening);
    step("a collective that meets the conditions is decided by two, and everything is published", results.publication);
    step("everybody reads the results", results.results);
    step("winners are struck out, and a reserve moves up", results.strike);
    step("a winner's name is amended by two, and the old editions stay", results.amendment);
    if (!way.deep) return;
    step("doors, refusals and forms that cannot be taken", async (w) => {
      await doors.wrongForms(w);
      await doors.doors(w);
    });
    step("every page was visited", (w) => {
      const elsewhere = ["desk/post", "desk/posted", "demo/letters"]; // post.test.js and demonstration.test.js look at these, with axe
      const missed = pages().filter((p) => !w.eyes.seen.has(p) && !elsewhere.includes(p));
      assert.deepEqual(missed, []);
    });
  });
}

/// Every template that is a page, as tests/journeys/pages.rs counts them.
function pages() {
  const root = new URL("../../templates/", import.meta.url);
  const folders = readdirSync(root, { withFileTypes: true }).filter((f) => f.isDirectory() && !["mail", "parts"].includes(f.name));
  const inFolders = folders.flatMap((f) => readdirSync(new URL(`${f.name}/`, root)).map((n) => `${f.name}/${n.replace(".html", "")}`));
  return [...inFolders, "parts/failure"];
}
