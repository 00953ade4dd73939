// The demonstration, seen by everybody whom its sign-in page lists: each follows every link to a page of ours, once for each kind of
// address, and looks at it. The wide one looks at every page not seen before with axe, in both languages and themes.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { ways } from "./support/contest.js";
import { Walk } from "./support/walk.js";

const MOST = 70;
// files, and what leaves the site or the person
const NO_PAGE = /\/(static|draft|original|download|file|list|export|receipt\.|feed)|\.(csv|xlsx|toml|txt|json|docx)(\?|$)/;

/// Addresses that differ by an id, a code, a number or what is filtered are of one kind.
function kind(href) {
  const { pathname, searchParams } = new URL(href);
  const parts = pathname.split("/").map((p) => (/^[0-9a-f-]{36}$|^[A-Z0-9]{8,}$|^\d+$/.test(p) ? "*" : p));
  return `${parts.join("/")}?${[...searchParams.keys()].sort().join("&")}`;
}

/// Everywhere a link leads from here on, breadth first.
async function wander(person, look) {
  const met = new Set(), todo = [[person.page.url(), "the first page"]];
  while (todo.length && met.size < MOST) {
    const [href, from] = todo.shift();
    if (met.has(kind(href))) continue;
    met.add(kind(href));
    const answer = await person.page.goto(href);
    const type = answer.headers()["content-type"] ?? "";
    if (!type.includes("text/html")) continue;
    assert.equal(answer.status(), 200, `${person.name} follows a link on ${from} to ${href}`);
    await look(href);
    if (new URL(href).pathname === "/demo/letters") continue; // its links are for whom the letters are to
    const links = await person.page.locator("a[href]").evaluateAll((all) => all.map((a) => a.href));
    todo.push(...links.filter((l) => l.startsWith(person.walk.phach.base) && !NO_PAGE.test(l)).map((l) => [l.split("#")[0], href]));
  }
  return met;
}

for (const way of ways("demonstration").filter((w) => w.script)) {
  describe(`the demonstration: ${way.said}`, () => {
    let walk, people;
    const templates = new Set();
    const lookAs = (person) => async (href) => {
      const template = await person.page.evaluate(() => document.body.dataset.page);
      assert.ok(await person.page.locator("aside.trial").count(), `no banner at ${href}`);
      const name = `${person.name}-${template}`.replaceAll(/[^\p{L}\d]+/gu, "-");
      if (templates.has(template)) await walk.eyes.glance(person.page, `${name} ${href}`);
      else await person.look(name, null);
      templates.add(template);
    };
    before(async () => {
      walk = await Walk.begin(way.name, { ...way, demonstration: true });
      const visitor = await walk.stranger();
      await visitor.go("/sign-in");
      people = await visitor.page.locator('form[action="/demo/sign-in"]').evaluateAll((forms) => forms.map((f) => ({ hat: f.dataset.hat, id: f.elements.person.value })));
    });
    after(() => walk?.end());

    test("nobody signed in sees every public page", { timeout: 600_000 }, async () => {
      const visitor = await walk.stranger();
      await visitor.go("/");
      const met = await wander(visitor, lookAs(visitor));
      assert.ok(met.size >= 12, `only ${[...met]}`);
      walk.eyes.settle();
    });

    test("one press for each hat, and every page of that hat is whole", { timeout: 1_500_000 }, async () => {
      assert.deepEqual([...new Set(people.map((p) => p.hat))].sort(), ["auditor", "chair", "clerk", "contestant", "judge", "key-holder", "organizer"]);
      for (const { hat, id } of people) {
        const person = await walk.arrive(hat, hat, "");
        await person.go("/sign-in");
        await person.press(person.page.locator(`form[action="/demo/sign-in"]:has([value="${id}"]) button`));
        const met = await wander(person, lookAs(person));
        assert.ok(met.size >= 8, `${hat} meets only ${[...met]}`);
        walk.eyes.settle();
      }
      assert.ok(templates.size >= 30, `only ${[...templates]}`);
    });
  });
}
