// Name and value of the mark in a picture that one points at, taps, or goes to with the arrow keys.
// A picture, or a table with pictures in its rows, is one stop of the Tab key. The same numbers are in tables;
// without this module the browser shows the title of a mark after a while.

const REACH = 12; // CSS pixels around a mark in which it counts as pointed at: with the mark at least 24 across
const GAP = 8;
const BACK = new Set(["ArrowLeft", "ArrowUp"]);

const tip = document.createElement("div");
tip.className = "picture-tip";
tip.setAttribute("aria-hidden", "true"); // whoever listens hears the label of the mark itself
tip.hidden = true;
document.body.append(tip);

let shown = null;

function hide() {
  shown?.classList.remove("shown");
  shown = null;
  tip.hidden = true;
}

/** Above a point of the window, or below it where there is no room; `under` is how far below it has to go then. */
function place(x, y, under) {
  const { width, height } = tip.getBoundingClientRect();
  const left = Math.max(GAP, Math.min(x - width / 2, document.documentElement.clientWidth - width - GAP));
  const above = y - height - GAP;
  tip.style.left = `${left + window.scrollX}px`;
  tip.style.top = `${(above < 0 ? under + GAP : above) + window.scrollY}px`;
}

function show(mark, pointer) {
  if (shown !== mark) hide();
  shown = mark;
  mark.classList.add("shown");
  tip.textContent = mark.dataset.words;
  tip.hidden = false;
  const box = mark.getBoundingClientRect();
  const isLong = pointer && box.width > 60;
  const top = isLong ? pointer.clientY - REACH : box.top;
  place(isLong ? pointer.clientX : box.left + box.width / 2, top, isLong ? pointer.clientY + REACH : box.bottom);
}

function toSegment(x, y, from, to) {
  const [across, down] = [to.x - from.x, to.y - from.y];
  const along = ((x - from.x) * across + (y - from.y) * down) / (across * across + down * down || 1);
  const part = Math.max(0, Math.min(1, along));
  return Math.hypot(x - from.x - part * across, y - from.y - part * down);
}

/** How far a point of the window is from a mark: 0 inside it, and for lines from the line itself. */
function distance(mark, x, y) {
  if (mark.tagName === "g") return Math.min(...[...mark.children].map((part) => distance(part, x, y)));
  if (mark.tagName === "polyline") {
    const matrix = mark.getScreenCTM();
    const points = [...mark.points].map((point) => point.matrixTransform(matrix));
    return Math.min(...points.slice(1).map((point, before) => toSegment(x, y, points[before], point)));
  }
  const box = mark.getBoundingClientRect();
  return Math.hypot(Math.max(box.left - x, 0, x - box.right), Math.max(box.top - y, 0, y - box.bottom));
}

function nearest(marks, event) {
  const found = marks.map((mark) => [distance(mark, event.clientX, event.clientY), mark]);
  const [least, mark] = found.reduce((one, other) => (other[0] <= one[0] ? other : one)); // what is drawn later lies on top
  return least <= REACH ? mark : null;
}

/** The marks of a drawing, in its order; their titles become labels, or the browser would show them as well. */
function marksOf(svg) {
  const marks = [...svg.querySelectorAll(".tip, title")].map((each) => (each.matches("title") ? each.parentNode : each));
  const inside = marks.filter((mark) => mark !== svg);
  for (const mark of inside) {
    const title = mark.querySelector(":scope > title");
    mark.dataset.words = mark.getAttribute("aria-label") ?? title.textContent;
    mark.setAttribute("role", "img");
    mark.setAttribute("aria-label", mark.dataset.words);
    title?.remove();
  }
  if (inside.length) {
    const title = svg.querySelector(":scope > title");
    svg.setAttribute("role", "group");
    svg.setAttribute("aria-label", title.textContent);
    svg.classList.add("has-tips");
    title.remove();
    svg.addEventListener("pointermove", (event) => point(inside, event));
    svg.addEventListener("pointerdown", (event) => point(inside, event));
    svg.addEventListener("pointerleave", leave);
  }
  return inside;
}

function point(marks, event) {
  const mark = nearest(marks, event);
  if (mark) show(mark, event);
  else hide();
}

function leave(event) {
  if (event.pointerType !== "touch" && event.relatedTarget !== tip) hide();
}

/** The cells of a row of scores, which say by their headings what they are. */
function cellsOf(row) {
  const headings = row.closest("table").tHead.rows[0].cells;
  const cells = [...row.cells].slice(1);
  for (const cell of cells) {
    const heading = headings[cell.cellIndex];
    const name = heading.querySelector("abbr")?.title ?? heading.textContent;
    cell.dataset.words = `${row.cells[0].textContent}, ${name} ${cell.textContent}`;
    cell.addEventListener("pointerenter", (event) => show(cell, event));
    cell.addEventListener("pointerleave", leave);
  }
  return cells;
}

/** Where an arrow key leads from a mark: along its row, and from row to row where there are several. */
function target(rows, mark, key) {
  const row = rows.findIndex((each) => each.includes(mark));
  const step = BACK.has(key) ? -1 : 1;
  if (key === "Home") return rows[row][0];
  if (key === "End") return rows[row].at(-1);
  const column = rows[row].indexOf(mark);
  if (rows.length === 1 || key === "ArrowLeft" || key === "ArrowRight") return rows[row][column + step];
  const next = rows[row + step];
  return next?.[Math.min(column, next.length - 1)];
}

/** One stop of the Tab key for all these rows of marks. */
function rove(rows) {
  const marks = rows.flat();
  marks.forEach((mark, order) => {
    mark.setAttribute("tabindex", order === 0 ? "0" : "-1");
    mark.addEventListener("focus", () => show(mark));
    mark.addEventListener("blur", hide);
    mark.addEventListener("keydown", (event) => {
      if (!/^(Arrow|Home|End)/.test(event.key) || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      const next = target(rows, mark, event.key);
      if (!next) return;
      for (const each of marks) each.setAttribute("tabindex", each === next ? "0" : "-1");
      next.focus();
    });
  });
}

const rowsOf = new Map();
for (const svg of document.querySelectorAll("svg.chart:not([aria-hidden])")) {
  const marks = marksOf(svg);
  const group = svg.closest("table") ?? svg;
  if (marks.length) rowsOf.set(group, [...(rowsOf.get(group) ?? []), marks]);
}
for (const table of document.querySelectorAll("table.heat")) {
  rowsOf.set(table, [...table.tBodies[0].rows].map(cellsOf));
}
rowsOf.forEach(rove);

tip.addEventListener("pointerleave", hide);
document.addEventListener("pointerdown", (event) => {
  if (!event.target.closest(".has-tips, table.heat")) hide();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") hide();
});
