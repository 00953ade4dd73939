// Two texts of one entry side by side: the one in this form, and another device's.
import { byId, fill, form, number, say } from "./form.js";
import { countWords } from "./words.js";

/** What a form of ours holds, to be shown. */
export const textOf = (f) => ({ title: f.elements.title.value, text: f.elements.text.value, lines: rowsOf(f) });

const rowsOf = (f) => {
  const value = (name) => f.elements[name]?.value?.trim() ?? "";
  const authors = [...f.querySelectorAll(".author")].map((_, i) => ["name", "pen", "year", "email", "phone", "guardian"].map((part) => value(`${part}_${i + 1}`)).filter(Boolean).join(" · "));
  return [...authors, value("note"), ...[...f.querySelectorAll("input[name^=answer_]")].map((e) => e.value.trim())].filter(Boolean);
};

/** `there` is the other text; both hours as words. */
export function showBoth({ title, text, lines }, thereAt, hereAt) {
  byId("there-title").textContent = title;
  byId("there-text").value = text;
  byId("there-words").textContent = fill(say.sayWords, number(countWords(text)));
  byId("there-at").textContent = thereAt;
  byId("there-lines").replaceChildren(...lines.map((line) => Object.assign(document.createElement("li"), { className: "wrapped", textContent: line })));
  byId("here-title").textContent = form.elements.title.value;
  byId("here-text").value = form.elements.text.value;
  byId("here-words").textContent = fill(say.sayWords, number(countWords(form.elements.text.value)));
  byId("here-at").textContent = hereAt;
  byId("newer").hidden = false;
  byId("newer").scrollIntoView({ block: "start" });
}
