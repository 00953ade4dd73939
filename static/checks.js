// What is typed, measured while one types: words by the server's rule, letters of the title, a guardian's part, what is still to do.
import { byId, fill, form, number, say } from "./form.js";
import { countWords } from "./words.js";

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

/** Letters of the title as the server counts them. */
function showSigns() {
  const signs = [...form.elements.title.value.trim()].length;
  byId("title-signs").textContent = say.saySigns.replace("{n}", number(signs)).replace("{max}", "300");
  byId("title-signs").classList.toggle("err", signs > 300);
}

export function showChecks() {
  showSigns();
  const alone = showGuardians();
  const length = showLength();
  check("category", chosen() ? "ok" : "todo");
  check("title", form.elements.title.value.trim() ? "ok" : "todo");
  const authors = [...form.querySelectorAll(".author")].map((part, i) => {
    const filled = [...part.querySelectorAll("input:not([type=checkbox])")].some((e) => e.value.trim());
    const wanting = [...part.querySelectorAll("[aria-required]")].some((e) => !e.value.trim());
    return { filled: filled || i === 0, named: Boolean(form.elements[`name_${i + 1}`].value.trim()), wanting };
  });
  const nameless = authors.some((a) => a.filled && (!a.named || a.wanting));
  check("authors", !authors.some((a) => a.named) ? "todo" : nameless || alone ? "no" : "ok");
  const needed = [...form.querySelectorAll("[data-needed]")];
  check("asked", needed.every((e) => (e.type === "checkbox" ? e.checked : e.value.trim())) ? "ok" : "todo");
  const file = byId("file-part").dataset.state;
  if (byId("by-file").checked) check("work", { read: "ok", unreadable: "no" }[file] ?? "todo");
  else check("work", length.fits ? "ok" : length.words ? "no" : "todo");
}
