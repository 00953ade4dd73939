// The mark sheet: a live total, steps by button and arrow, drafts that save themselves, keys. The page works without it.
const form = document.querySelector("[data-sheet]");
const all = (selector) => [...document.querySelectorAll(selector)];
const remembered = (key, value) => {
  try {
    if (value === undefined) return localStorage.getItem(key);
    localStorage.setItem(key, value);
  } catch { /* a browser that keeps nothing */ }
  return null;
};

// How a paper is shown (size, letters, width, contrast) stays from paper to paper.
for (const choice of all("input[data-reading]")) {
  if (remembered(`phach-${choice.name}`) === choice.id) choice.checked = true;
  choice.addEventListener("change", () => remembered(`phach-${choice.name}`, choice.id));
}

// Marks are whole hundredths here too. Null: not a mark that can stand.
const read = (input) => {
  const match = /^\s*(\d{1,6})(?:[.,](\d{1,2}))?\s*$/.exec(input.value);
  if (!match) return null;
  const mark = Number(match[1]) * 100 + Number((match[2] || "0").padEnd(2, "0"));
  return mark <= Number(input.dataset.max) && mark % Number(input.dataset.step) === 0 ? mark : null;
};
const point = form?.dataset.point;
const whole = (mark) => Math.floor(mark / 100) + point + String(mark % 100).padStart(2, "0");
const short = (mark) => whole(mark).replace(/[.,]00$|0$/, "");

const marks = form ? [...form.querySelectorAll("input[data-max]")] : [];
const show = () => {
  let total = 0, given = 0;
  for (const input of marks) {
    const mark = read(input);
    if (mark !== null) { total += mark; given += 1; }
    input.closest(".crit").querySelector("meter").value = mark ?? 0;
  }
  for (const out of all("[data-total]")) out.textContent = whole(total);
  form.querySelector("[data-whole]").textContent = given === marks.length ? ` ${whole(total)}` : "";
};

const step = (input, by) => {
  const [size, max] = [Number(input.dataset.step), Number(input.dataset.max)];
  const typed = Number(input.value.trim().replace(",", ".") || "0");
  const now = Number.isFinite(typed) ? Math.round(typed * 100) : 0;
  const next = by > 0 ? (Math.floor(now / size) + by) * size : (Math.ceil(now / size) + by) * size;
  input.value = short(Math.min(Math.max(next, 0), Math.floor(max / size) * size));
  input.dispatchEvent(new Event("input", { bubbles: true }));
};

// Saving by itself: one request at a time, the newest words last; what fails is tried again and said.
let timer, leaving = false, underway = null, dirty = false;
const say = (kind, text) => {
  for (const out of all("[data-saved]")) {
    out.hidden = false;
    out.className = `saved ${kind}`;
    out.textContent = text;
    out.setAttribute("aria-live", kind === "off" ? "assertive" : "off");
  }
};
// What stands in the same form and is no part of the sheet.
const beside = ["reason", "report", "paragraph", "report_note"];
const body = () => {
  const fields = new URLSearchParams(new FormData(form));
  for (const name of beside) fields.delete(name);
  return fields;
};
const later = (ms) => {
  clearTimeout(timer);
  timer = setTimeout(save, ms);
};
async function save() {
  if (underway || leaving || !dirty) return;
  let wait = 800;
  dirty = false;
  underway = new AbortController();
  say("busy", form.dataset.tSaving);
  try {
    const answer = await fetch(form.dataset.draft, { method: "POST", body: body(), redirect: "manual", signal: underway.signal });
    if (answer.status === 204) say("", form.dataset.tSaved.replace("#", answer.headers.get("x-saved-at")));
    else if ([404, 409, 422].includes(answer.status)) say("off", form.dataset.tLong);
    else throw new Error(String(answer.status));
  } catch {
    if (leaving) return;
    dirty = true;
    wait = 5000;
    say("off", form.dataset.tOff);
  } finally {
    underway = null;
  }
  if (dirty) later(wait);
}

const isOff = () => remembered("phach-keys-off") === "1";
const press = (event) => {
  const field = event.target;
  if (event.key === "Escape" && location.hash === "#sheet") document.querySelector(".rubric .close").click();
  if (event.key === "Enter" && event.ctrlKey && form && !isOff()) {
    event.preventDefault();
    form.requestSubmit(form.querySelector("[data-submit]"));
    return;
  }
  if (marks.includes(field)) {
    const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    if (by) { event.preventDefault(); step(field, by); }
    // Enter goes on to the next field and submits nothing.
    if (event.key === "Enter") {
      event.preventDefault();
      (marks[marks.indexOf(field) + 1] || form.querySelector("#comment")).focus();
    }
    return;
  }
  if (event.ctrlKey || event.altKey || event.metaKey || event.shiftKey || isOff() || /^(input|textarea|select)$/i.test(field.tagName || "")) return;
  // by the key's place, too: a keyboard set to write another script has J and K where others have them
  const way = { j: "next", k: "previous", l: "list", arrowright: "next", arrowleft: "previous", KeyJ: "next", KeyK: "previous", KeyL: "list" };
  document.querySelector(`[data-key=${way[event.key.toLowerCase()] || way[event.code] || "none"}]`)?.click();
};
document.addEventListener("keydown", press);

// Putting the sheet down goes back to the line that was being read, not to the top.
let lifted = false;
document.querySelector(".rubric-bar a")?.addEventListener("click", () => { lifted = true; });
document.querySelector(".rubric .close")?.addEventListener("click", (event) => {
  if (!lifted) return;
  event.preventDefault();
  lifted = false;
  history.back();
});

// The keys are told on every paper, with or without a sheet to fill in.
for (const keys of all("[data-keys]")) {
  const off = keys.querySelector("[data-keys-off]");
  keys.hidden = false;
  off.checked = isOff();
  off.addEventListener("change", () => remembered("phach-keys-off", off.checked ? "1" : "0"));
}

if (form) {
  for (const button of form.querySelectorAll("[data-by]")) {
    button.hidden = false;
    button.addEventListener("click", () => step(document.getElementById(button.getAttribute("aria-controls")), Number(button.dataset.by)));
  }
  form.addEventListener("input", (event) => {
    if (beside.includes(event.target.name)) return;
    show();
    dirty = true;
    later(800);
  });
  // 8.5 and 8,5 are the same mark: it is shown in the page's decimals once the field is left.
  form.addEventListener("change", (event) => {
    const mark = marks.includes(event.target) ? read(event.target) : null;
    if (mark !== null) event.target.value = short(mark);
  });
  form.addEventListener("submit", () => {
    leaving = true;
    clearTimeout(timer);
    underway?.abort();
  });
  // Gone before the timer: the last words still go out.
  addEventListener("pagehide", () => {
    if (dirty && !leaving) fetch(form.dataset.draft, { method: "POST", body: body(), keepalive: true });
  });
  addEventListener("pageshow", () => { leaving = false; });
  show();
}
