// The queue's boxes: one press ticks or clears the whole page, and the button says how many are chosen.
const form = document.querySelector("form.selecting");
const boxes = form ? [...form.querySelectorAll('input[name="n"]')] : [];
const row = form?.querySelector(".selected");
if (row && boxes.length > 1) {
  const label = document.createElement("label");
  const all = document.createElement("input");
  all.type = "checkbox";
  label.className = "tick all";
  label.append(all, ` ${row.dataset.all}`);
  row.prepend(label);
  const show = () => {
    const n = boxes.filter((b) => b.checked).length;
    all.checked = n === boxes.length;
    all.indeterminate = n > 0 && n < boxes.length;
  };
  all.addEventListener("change", () => { for (const b of boxes) b.checked = all.checked; show(); });
  form.addEventListener("change", (event) => { if (event.target !== all) show(); });
  show();
}
