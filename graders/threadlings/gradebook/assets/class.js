"use strict";
const table = document.getElementById("who-table");
const heads = [...table.tHead.rows[0].cells];
const order = new Intl.Collator(document.documentElement.lang, { numeric: true }).compare;

function valueOf(row, column) {
  const told = row.cells[column].textContent;
  if (column === 0) return told;
  const points = Number.parseFloat(told);
  return Number.isNaN(points) ? -1 : points; // Not graded, or not asked for.
}

function sortBy(column) {
  const up = heads[column].getAttribute("aria-sort") !== "ascending";
  const rows = [...table.tBodies[0].rows].map((row) => [valueOf(row, column), row]);
  rows.sort(([a], [b]) => (up ? 1 : -1) * (column === 0 ? order(a, b) : a - b));
  for (const [, row] of rows) table.tBodies[0].append(row);
  heads.forEach((head) => head.removeAttribute("aria-sort"));
  heads[column].setAttribute("aria-sort", up ? "ascending" : "descending");
}

heads.forEach((head, column) => {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  button.addEventListener("click", () => sortBy(column));
  head.append(button);
});
document.getElementById("sort-hint").hidden = false;
