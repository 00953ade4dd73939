// The submission form: counts words, saves itself, attaches a file at once. Without this script its buttons do the same.
import { countWords } from "./words.js";

const form = document.getElementById("entry");
const say = form.dataset;
const byId = (id) => document.getElementById(id);
const vi = document.documentElement.lang === "vi";
const number = (n) => n.toLocaleString(vi ? "vi-VN" : "en-GB");
const fill = (words, n) => words.replace("{n}", n);
const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// ── Words, by the server's rule ─────────────────────────────────────────────
const chosen = () => form.querySelector("[name=category]:checked");

function showLength() {
  const words = countWords(form.elements.text.value);
  const { min = 0, max = 0, length = "" } = chosen()?.dataset ?? {};
  const [short, long] = [min - words, max > 0 ? words - max : 0];
  const strong = document.createElement("strong");
  strong.textContent = fill(say.sayWords, number(words));
  const rest = words > 0 && short > 0 ? fill(say.sayShort, number(short)) : long > 0 ? fill(say.sayLong, number(long)) : "";
  byId("count").replaceChildren(strong, rest ? `, ${rest}` : "");
  byId("allowed").textContent = length ? fill(say.sayAllowed, length) : "";
  const ruler = byId("ruler");
  Object.assign(ruler, { max: Number(max) + Math.floor(max / 3), low: min, high: max, optimum: max, value: words });
  ruler.hidden = !(max > 0);
  ruler.classList.toggle("over", long > 0);
  return { words, fits: words > 0 && short <= 0 && long <= 0 };
}

function check(key, state) {
  const line = byId(`check-${key}`);
  if (!line) return;
  line.className = state === "todo" ? "" : state;
  line.querySelector(".unseen").textContent = { ok: say.sayOk, no: say.sayNo, todo: say.sayTodo }[state];
}

// A guardian is asked for where the year of birth says so; without this script the words beside it say for whom. Whether one
// is still missing.
function showGuardians() {
  let missing = false;
  for (const part of form.querySelectorAll("[data-minor-from]")) {
    const year = part.parentElement.querySelector("[name^=year_]").value.trim();
    const minor = /^\d{4}$/.test(year) && Number(year) >= Number(part.dataset.minorFrom);
    part.hidden = !minor && !part.querySelector("[aria-invalid]");
    missing ||= minor && [...part.querySelectorAll("input")].some((e) => (e.type === "checkbox" ? !e.checked : !e.value.trim()));
  }
  return missing;
}

function showChecks() {
  const alone = showGuardians();
  const length = showLength();
  check("category", chosen() ? "ok" : "todo");
  check("title", form.elements.title.value.trim() ? "ok" : "todo");
  const authors = [...form.querySelectorAll(".author")].map((part, i) => {
    const filled = [...part.querySelectorAll("input:not([type=checkbox])")].some((e) => e.value.trim());
    return { filled: filled || i === 0, named: Boolean(form.elements[`name_${i + 1}`].value.trim()) };
  });
  const nameless = authors.some((a) => a.filled && !a.named);
  check("authors", !authors.some((a) => a.named) ? "todo" : nameless || alone ? "no" : "ok");
  const needed = [...form.querySelectorAll("[data-needed]")];
  check("asked", needed.every((e) => (e.type === "checkbox" ? e.checked : e.value.trim())) ? "ok" : "todo");
  const file = byId("file-part").dataset.state;
  if (byId("by-file").checked) check("work", { read: "ok", unreadable: "no" }[file] ?? "todo");
  else check("work", length.fits ? "ok" : length.words ? "no" : "todo");
}

// ── The draft saves itself ──────────────────────────────────────────────────
const drift = Date.parse(say.now) - Date.now() || 0;
const clock = () => new Date(Date.now() + drift).toLocaleTimeString("en-GB", { timeZone: say.tz });
const fields = () => {
  const data = new FormData(form);
  data.delete("file");
  return data;
};
const picture = (data) => JSON.stringify([...data].filter(([name]) => name !== "version" && name !== "revision" && name !== "do"));
let kept = picture(fields()); // what the server holds
let timer = 0;
let delay = 5000;
let stopped = false; // another window was quicker, or the entry is locked
let leaving = false;
let work = Promise.resolve("ok"); // one thing at a time: a save, or a file

