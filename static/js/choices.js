// The choices of one sub-element: a score typed between two levels and the levels themselves go together.

/** Typing a score between two levels chooses it; choosing anything else puts the typed score away. */
export function joinChoiceAndScore(choices) {
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
  const typed = /^[1-4]([.,]\d)?$|^5([.,]0)?$/.test(score) ? Number(score.replace(",", ".")) : NaN;
  const level = Math.floor(typed);
  for (const radio of choices.querySelectorAll(".level input")) {
    radio.closest(".level").classList.toggle("is-near", [level, Math.ceil(typed)].includes(Number(radio.value)));
  }
  for (const step of choices.querySelectorAll(".step")) {
    step.classList.toggle("is-reached", Number(step.dataset.level) === level);
  }
}

/** The raters' median is offered; only a click takes it over. */
export function takeOffer(section, score) {
  const isWhole = score.endsWith(".0");
  const radio = section.querySelector(`.choices [value="${isWhole ? score[0] : "between"}"]`);
  const exact = section.querySelector(".exact");
  radio.checked = true;
  radio.dispatchEvent(new Event("change", { bubbles: true }));
  if (!isWhole) {
    exact.value = score;
    exact.dispatchEvent(new Event("input", { bubbles: true }));
  }
}
