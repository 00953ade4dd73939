// Small helps on top of pages that work without them. Each part looks for its own data attribute.
const errors = document.getElementById("errors");
if (errors) errors.focus();

// One press is enough: the button says that it is busy; the server absorbs a second one anyway.
document.addEventListener("submit", (event) => {
  const button = event.submitter;
  if (!button || event.defaultPrevented) return;
  setTimeout(() => button.setAttribute("aria-busy", "true"), 0);
});
window.addEventListener("pageshow", () => {
  for (const b of document.querySelectorAll("[aria-busy]")) b.removeAttribute("aria-busy");
});
