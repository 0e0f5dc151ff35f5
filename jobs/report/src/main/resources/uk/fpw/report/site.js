"use strict";
// Filters what is already on the page: an input with data-filter names the element whose rows (data-text) it hides.
for (const input of document.querySelectorAll("input[data-filter]")) {
  const rows = [...document.querySelectorAll("#" + CSS.escape(input.dataset.filter) + " [data-text]")];
  const count = document.getElementById(input.dataset.filter + "-count");
  const apply = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter((word) => word);
    let shown = 0;
    for (const row of rows) {
      const isShown = words.every((word) => row.dataset.text.toLowerCase().includes(word));
      row.hidden = !isShown;
      shown += isShown ? 1 : 0;
    }
    if (count) {
      count.textContent = words.length ? `${shown} of ${rows.length}` : `${rows.length}`;
    }
  };
  input.addEventListener("input", apply);
  apply();
}
// A select with data-choose shows the one of the elements of its group whose data-choice equals its value.
for (const select of document.querySelectorAll("select[data-choose]")) {
  const choices = [...document.querySelectorAll("[data-group='" + CSS.escape(select.dataset.choose) + "']")];
  const apply = () => {
    for (const choice of choices) {
      choice.hidden = choice.dataset.choice !== select.value;
    }
  };
  select.closest("[hidden]")?.removeAttribute("hidden");
  select.addEventListener("change", apply);
  apply();
}
