// The desk by keyboard: J K to the next and the one before, N to the next place that names somebody, H L T to choose,
// Ctrl+Enter to write it down. It can be switched off, and stays so in this browser.
const STORE = "phach-desk-keys";
const fold = document.getElementById("keys");
const form = document.querySelector("form.verdict");

const read = () => { try { return localStorage.getItem(STORE) !== "off"; } catch { return true; } };
let on = read();
function show() {
  for (const e of document.querySelectorAll("[data-when]")) e.hidden = (e.dataset.when === "on") !== on;
  for (const e of document.querySelectorAll("[data-keys]")) e.hidden = !on;
}
if (fold) {
  fold.hidden = false;
  fold.addEventListener("click", (event) => {
    if (!event.target.closest("button")) return;
    on = !on;
    try { localStorage.setItem(STORE, on ? "on" : "off"); } catch { /* kept for this page only */ }
    show();
    fold.querySelector(`button[data-when="${on ? "on" : "off"}"]`)?.focus();
  });
}
show();

// From the place looked at last to the next one, round and round.
function nextHit() {
  const hits = [...document.querySelectorAll(".hit")];
  if (hits.length === 0) return;
  const at = hits.findIndex((h) => `#${h.id}` === location.hash);
  location.hash = hits[(at + 1) % hits.length].id;
}
function choose(key) {
  const pick = form?.querySelector(`input[data-key="${key}"]`);
  if (!pick || pick.disabled) return;
  pick.checked = true;
  if (key === "h") form.querySelector("[data-decide]")?.focus({ preventScroll: true });
  else form.querySelector("textarea")?.focus();
}

document.addEventListener("keydown", (event) => {
  if (!on || event.altKey || event.isComposing || event.defaultPrevented) return;
  if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
    if (form?.contains(event.target)) { event.preventDefault(); form.requestSubmit(form.querySelector("[data-decide]")); }
    return;
  }
  const typing = event.target.closest?.("textarea, select, input:not([type=radio], [type=checkbox])");
  if (typing || event.ctrlKey || event.metaKey || event.repeat) return;
  const key = event.key.toLowerCase();
  if (key === "j" || key === "k") document.querySelector(`a[data-key="${key}"]`)?.click();
  else if (key === "n") nextHit();
  else if (key === "h" || key === "l" || key === "t") { event.preventDefault(); choose(key); }
});