const unsaved = () => picture(fields()) !== kept;

function status(text, kind = "") {
  const out = byId("saved");
  out.className = `saved ${kind}`;
  out.textContent = text;
}

/** The sentence of an error page of ours. */
const sentence = (page) => page?.querySelector("main .note")?.textContent.trim() ?? "";
const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

/** How it went: ok, off (not reached), out (signed out), newer, shut, or bad (said in words). */
async function send() {
  if (!unsaved()) return "ok";
  const data = fields();
  status(say.saySaving, "busy");
  let answer;
  try {
    answer = await fetch(say.draft, { method: "POST", body: data, redirect: "manual", credentials: "same-origin" });
  } catch {
    return "off";
  }
  if (answer.status === 204) {
    form.elements.revision.value = answer.headers.get("x-revision");
    kept = picture(data);
    status(say.saySaved.replace("{at}", clock()));
    return "ok";
  }
  if (answer.type === "opaqueredirect" || answer.status === 401) return "out";
  if (answer.status === 409) return answer.headers.get("x-refusal") === "draft_newer" ? "newer" : "shut";
  if (answer.status >= 500) return "off";
  status(sentence(await parsed(answer)) || say.sayOff, "off");
  return "bad";
}

function tell(how) {
  byId("signed-out").hidden = how !== "out";
  if (how === "out") status(say.sayOut, "off");
  if (how === "off") status(say.sayOff, "off");
  if (how === "shut") status(say.sayShut, "off");
  if (how === "newer") {
    byId("newer").hidden = false;
    status("", "off");
    byId("newer").scrollIntoView({ block: "center" });
  }
  stopped = how === "newer" || how === "shut";
  delay = how === "off" ? Math.min(delay * 2, 60000) : 5000;
  if (how === "off" || (how === "ok" && unsaved())) later(how === "off" ? delay : 1500);
  return how;
}

function save() {
  clearTimeout(timer);
  timer = 0;
  work = work.then(() => (stopped || leaving ? "stopped" : send().then(tell)));
  return work;
}

function later(ms) {
  clearTimeout(timer);
  timer = setTimeout(save, ms);
}

let counting = 0;
let firstUnsaved = 0;
function changed() {
  clearTimeout(counting);
  counting = setTimeout(showChecks, 250);
  if (stopped || !unsaved()) return;
  byId("checks").hidden = false; // an entry received is measured again once it is changed
  if (!timer) firstUnsaved = Date.now();
  later(Date.now() - firstUnsaved > 10000 ? 0 : 1500); // never longer than ten seconds behind
}
form.addEventListener("input", (event) => {
  // what is being mended is no longer called wrong; the server has its word at the next press
  if (event.target.getAttribute("aria-invalid")) {
    event.target.removeAttribute("aria-invalid");
    byId(`${event.target.name}-err`)?.remove();
  }
  changed();
});
form.addEventListener("change", changed);
window.addEventListener("online", save);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState === "visible" && unsaved()) save(); // back from signing in, perhaps
});
window.addEventListener("beforeunload", (event) => {
  if (!leaving && unsaved()) event.preventDefault();
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) leaving = false;
});

// Another window was quicker: the person says which draft stays.
byId("newer-load").addEventListener("click", () => {
  leaving = true;
});
byId("newer-keep").addEventListener("click", async () => {
  try {
    const page = await parsed(await fetch(form.action, { credentials: "same-origin" }));
    form.elements.revision.value = page.querySelector("#entry [name=revision]").value;
  } catch {
    return;
  }
  byId("newer").hidden = true;
  stopped = false;
  kept = "";
  save();
});

