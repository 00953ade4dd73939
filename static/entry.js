// The submission form: counts words, saves itself, attaches a file at once. Without this script its buttons do the same.
import { showChecks } from "./checks.js";
import { doubtful, learn, now } from "./clock.js";
import { byId, fill, form, say } from "./form.js";
import { Kept, refill } from "./kept.js";
import { showBoth, textOf } from "./texts.js";
import { upload } from "./upload.js";

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

// ── The draft saves itself ──────────────────────────────────────────────────
learn(say.now);
const day = (at) => new Date(at).toLocaleDateString("en-GB", { timeZone: say.tz });
const clock = (at) => {
  const time = new Date(at).toLocaleTimeString("en-GB", { timeZone: say.tz });
  return day(at) === day(now()) ? time : `${time}, ${day(at)}`;
};
const fields = () => {
  const data = new FormData(form);
  data.delete("file");
  return data;
};
const UNCOUNTED = ["version", "revision", "saved_at", "over", "do"];
const picture = (data) => JSON.stringify([...data].filter(([name]) => !UNCOUNTED.includes(name)));
const asked = () => !byId("newer").hidden; // two texts stand, and one is to be chosen
const here = new Kept(new URL(form.action).pathname);
let kept = asked() ? "" : picture(fields()); // what the server holds
let savedAt = say.savedAt;
let timer = 0;
let delay = 5000;
let stopped = asked(); // another device was quicker, or the entry is locked
let leaving = false;
let work = Promise.resolve("ok"); // one thing at a time: a save, or a file

const unsaved = () => picture(fields()) !== kept;

function status(text, kind = "") {
  const out = byId("saved");
  out.className = `saved ${kind}`;
  if (out.textContent !== text) out.textContent = text;
}
const unsavedSince = () => say.sayUnsaved.replace("{at}", clock(savedAt));

/** The sentence of an error page of ours. */
const sentence = (page) => page?.querySelector("main .note")?.textContent.trim() ?? "";
const parsed = async (answer) => new DOMParser().parseFromString(await answer.text(), "text/html");

function saved(revision, at, data) {
  form.elements.revision.value = revision;
  form.elements.saved_at.value = at;
  form.elements.over.value = 0;
  savedAt = at;
  kept = picture(data);
  if (unsaved()) here.put([...fields()], revision);
  else here.drop();
}

/** How it went: ok, off (not reached), out (signed out), newer, shut, or bad (said in words). */
async function send() {
  if (!unsaved()) return "ok";
  const data = fields();
  status(say.saySaving, "busy");
  let answer;
  try {
    answer = await fetch(say.draft, { method: "POST", body: data, redirect: "manual", credentials: "same-origin", signal: AbortSignal.timeout(30_000) });
  } catch {
    return "off";
  }
  if (answer.status === 204) {
    learn(answer.headers.get("x-now"));
    saved(answer.headers.get("x-revision"), answer.headers.get("x-now"), data);
    status(say.saySaved.replace("{at}", clock(savedAt)));
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
  byId("again").hidden = how !== "off";
  if (how !== "ok") here.put([...fields()], form.elements.revision.value);
  if (how === "out") status(`${say.sayOut} ${unsavedSince()}`, "off");
  if (how === "off") status(`${say.sayOff} ${unsavedSince()}`, "off");
  if (how === "shut") status(say.sayShut, "off");
  if (how === "ok" && !unsaved()) status(say.saySaved.replace("{at}", clock(savedAt)));
  if (how === "newer") {
    status(unsavedSince(), "off");
    showOther();
  }
  stopped = how === "newer" || how === "shut";
  delay = how === "off" ? Math.min(delay * 2, 60000) : 5000;
  if (how === "off" || how === "out" || (how === "ok" && unsaved())) later(how === "off" ? delay : how === "out" ? 20000 : 1500);
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
  counting = setTimeout(() => {
    showChecks();
    if (unsaved()) here.put([...fields()], form.elements.revision.value);
  }, 250);
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
window.addEventListener("online", () => (waiting ? attach(waiting) : save()));
byId("again").addEventListener("click", save);
document.addEventListener("visibilitychange", () => {
  if (document.visibilityState !== "visible") return;
  if (unsaved()) save(); // back from signing in, perhaps
  else if (doubtful()) askTheTime();
});
window.addEventListener("beforeunload", (event) => {
  if (!leaving && unsaved()) event.preventDefault();
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) leaving = false;
});

async function askTheTime() {
  try {
    learn((await parsed(await fetch(form.action, { credentials: "same-origin" }))).getElementById("entry")?.dataset.now);
  } catch {
    // the next save brings the hour along
  }
}

// ── Another device was quicker: both texts, and the person says which is used. The other is kept. ──
async function showOther() {
  try {
    const theirs = (await parsed(await fetch(form.action, { credentials: "same-origin" }))).getElementById("entry");
    if (!theirs) return;
    form.elements.revision.value = form.elements.over.value = theirs.elements.revision.value;
    showBoth(textOf(theirs), clock(theirs.dataset.savedAt), clock(savedAt));
  } catch {
    stopped = false; // asked again when the line is back
    later(5000);
  }
}

async function keepThisOne() {
  byId("newer").hidden = true;
  stopped = false;
  kept = "";
  await save();
}

// What this device still holds of an earlier visit: back into the form; where the draft went on elsewhere meanwhile, beside it.
function bringBack() {
  if (location.search.includes("said=draft-taken")) return here.drop(); // the server keeps it beside the other
  const left = here.get();
  if (!left || asked()) return;
  const data = new FormData();
  for (const [name, value] of left.fields) data.append(name, value);
  if (picture(data) === kept) return here.drop();
  const there = textOf(form);
  const whole = refill(form, left.fields);
  if (!whole && !location.search.includes("more=1")) {
    leaving = true;
    location.replace(`${form.action}?more=1`); // an author more than the draft has
    return;
  }
  if (left.revision === form.elements.revision.value) {
    byId("restored").hidden = false;
    changed();
    return;
  }
  form.elements.over.value = form.elements.revision.value;
  stopped = true;
  kept = "";
  showBoth(there, clock(say.savedAt), clock(left.fields.find(([name]) => name === "saved_at")?.[1] ?? say.savedAt));
}

// The deadline, by the server's clock: from here on nothing is taken, and the server says so to any press. What is written stays.
const over = Date.parse(say.until);
function atTheDeadline() {
  const left = over - now();
  byId("last-hour").hidden = left <= 0 || left > 3_600_000;
  if (left > 0) {
    setTimeout(atTheDeadline, Math.min(left, 30000));
    return;
  }
  for (const id of ["over", "over-there"]) byId(id).hidden = false;
  form.closest("main").querySelector("time[data-until]").hidden = true;
  for (const button of form.querySelectorAll("button[value=submit]")) button.setAttribute("aria-disabled", "true");
}
atTheDeadline();
byId("over-text").addEventListener("click", (event) => {
  event.preventDefault(); // what stands in the box, saved or not
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([form.elements.text.value], { type: "text/plain" }));
  link.download = `${form.elements.title.value.trim().slice(0, 80) || "phach"}.txt`;
  link.click();
  URL.revokeObjectURL(link.href);
});

