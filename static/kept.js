// What is typed and not saved yet stays on this device, under its entry (whose page only its own account can open), until the
// server holds it.
const LONGEST = 30 * 86_400_000;

export class Kept {
  constructor(entry) {
    this.key = `phach ${entry}`;
  }
  put(fields, revision) {
    try {
      localStorage.setItem(this.key, JSON.stringify({ fields, revision, at: Date.now() }));
    } catch {
      // no room, or not allowed: the page itself still holds it
    }
  }
  get() {
    try {
      const kept = JSON.parse(localStorage.getItem(this.key));
      if (kept && Date.now() - kept.at < LONGEST) return kept;
      this.drop();
    } catch {
      this.drop();
    }
    return null;
  }
  drop() {
    try {
      localStorage.removeItem(this.key);
    } catch {
      // nothing is kept where nothing may be
    }
  }
}

/** Puts fields back into a form; whether each found its place. */
export function refill(form, fields) {
  const names = new Set(fields.map(([name]) => name));
  for (const e of form.elements) if (e.type === "checkbox" && !names.has(e.name)) e.checked = false;
  let all = true;
  for (const [name, value] of fields) {
    if (["version", "revision", "saved_at", "over", "do"].includes(name)) continue;
    const places = [...form.elements].filter((e) => e.name === name);
    if (places.length === 0 && value) all = false;
    for (const e of places) {
      if (e.type === "radio" || e.type === "checkbox") e.checked = e.value === value;
      else if (e.type !== "file") e.value = value;
    }
  }
  return all;
}
