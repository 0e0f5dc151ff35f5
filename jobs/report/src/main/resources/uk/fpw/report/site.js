"use strict";
// What is of no use without script is hidden until here.
for (const element of document.querySelectorAll("[data-script]")) {
  element.hidden = false;
}
// Filters what is already on the page: an input with data-filter names the element whose rows (data-text, or all their
// text if that is empty) it hides, and with them each data-part that has no row left.
for (const input of document.querySelectorAll("input[data-filter]")) {
  const rows = [...document.querySelectorAll("#" + CSS.escape(input.dataset.filter) + " [data-text]")]
    .map((row) => ({ row, text: (row.dataset.text || row.textContent).toLowerCase() }));
  const groups = [...document.querySelectorAll("#" + CSS.escape(input.dataset.filter) + " section[data-part]")];
  const count = document.getElementById(input.dataset.filter + "-count");
  const apply = () => {
    const words = input.value.toLowerCase().split(/\s+/).filter((word) => word);
    let shown = 0;
    for (const { row, text } of rows) {
      const isShown = words.every((word) => text.includes(word));
      row.hidden = !isShown;
      shown += isShown ? 1 : 0;
    }
    for (const group of groups) {
      group.hidden = !group.querySelector("[data-text]:not([hidden])");
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