// A press of a button first saves, so that nothing typed goes with a session that has ended or a line that is down.
let pressed = false;
form.addEventListener("submit", async (event) => {
  if (leaving) return;
  if (event.submitter?.value === "take") {
    leaving = true;
    return;
  }
  event.preventDefault();
  if (pressed) return;
  pressed = true;
  if (event.submitter?.id === "newer-keep") await keepThisOne();
  const how = await save();
  pressed = false;
  if (event.submitter?.value === "save") return; // done, and said beside the button
  if (["off", "out", "newer"].includes(how) || (how === "stopped" && asked())) return;
  leaving = true;
  // Where nothing had to be saved we are still inside the first submission, and a second one would be ignored.
  setTimeout(() => form.requestSubmit(event.submitter ?? undefined));
});

// ── A file: chosen or dropped, sent at once ─────────────────────────────────
const LARGEST = 20 * 1024 * 1024;

let waiting = null; // a file that did not arrive
let going = null;

async function put(file) {
  const data = fields();
  data.set("do", "save");
  data.set("by", "file");
  data.set("file", file, file.name);
  const progress = byId("sending");
  for (const e of [progress, byId("sending-do"), byId("sending-stop")]) e.hidden = false;
  byId("sending-again").hidden = true;
  going = upload(form.action, data, (percent) => {
    progress.value = percent;
    byId("file-say").textContent = percent < 100 ? fill(say.saySending, percent) : say.sayReading;
  });
  const answer = await going.done;
  going = null;
  return typeof answer === "string" ? answer : take(answer, data);
}

/** What the server answered to a file: the form's page, or an error's. */
function take(request, sent) {
  if (request.status === 401 || new URL(request.responseURL).pathname === "/sign-in") return "out";
  const page = request.response;
  const part = page?.getElementById("file-part");
  if (request.status === 409) return part ? "newer" : "shut";
  if (!part) return "bad";
  showPart(part);
  const theirs = page.getElementById("entry");
  learn(theirs.dataset.now);
  if (request.status === 200) saved(theirs.elements.revision.value, theirs.dataset.savedAt, sent);
  else form.elements.revision.value = theirs.elements.revision.value;
  status(say.saySaved.replace("{at}", clock(savedAt)));
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
  waiting = null;
  work = work.then(async () => {
    const how = stopped ? "stopped" : await put(file);
    for (const e of [byId("sending"), byId("sending-stop")]) e.hidden = true;
    if (how !== "ok") {
      byId("file").value = "";
      byId("file-say").textContent = how === "stopped" ? say.sayCancelled : say.sayUnsent;
      waiting = ["off", "out"].includes(how) ? file : null;
      byId("sending-do").hidden = byId("sending-again").hidden = !["off", "out", "stopped"].includes(how);
      byId("sending-again").onclick = () => attach(file);
    }
    return how === "bad" || how === "stopped" ? how : tell(how);
  });
}

form.addEventListener("click", (event) => {
  if (event.target.id === "sending-stop") going?.stop();
});
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
bringBack();
showChecks();
