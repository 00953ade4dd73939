// One person with a browser of their own, who knows pages by their addresses and forms by their actions.
import assert from "node:assert/strict";

export const PASSWORD = "một câu dài dễ nhớ";

export class Person {
  static async arrive(walk, name, email) {
    const { width, script } = walk.eyes;
    const context = await walk.browser.newContext({
      baseURL: walk.phach.base, locale: "vi-VN", javaScriptEnabled: script,
      viewport: { width, height: width > 600 ? 900 : 844 }, isMobile: false, hasTouch: width < 600, reducedMotion: "reduce",
    });
    const person = Object.assign(new Person(), { walk, name, email, password: PASSWORD, scripted: script, context, page: await context.newPage() });
    person.page.setDefaultTimeout(15_000);
    walk.eyes.watch(person.page);
    return person;
  }

  /// Goes to an address; the answer must be what is expected.
  async go(path, status = 200) {
    const answer = await this.page.goto(path);
    assert.equal(answer.status(), status, `${this.name} at ${path}`);
  }

  /// Fills a form and presses its button (or the one named by `press`), then waits for the next page.
  async send(action, fields = {}, { press = "button:not([type=button])", status = 200 } = {}) {
    const form = this.form(action);
    for (const [name, value] of Object.entries(fields)) await this.fill(form, name, value);
    await this.press(form.locator(press).first(), status);
  }

  form(action) {
    return this.page.locator(action ? `form[method="post"][action="${action}"]` : "main form").first();
  }

  /// The choice whose label begins so.
  async pick(words) {
    await this.page.locator("label.pick", { hasText: new RegExp(`^\\s*${words}`) }).first().locator("input").check({ force: true });
  }

  async fill(form, name, value) {
    const field = form.locator(`[name="${name}"]`).first();
    await this.unfold(field);
    const kind = await field.evaluate((e) => (e.tagName === "SELECT" ? "select" : e.type));
    if (kind === "select") return field.selectOption(value);
    if (kind === "file") return field.setInputFiles(value);
    if (kind === "radio") return form.locator(`[name="${name}"][value="${value}"]`).check({ force: true });
    if (kind === "checkbox") {
      for (const one of [value].flat()) await form.locator(`[name="${name}"][value="${one}"]`).check({ force: true });
      return;
    }
    return field.fill(value);
  }

  /// What lies in a folded part is reached by unfolding it.
  async unfold(thing) {
    const folded = thing.locator("xpath=ancestor::details[not(@open)]");
    while (await folded.count()) await folded.first().locator("> summary").click();
  }

  async press(button, status = 200) {
    await this.unfold(button);
    const answered = this.page.waitForResponse((r) => r.request().isNavigationRequest() && r.status() !== 303);
    const [answer] = await Promise.all([answered, button.click({ timeout: 12_000 })]);
    await this.page.waitForLoadState("load");
    assert.equal(answer.status(), status, `${this.name} at ${this.page.url()}: ${(await this.text()).slice(0, 400)}`);
  }

  /// Follows a link by a click, to the page it leads to.
  follow(link) {
    return this.press(this.page.locator(link).first());
  }

  async text() {
    return (await this.page.locator("main").innerText()).replace(/\s+/g, " ");
  }
  async sees(...words) {
    const text = await this.text();
    for (const w of words) assert.ok(w instanceof RegExp ? w.test(text) : text.includes(w), `${this.name} at ${this.page.url()} should see ${w}: ${text.slice(0, 1500)}`);
  }
  async misses(...words) {
    const text = await this.page.content();
    for (const w of words) assert.ok(!text.includes(w), `${this.name} at ${this.page.url()} should not see ${w}`);
  }

  async speak(lang) {
    await this.context.addCookies([{ name: "phach_lang", value: lang, url: this.walk.phach.base }]);
  }

  async signUp() {
    await this.go("/sign-up");
    await this.send("/sign-up", { name: this.name, email: this.email, password: PASSWORD });
    await this.signIn();
  }
  async signIn() {
    await this.go("/sign-in");
    await this.send("/sign-in", { email: this.email, password: PASSWORD });
  }
  /// Follows the link of the invitation letter and makes an account.
  async takeInvitation(link, status = 200) {
    await this.go(link);
    await this.send("", { name: this.name, password: PASSWORD }, { status });
  }

  /// Looks at the page, whatever the walk looks for.
  look(name, again) {
    return this.walk.eyes.look(this, name, again);
  }
}
