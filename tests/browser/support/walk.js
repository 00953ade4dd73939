// What one walk keeps in hand: the program, the browser, the eyes, the people and the contest's address.
import { existsSync } from "node:fs";
import { chromium } from "playwright-core";
import { Eyes } from "./eyes.js";
import { Person } from "./person.js";
import { Phach } from "./phach.js";

const CHROMIUM = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/opt/homebrew/bin/chromium"];

export class Walk {
  static async begin(name, { width = 1280, deep = false, script = true } = {}) {
    const walk = new Walk();
    walk.phach = await Phach.start();
    walk.browser = await chromium.launch({
      executablePath: process.env.PHACH_CHROMIUM ?? CHROMIUM.find(existsSync),
      args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage"],
    });
    walk.eyes = new Eyes(name, { width, deep, script });
    walk.people = {};
    return walk;
  }

  async arrive(word, name, email) {
    return (this.people[word] = await Person.arrive(this, name, email));
  }
  /// Somebody without an account: nothing is kept between two of them.
  stranger() {
    return Person.arrive(this, "Khách", "");
  }

  async end() {
    await this.browser?.close();
    await this.phach?.stop();
  }
}
