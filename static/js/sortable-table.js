// Sorts a table in place by the links in its headings; without it the same links ask the server for the same order.

const OTHER = { asc: "desc", desc: "asc" };
const ARIA = { asc: "ascending", desc: "descending" };
const IN_WORDS = { asc: "lowest first", desc: "highest first" };

function compare(one, other) {
  return one < other ? -1 : one > other ? 1 : 0;
}

/** The rows in the order of one column: ties by name, and what has no figure last. */
function inOrder(rows, column, order) {
  const value = (row) => row.cells[column].dataset.value;
  const byName = [...rows].sort((one, other) => compare(one.cells[0].dataset.value, other.cells[0].dataset.value));
  if (column === 0) return order === "asc" ? byName : byName.reverse();
  const known = byName.filter((row) => value(row) !== "");
  const sign = order === "asc" ? 1 : -1;
  known.sort((one, other) => sign * (Number(value(one)) - Number(value(other))));
  return [...known, ...byName.filter((row) => value(row) === "")];
}

function currentOrder(heading) {
  return Object.keys(ARIA).find((order) => ARIA[order] === heading.getAttribute("aria-sort"));
}

/** Says in every heading which order it stands for now and which one a click asks for. */
function relabel(headings, sorted, order) {
  for (const heading of headings) {
    const link = heading.querySelector("a");
    const address = new URL(link.href);
    if (heading === sorted) heading.setAttribute("aria-sort", ARIA[order]);
    else heading.removeAttribute("aria-sort");
    address.searchParams.set("order", heading === sorted ? OTHER[order] : link.dataset.first);
    link.href = address;
  }
}

function sort(table, heading) {
  const link = heading.querySelector("a");
  const before = currentOrder(heading);
  const order = before ? OTHER[before] : link.dataset.first;
  const body = table.tBodies[0];
  body.append(...inOrder(body.rows, heading.cellIndex, order));
  const address = new URL(link.href);
  address.searchParams.set("order", order);
  relabel(table.tHead.rows[0].cells, heading, order);
  history.replaceState(null, "", address);
  const words = heading.cellIndex === 0 ? (order === "asc" ? "from A" : "to A") : IN_WORDS[order];
  document.querySelector("[data-sort-status]").textContent = `Sorted by ${link.textContent.trim()}, ${words}.`;
}

for (const table of document.querySelectorAll("table[data-sortable]")) {
  table.tHead.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-key]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    sort(table, link.closest("th"));
  });
}
