// Small helps on top of pages that work without them. Each part looks for its own data attribute.
import { learn, now } from "./clock.js";

const errors = document.getElementById("errors");
if (errors) errors.focus();

// What was said once is not said again when the page is loaded anew. The counts go with the sentence they belong to. Not at once: other parts of
// the page read the address too, to know what has just happened.
if (document.querySelector(".said")) {
  setTimeout(() => {
    const address = new URL(location.href);
    for (const name of ["said", "n", "open", "worn"]) address.searchParams.delete(name);
    history.replaceState(history.state, "", address);
  }, 1000);
}

// One press is enough: the button says that it is busy; the server absorbs a second one anyway.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || event.defaultPrevented) return;
  setTimeout(() => button.setAttribute("aria-busy", "true"), 0);
});
window.addEventListener("pageshow", () => {
  for (const b of document.querySelectorAll("[aria-busy]")) b.removeAttribute("aria-busy");
});

// The time left, by the server's clock: the page says how late it is there. Hidden without a script; the deadline is in words.
for (const out of document.querySelectorAll("[data-until]")) {
  const until = Date.parse(out.dataset.until);
  const place = Object.fromEntries([...out.querySelectorAll("[data-count]")].map((e) => [e.dataset.count, e]));
  learn(out.dataset.now);
  let waited = false;
  const show = () => {
    const left = Math.max(0, Math.floor((until - now()) / 1000));
    const parts = { d: Math.floor(left / 86400), h: Math.floor(left / 3600) % 24, m: Math.floor(left / 60) % 60, s: left % 60 };
    for (const [k, e] of Object.entries(place)) e.textContent = String(parts[k]);
    if (left > 0) setTimeout(show, 1000);
    // where nothing is typed the page says by itself that the hour has come; not everybody at once
    else if (waited && out.dataset.then) setTimeout(() => location.reload(), 1500 + Math.random() * 4000);
    waited = true;
  };
  out.hidden = false;
  show();
}
