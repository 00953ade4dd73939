// How every page is looked at: pictures at both widths, axe-core, no sideways scroll, one h1, visible focus.
import assert from "node:assert/strict";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const PICTURES = process.env.PHACH_PICTURES ?? join(import.meta.dirname ?? new URL(".", import.meta.url).pathname, "../../../pictures");
const WIDTHS = { wide: 1280, phone: 390 };
const NARROWEST = 320;
const TALLEST = 12_000;
// what the dark theme may change: it moves and hides nothing
const COLOURS = { runOnly: { type: "rule", values: ["color-contrast", "link-in-text-block"] } };

/// Looks at pages on behalf of one walk. `deep`: every width, theme and language under axe-core.
export class Eyes {
  constructor(name, { width, deep, script }) {
    Object.assign(this, { name, width, deep, script, seen: new Set(), said: [], found: new Map(), steps: 0 });
    this.folder = join(PICTURES, name);
    mkdirSync(this.folder, { recursive: true });
  }

  /// Notes what the browser complains of: errors of scripts, refusals of the content security policy. What `expects` fits is meant.
  watch(page) {
    page.on("pageerror", (e) => this.said.push(`${page.url()}: ${e}`));
    page.on("console", (m) => {
      const answered = /Failed to load resource: the server responded with a status of 4\d\d/.test(m.text());
      if (m.type() === "error" && !answered && !this.expects?.test(m.text())) this.said.push(`${page.url()}: ${m.text()}`);
    });
    page.on("response", (r) => {
      if (r.url().includes("/static/") && r.status() >= 400) this.said.push(`${r.url()}: ${r.status()}`);
    });
  }

  /// Looks at what stands on the page, in both languages. `again` brings the same state about once more (after a POST nothing can be
  /// reloaded); without it the address is asked again; false keeps what is typed and not yet sent.
  async look(person, name, again) {
    const { page } = person;
    this.steps += 1;
    const title = `${String(this.steps).padStart(3, "0")}-${name}`;
    await this.glance(page, title);
    if (!this.deep) return this.picture(page, title, this.width);
    await this.inspect(page, title, "vi");
    if (again === false) return;
    await person.speak("en");
    await (again ?? (() => page.goto(page.url().split("#")[0])))();
    await this.glance(page, title);
    assert.equal(await page.locator("html").getAttribute("lang"), "en", title);
    await this.inspect(page, title, "en");
    await person.speak("vi");
    await (again ?? (() => page.goto(page.url().split("#")[0])))();
  }

  async glance(page, title) {
    const now = await page.evaluate(() => ({ template: document.body.dataset.page, h1: document.querySelectorAll("h1").length, text: document.body.innerText }));
    assert.ok(now.template, `${title}: no page of ours at ${page.url()}`);
    this.seen.add(now.template);
    if (now.h1 !== 1) this.finds(title, `${now.h1} h1`);
    if (now.text.includes("⟦")) this.finds(title, "a word is missing");
    await this.stands(page, title);
    for (const s of this.said.splice(0)) this.finds(title, s);
  }

  finds(title, what) {
    this.found.set(what, [...(this.found.get(what) ?? []), title]);
  }
  /// After each step: fails with everything that was found on its pages.
  settle() {
    const found = [...this.found].map(([what, titles]) => `${what}\n    on ${titles.join("; ")}`);
    this.found.clear();
    if (found.length) throw new Error(`${found.length} findings:\n${found.join("\n")}`);
  }

  /// No sideways scroll on the narrowest phone.
  async stands(page, title) {
    const before = page.viewportSize();
    await page.setViewportSize({ width: NARROWEST, height: 700 });
    const wide = await page.evaluate((w) => {
      if (document.documentElement.scrollWidth <= w) return [];
      const out = [...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > w + 1);
      return [`${document.documentElement.scrollWidth} px`, ...out.slice(0, 5).map((e) => `${e.tagName}.${e.className}`)];
    }, NARROWEST);
    if (wide.length) this.finds(title, `scrolls sideways at ${NARROWEST} px: ${wide.join(", ")}`);
    await page.setViewportSize(before);
  }

  /// Under axe at both widths and in both themes; in English in the light one, for a theme does not change with the words. Pictures of all
  /// in Vietnamese, of the wide and light one in English.
  async inspect(page, title, lang) {
    const vi = lang === "vi";
    const before = page.viewportSize();
    for (const [word, width] of Object.entries(WIDTHS)) {
      await page.setViewportSize({ width, height: width > 600 ? 900 : 844 });
      for (const colorScheme of vi ? ["light", "dark"] : ["light"]) {
        await page.emulateMedia({ colorScheme });
        await this.axe(page, `${title} (${lang}), ${word}, ${colorScheme}`, colorScheme === "dark" ? COLOURS : {});
        if (vi) await this.picture(page, title, `${width}${colorScheme === "dark" ? "-dark" : ""}`);
        else if (word === "wide") await this.picture(page, title, `${width}-en`);
      }
    }
    await page.emulateMedia({ colorScheme: "light" });
    await page.setViewportSize(before);
    if (vi) await this.focus(page, title);
  }

  async axe(page, title, which) {
    // style sheets are fetched once for a page: what axe looks for in them (a locked orientation) does not change with the width
    const fresh = await page.evaluate(() => !window.axe);
    if (fresh) await page.evaluate(AXE);
    const found = await page.evaluate(async (which) => {
      const { violations } = await axe.run(document, { resultTypes: ["violations"], iframes: false, ...which });
      const why = (n) => [...n.any, ...n.all, ...n.none].map((c) => c.message).join("; ");
      return violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")}: ${why(n)}`));
    }, { preload: fresh, ...which });
    for (const f of found) this.finds(title, f);
  }

  /// Whoever goes by Tab always sees where they are.
  async focus(page, title) {
    // from the top: after a mere blur Tab would go on from where the page had put the focus
    await page.evaluate(() => {
      document.body.tabIndex = -1;
      document.body.focus();
      document.body.removeAttribute("tabindex");
      window.scrollTo(0, 0);
    });
    const first = new Set();
    let last = null;
    for (let i = 0; i < 40; i++) {
      await page.keyboard.press("Tab");
      const at = await page.evaluate(() => {
        const e = document.activeElement;
        if (!e || e === document.body) return null;
        const lines = [e, e.parentElement, e.nextElementSibling].filter(Boolean).map((x) => getComputedStyle(x));
        const shown = lines.some((s) => (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) >= 2) || s.boxShadow !== "none");
        e.dataset.met ??= String(Math.random());
        return { met: e.dataset.met, shown, what: e.outerHTML.slice(0, 120) };
      });
      if (at && at.met === last) continue; // a date has several places of its own
      if (!at || first.has(at.met)) break;
      last = at.met;
      first.add(at.met);
      if (!at.shown) this.finds(title, `focus cannot be seen on ${at.what}`);
    }
    if (first.size < 4) this.finds(title, `the keyboard reaches only ${first.size} things`);
  }

  async picture(page, title, width) {
    // of a stack of papers to print the beginning is enough; a picture of all would keep the browser busy for a quarter of a minute
    const { wide, high } = await page.evaluate(() => ({ wide: document.documentElement.clientWidth, high: document.documentElement.scrollHeight }));
    await page.screenshot({ path: join(this.folder, `${title}-${width}.png`), fullPage: true, clip: { x: 0, y: 0, width: wide, height: Math.min(high, TALLEST) } });
  }
}
