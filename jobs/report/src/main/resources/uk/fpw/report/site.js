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
// An input with data-search lists the entries of the dictionary that have each word, or another word for the same.
for (const input of document.querySelectorAll("input[data-search]")) {
  const list = document.getElementById(input.dataset.search);
  const count = document.getElementById(input.dataset.search + "-count");
  const most = 50;
  const apply = () => {
    const { entries, synonyms } = window.dictionary ?? { entries: [], synonyms: {} };
    const words = input.value.toLowerCase().split(/\s+/).filter((word) => word);
    const found = [];
    for (const entry of words.length ? entries : []) {
      const [name, ...texts] = entry.slice(0, 3).map((text) => text.toLowerCase());
      const all = [name, ...texts].join(" ");
      let rank = 0;
      for (const word of words) {
        const others = Object.hasOwn(synonyms, word) ? synonyms[word] : [];
        if (name.includes(word)) {
          rank += name === word ? 0 : 1;
        } else if (all.includes(word)) {
          rank += 3;
        } else if (others.some((other) => name.includes(other))) {
          rank += 4;
        } else if (others.some((other) => all.includes(other))) {
          rank += 6;
        } else {
          rank = Infinity;
        }
      }
      if (rank < Infinity) {
        found.push({ rank, entry });
      }
    }
    found.sort((one, other) => one.rank - other.rank);
    list.replaceChildren(...found.slice(0, most).map(({ entry: [name, about, text, href] }) => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = "../" + href;
      link.textContent = name;
      const unit = document.createElement("span");
      unit.className = "unit";
      unit.textContent = about;
      const meaning = document.createElement("p");
      meaning.textContent = text;
      item.append(link, " ", unit, meaning);
      return item;
    }));
    count.textContent = !words.length ? ""
      : found.length > most ? `The first ${most} of ${found.length} entries.`
      : found.length === 0 ? "Nothing is found. Try fewer or other words."
      : found.length === 1 ? "1 entry." : `${found.length} entries.`;
  };
  input.addEventListener("input", apply);
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
// A picture whose rows have positions (data-x) shows the row that is nearest to the pointer, or chosen by the arrow keys.
for (const figure of document.querySelectorAll("figure")) {
  const table = figure.querySelector("table");
  for (const picture of table ? figure.querySelectorAll("svg[data-x]") : []) {
    const rows = [...table.tBodies[0].rows];
    const names = [...table.tHead.rows[0].cells].map((cell) => cell.textContent);
    const at = picture.dataset.x.split(" ").map(Number);
    const order = [...new Set(at)].sort((one, other) => one - other);
    const output = document.createElement("p");
    output.className = "hover";
    output.setAttribute("role", "status");
    const ruler = document.createElementNS("http://www.w3.org/2000/svg", "line");
    ruler.setAttribute("class", "ruler");
    ruler.setAttribute("y1", "16");
    ruler.setAttribute("y2", picture.viewBox.baseVal.height);
    picture.append(ruler);
    let chosen = order.length - 1;
    const show = (index) => {
      chosen = Math.max(0, Math.min(order.length - 1, index));
      ruler.setAttribute("x1", order[chosen]);
      ruler.setAttribute("x2", order[chosen]);
      ruler.classList.add("shown");
      output.textContent = rows.filter((row, i) => at[i] === order[chosen])
        .map((row) => [...row.cells].map((cell, i) => `${names[i]}: ${cell.textContent}`).join(", ")).join("; ");
    };
    const hide = () => {
      ruler.classList.remove("shown");
      output.textContent = "";
    };
    picture.after(output);
    picture.setAttribute("tabindex", "0");
    picture.addEventListener("pointermove", (event) => {
      const box = picture.getBoundingClientRect();
      const x = (event.clientX - box.left) * picture.viewBox.baseVal.width / box.width;
      show(order.reduce((best, each, i) => Math.abs(each - x) < Math.abs(order[best] - x) ? i : best, 0));
    });
    picture.addEventListener("pointerleave", hide);
    picture.addEventListener("focus", () => show(chosen));
    picture.addEventListener("blur", hide);
    picture.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity }[event.key];
      if (step) {
        event.preventDefault();
        show(chosen + step);
      }
    });
  }
}
// Each table of figures can be saved. A text that a spreadsheet would take for a formula gets an apostrophe.
for (const table of document.querySelectorAll("main table")) {
  const name = table.caption?.textContent || table.closest("figure")?.querySelector("figcaption")?.textContent;
  if (!name || !table.tHead) {
    continue;
  }
  const button = document.createElement("button");
  button.type = "button";
  button.className = "save";
  button.textContent = "Save as CSV";
  button.setAttribute("aria-label", `Save as CSV: ${name}`);
  button.addEventListener("click", () => {
    const cell = (text) => {
      text = text.replaceAll("\u2212", "-");
      const safe = /^[=@\t\r]|^[+-](?![0-9])/.test(text) ? `'${text}` : text;
      return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
    };
    const lines = [...table.rows].map((row) => [...row.cells].map((one) => cell(one.textContent.trim())).join(","));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob(["\ufeff" + lines.join("\r\n") + "\r\n"], { type: "text/csv" }));
    link.download = `OFFICIAL-SENSITIVE ${document.body.dataset.release} ${name}.csv`.replace(/[^A-Za-z0-9 .,_-]+/g, " ");
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  });
  table.closest(".scroll")?.after(button);
}
// Of a long table the first rows are shown; all are printed and saved.
const firstRows = 15;
for (const table of document.querySelectorAll("main .scroll > table:not(.figures)")) {
  const rows = [...table.tBodies[0].rows];
  if (rows.length <= firstRows + 5 || table.closest("details")) {
    continue;
  }
  const rest = rows.slice(firstRows);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "save";
  const show = (isShown) => {
    rest.forEach((row) => row.classList.toggle("folded", !isShown));
    button.setAttribute("aria-expanded", isShown);
    button.textContent = isShown ? `Show the first ${firstRows} rows` : `Show all ${rows.length} rows`;
    button.setAttribute("aria-label", `${button.textContent}: ${table.caption?.textContent ?? ""}`);
  };
  button.addEventListener("click", () => show(button.getAttribute("aria-expanded") !== "true"));
  show(false);
  table.closest(".scroll").after(button, " ");
}
// On a telephone a table of more than three columns becomes cards; its roles stay those of a table.
const narrow = matchMedia("(max-width: 40rem)");
const makeCards = () => {
  for (const table of narrow.matches ? document.querySelectorAll("main .scroll > table:not(.cards)") : []) {
    const names = [...(table.tHead?.rows[0].cells ?? [])].map((cell) => cell.textContent);
    if (names.length <= 3) {
      continue;
    }
    table.classList.add("cards");
    table.setAttribute("role", "table");
    for (const row of table.rows) {
      row.setAttribute("role", "row");
      [...row.cells].forEach((cell, i) => {
        cell.dataset.label = names[i] ?? "";
        cell.setAttribute("role", cell.tagName === "TD" ? "cell" : cell.scope === "row" ? "rowheader" : "columnheader");
      });
    }
  }
};
narrow.addEventListener("change", makeCards);
makeCards();
