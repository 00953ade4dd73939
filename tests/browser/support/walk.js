// What one walk keeps in hand: the program, the browser, the eyes, the people and the contest's address.
import { launch } from "./chromium.js";
import { Eyes } from "./eyes.js";
import { Person } from "./person.js";
import { Phach } from "./phach.js";

export class Walk {
  static async begin(name, { width = 1280, deep = false, script = true, demonstration = false } = {}) {
    const walk = new Walk();
    walk.phach = await Phach.start({ demonstration });
    walk.browser = await launch();
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
