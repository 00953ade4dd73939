// What the papers of the walk are worth, and how a judge gives a mark.
import assert from "node:assert/strict";

// By the order of codes: the fourth and fifth stand level over the cut line.
const WORTH = [
  9500, 9000, 8500, 8000, 8000, 7750, null, 7600, 7500, 7400, 7300, 7200, null, 6900, 6800, 6700, 6600, 6500, 6400, 6300, 6200, 6100, 5900,
  5800, 5700, 5600, 5500, 5400, 5200, 5000,
];
// By the order of readings, where two judges lie too far apart for a mean: the third mark comes in.
export const APART = { 6: [5000, 9000, 7000], 12: [5000, 7000, 6000] };
/// What is agreed in the end, by the order of codes.
export const AGREED = WORTH.map((mark, i) => mark ?? Math.round(APART[i].reduce((a, b) => a + b) / 3));

/// What this judge gives: somewhat more or less than what the two agree on.
function worth(walk, judge, code) {
  const readers = ((walk.readers ??= {})[code] ??= []);
  if (!readers.includes(judge.name)) readers.push(judge.name);
  const [i, n] = [walk.codes.indexOf(code), readers.indexOf(judge.name)];
  if (APART[i]) return APART[i][n];
  assert.ok(n < 2, `${code} is read by a third judge: ${readers}`);
  return WORTH[i] + (n ? -1 : 1) * ((i * 3) % 14) * 50;
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

export async function lift(judge) {
  const bar = judge.page.locator(".rubric-bar a[href='#sheet']");
  if (await bar.isVisible()) await bar.click(); // on a phone the sheet lies below the paper
}

/// The open paper gets its mark, or what a slip of the pen makes of it.
export async function mark(walk, judge, code, { slip = 0, look } = {}) {
  const at = `/c/${walk.slug}/marking/${code}`;
  if (new URL(judge.page.url()).pathname !== at) await judge.go(at);
  await lift(judge);
  await fill(judge, worth(walk, judge, code) - slip);
  if (look) await judge.look(look, false);
  await judge.press(judge.page.locator("form[data-sheet] button[value=submit]"));
}

/// Codes of what the judge still has to mark, in the judge's own order.
export async function openPapers(walk, judge) {
  await judge.go(`/c/${walk.slug}/marking`);
  const links = judge.page.locator(`table a[href^="/c/${walk.slug}/marking/"]`);
  return links.evaluateAll((all) => all.filter((a) => !a.closest("tr").querySelector(".tag.ok")).map((a) => a.getAttribute("href").split("/").pop()));
}

/// Marks what is open, or so many of it: each sheet handed in leads on to the next paper.
export async function markOpen(walk, judge, { most = Infinity, but = [] } = {}) {
  const codes = (await openPapers(walk, judge)).filter((c) => !but.includes(c)).slice(0, most);
  for (const code of codes) await mark(walk, judge, code);
}
