// Rows for evidence references: one empty row at a time, more on request.

const MOST_ROWS = 30;

/** One empty row of evidence at a time instead of several; more on request. */
export function offerRows(evidence) {
  const rows = () => [...evidence.querySelectorAll(".evidence-row")];
  const isEmpty = (row) => [...row.querySelectorAll("input")].every((input) => !input.value);
  rows().forEach((row, place, all) => {
    row.hidden = place > 0 && isEmpty(row) && isEmpty(all[place - 1]) && !row.querySelector(".field-error");
  });
  const button = document.createElement("button");
  button.type = "button";
  button.className = "link";
  button.textContent = "Add another reference";
  button.addEventListener("click", () => {
    const next = rows().find((row) => row.hidden) ?? evidence.appendChild(emptyCopy(rows().at(-1), rows().length));
    next.hidden = false;
    next.querySelector("input").focus();
    button.hidden = rows().length >= MOST_ROWS && !rows().some((row) => row.hidden);
  });
  evidence.after(button);
}

/** As many rows as these fields speak of. */
export function ensureRows(section, fields) {
  const wanted = fields.map(([name]) => Number(/-evidence-(\d+)-title$/.exec(name)?.[1] ?? -1));
  const evidence = section.querySelector(".evidence-rows");
  for (const row of evidence.querySelectorAll(".evidence-row")) row.hidden = false;
  for (let count = evidence.children.length; count <= Math.min(Math.max(...wanted), MOST_ROWS - 1); count += 1) {
    evidence.append(emptyCopy(evidence.lastElementChild, count));
  }
}

function emptyCopy(row, number) {
  const copy = row.cloneNode(true);
  const renumbered = (text) => text.replace(/-evidence-\d+-/, `-evidence-${number}-`);
  for (const error of copy.querySelectorAll(".field-error")) error.remove();
  copy.classList.remove("has-error");
  for (const label of copy.querySelectorAll("label")) {
    label.htmlFor = renumbered(label.htmlFor);
    label.querySelector("span").textContent = ` of reference ${number + 1}`;
  }
  for (const input of copy.querySelectorAll("input")) {
    input.id = renumbered(input.id);
    input.name = renumbered(input.name);
    input.value = "";
    input.removeAttribute("aria-invalid");
    input.removeAttribute("aria-describedby");
  }
  return copy;
}
