// Small comforts on the page of one practice area; without this file everything can be filled in and saved all the same.

const MOST_ROWS = 30;
const form = document.querySelector("form[data-answers]");

/** Typing a score between two levels chooses it; choosing anything else puts the typed score away. */
function joinChoiceAndScore(choices) {
  const exact = choices.querySelector(".exact");
  const between = choices.querySelector('[value="between"]');
  let putAway = "";
  exact.addEventListener("input", () => {
    between.checked = true;
    showReached(choices, exact.value);
  });
  choices.addEventListener("change", (event) => {
    if (event.target.type !== "radio") return;
    if (event.target === between) {
      exact.value ||= putAway;
      showReached(choices, exact.value);
    } else if (exact.value) {
      putAway = exact.value;
      exact.value = "";
    }
  });
}

/** What reaches the next level, shown for the level that a score has reached; the levels on its two sides are marked. */
function showReached(choices, score) {
  const typed = /^[1-4](\.\d)?$|^5(\.0)?$/.test(score) ? Number(score) : NaN;
  const level = Math.floor(typed);
  for (const radio of choices.querySelectorAll(".level input")) {
    radio.closest(".level").classList.toggle("is-near", [level, Math.ceil(typed)].includes(Number(radio.value)));
  }
  for (const step of choices.querySelectorAll(".step")) {
    step.classList.toggle("is-reached", Number(step.dataset.level) === level);
  }
}

/** One empty row of evidence at a time instead of several; more on request. */
function offerRows(evidence) {
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

/** Leaving with something typed and not saved asks first. */
function guardUnsaved() {
  const note = form.querySelector("[data-save-note]");
  let isUnsaved = document.querySelector(".error-summary") !== null;
  form.addEventListener("input", () => {
    if (note && (!isUnsaved || note.classList.contains("saved"))) {
      note.textContent = "Not saved yet.";
      note.className = "small soft";
    }
    isUnsaved = true;
  });
  form.addEventListener("submit", () => { isUnsaved = false; });
  window.addEventListener("beforeunload", (event) => { if (isUnsaved) event.preventDefault(); });
}

/** The confirmation is on the page before it can be heard: said once more, in the bar that is always in view. */
function announceSaved() {
  const note = form.querySelector(".saved[data-save-note]");
  if (!note) return;
  const text = note.textContent;
  note.textContent = "";
  setTimeout(() => { note.textContent ||= text; }, 300);
}

/** Signing in in another tab changes the token of every form; the newest one is in the cookie. */
function sendNewestToken() {
  form.addEventListener("submit", () => {
    const newest = /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie);
    if (newest) form.elements.csrfmiddlewaretoken.value = newest[1];
  });
}

for (const element of document.querySelectorAll("[data-scripted]")) element.hidden = false;
for (const choices of form.querySelectorAll(".choices")) joinChoiceAndScore(choices);
for (const evidence of form.querySelectorAll(".evidence-rows")) offerRows(evidence);
guardUnsaved();
announceSaved();
sendNewestToken();
