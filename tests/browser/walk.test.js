// One contest from the first link to published results, in a browser, as a newcomer goes.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { Walk } from "./support/walk.js";
import * as desk from "./walk/desk.js";
import * as entries from "./walk/entries.js";
import * as setup from "./walk/setup.js";

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
    step("officials are invited by letters", setup.officials);
    step("six contestants send twelve entries, typed, as .txt and as .docx", entries.submissions);
    step("the desk takes eleven, one of them after a query, and refuses one", desk.screening);
    step("the slips are cut", desk.cut);
  });
}
