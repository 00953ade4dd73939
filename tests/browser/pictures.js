// Takes README's pictures of the demonstration's pages: bin/pictures. Not a test: what it shows, it shows as it is.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { launch } from "./support/chromium.js";
import { Phach } from "./support/phach.js";

const FOLDER = join(import.meta.dirname, "../../docs/pictures");
const WIDE = { width: 1200, height: 800 }, PHONE = { width: 390, height: 780 };
const OPEN = "/c/mot-ngay-binh-thuong", MARKING = "/c/chuyen-quanh-ta", SEALED = "/c/viec-lam-bang-tay", PUBLISHED = "/c/noi-toi-song";

/// Name, who looks (a hat and which of its people; nobody signed in without one), where, and what is done there first.
const PICTURES = [
  { name: "contest", path: PUBLISHED },
  { name: "form", hat: "contestant", path: `${OPEN}/entries`, before: writeAnEntry },
  { name: "desk", hat: "clerk", path: `${OPEN}/desk` },
  { name: "marking", hat: "judge", path: `${MARKING}/marking`, before: openAPaper },
  { name: "marking-phone", hat: "judge", path: `${MARKING}/marking`, before: openAPaper, size: PHONE, dark: true },
  { name: "standings", hat: "chair", path: `${SEALED}/chair/standings` },
  { name: "opening", hat: "key-holder", path: `${SEALED}/opening` },
  { name: "results", path: `${PUBLISHED}/results` },
];

async function writeAnEntry(page) {
  await answered(page, page.locator(`form[method="post"][action="${OPEN}/entries"] button`).first());
  await page.locator('[name="title"]').fill("Con đường qua xóm Cầu Gỗ");
  await page.locator('[name="text"]').fill("Sáng nào tôi cũng đi qua cây cầu ấy, và sáng nào cũng gặp bác bán xôi ở đầu cầu.\n\nBác nhớ từng người thích ăn gì.");
  await page.evaluate(() => scrollTo(0, 0));
}
async function openAPaper(page) {
  await answered(page, page.locator('.page a[href*="/marking/"]:not([href*="print"])').first());
}

/// A click that leads to another page.
async function answered(page, button) {
  const navigated = page.waitForResponse((r) => r.request().isNavigationRequest() && r.status() !== 303);
  await Promise.all([navigated, button.click()]);
  await page.waitForLoadState("load");
}

/// Signed in by one press, as on the sign-in page.
async function enterAs(page, hat, nth) {
  await page.goto("/sign-in");
  await answered(page, page.locator(`form[action="/demo/sign-in"][data-hat="${hat}"] button`).nth(nth));
}

async function take(browser, base, { name, hat, nth = 0, path, before, size = WIDE, dark = false }) {
  const context = await browser.newContext({ baseURL: base, locale: "vi-VN", viewport: size, colorScheme: dark ? "dark" : "light", reducedMotion: "reduce" });
  const page = await context.newPage();
  if (hat) await enterAs(page, hat, nth);
  const answer = await page.goto(path);
  if (answer.status() !== 200) throw new Error(`${name}: ${answer.status()} at ${path}`);
  await before?.(page);
  await page.screenshot({ path: join(FOLDER, `${name}.png`) });
  await context.close();
}

mkdirSync(FOLDER, { recursive: true });
const phach = await Phach.start({ demonstration: true });
const browser = await launch();
try {
  for (const picture of PICTURES) await take(browser, phach.base, picture);
} finally {
  await browser.close();
  await phach.stop();
}
