// One contest from the first link to published results, in a browser, as a newcomer goes.
import { after, before, describe, test } from "node:test";
import { Walk } from "./support/walk.js";
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
    const step = (title, act) => test(title, { timeout: 600_000 }, async () => {
      await act(walk);
      walk.eyes.settle();
    });

    step("the first link makes an account that may create contests", setup.firstAccount);
    step("a shipped contest becomes one's own", setup.ownContest);
    step("officials are invited by letters", setup.officials);
  });
}