// The deadline, by the server's clock: from here on nothing is taken, and the server says so to any press.
const over = Date.parse(form.closest("main").querySelector("[data-until]").dataset.until);
function atTheDeadline() {
  const left = over - Date.now() - drift;
  if (left > 0) {
    setTimeout(atTheDeadline, Math.min(left, 60000));
    return;
  }
  for (const id of ["over", "over-there"]) byId(id).hidden = false;
  form.closest("main").querySelector("[data-until]").hidden = true;
  for (const button of form.querySelectorAll("button[value=submit]")) button.setAttribute("aria-disabled", "true");
}
atTheDeadline();

// A press of a button first saves, so that nothing typed goes with a session that has ended or a line that is down.
let pressed = false;
form.addEventListener("submit", async (event) => {
  if (leaving) return;
  event.preventDefault();
  if (pressed) return;
  pressed = true;
  const how = await save();
  pressed = false;
  if (event.submitter?.value === "save") return; // done, and said beside the button
  if (["off", "out", "newer"].includes(how) || (how === "stopped" && !byId("newer").hidden)) return;
  leaving = true;
  // Where nothing had to be saved we are still inside the first submission, and a second one would be ignored.
  setTimeout(() => form.requestSubmit(event.submitter ?? undefined));
});

// ── A file: chosen or dropped, sent at once ─────────────────────────────────
const LARGEST = 20 * 1024 * 1024;

function put(file) {
  const data = fields();
  data.set("do", "save");
  data.set("by", "file");
  data.set("file", file, file.name);
  return new Promise((done) => {
    const request = new XMLHttpRequest();
    const progress = byId("sending");
    progress.hidden = false;
    request.open("POST", form.action);
    request.responseType = "document";
    request.upload.onprogress = (e) => {
      const percent = e.lengthComputable ? Math.floor((100 * e.loaded) / e.total) : 0;
      progress.value = percent;
      byId("file-say").textContent = percent < 100 ? fill(say.saySending, percent) : say.sayReading;
    };
    request.onerror = () => done("off");
    request.onload = () => done(take(request, picture(data)));
    request.send(data);
  });
}

/** What the server answered to a file: the form's page, or an error's. */
function take(request, sent) {
  if (new URL(request.responseURL).pathname === "/sign-in") return "out";
  const page = request.response;
  const part = page?.getElementById("file-part");
  if (request.status === 409) return part ? "newer" : "shut";
  if (!part) return "bad";
  showPart(part);
  form.elements.revision.value = page.querySelector("#entry [name=revision]").value;
  if (request.status === 200) kept = sent;
  status(page.getElementById("saved").textContent);
  return "ok";
}

function showPart(part) {
  for (const e of part.querySelectorAll("noscript")) e.remove(); // read without scripts, it came as plain words
  byId("file-part").replaceWith(document.adoptNode(part));
  for (const e of form.querySelectorAll(".only-script")) e.hidden = false;
  showChecks();
  if (part.dataset.state === "pending") lookAgain();
}

async function lookAgain() {
  await wait(3000);
  try {
    const page = await parsed(await fetch(form.action, { credentials: "same-origin" }));
    const part = page.getElementById("file-part");
    if (part && byId("file-part").dataset.state === "pending") showPart(part);
  } catch {
    lookAgain();
  }
}

function attach(file) {
  byId("by-file").checked = true;
  const input = byId("file");
  if (file.size > LARGEST) {
    byId("file-say").textContent = say.sayLarge;
    input.value = "";
    return;
  }
  work = work.then(async () => {
    const how = stopped ? "stopped" : await put(file);
    byId("sending").hidden = true;
    if (how !== "ok") {
      byId("file").value = "";
      byId("file-say").textContent = say.sayUnsent;
    }
    return how === "bad" || how === "stopped" ? how : tell(how);
  });
}

form.addEventListener("change", (event) => {
  if (event.target.id === "file" && event.target.files[0]) attach(event.target.files[0]);
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  form.addEventListener(kind, (event) => {
    const place = event.target.closest?.("#drop");
    if (!place || !event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    place.classList.toggle("over", kind === "dragover");
    if (kind === "drop" && event.dataTransfer.files[0]) attach(event.dataTransfer.files[0]);
  });
}
for (const e of form.querySelectorAll(".only-script")) e.hidden = false;
if (byId("file-part").dataset.state === "pending") lookAgain();
showChecks();
