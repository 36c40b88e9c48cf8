// What the page shows of the server's answer to a save: errors at their fields, another's answer, progress, the time.

const clock = new Intl.DateTimeFormat("en-GB", { dateStyle: "long", timeStyle: "medium" });

/** Show it, and return the section that stands there now: the same, or the one that replaced it. */
export function showAnswer(saver, answer) {
  clearAll(saver.section);
  if (answer.outcome === "refused") showErrors(saver.section, answer.errors);
  if (answer.outcome === "overtaken") showPanel(saver.section, answer.panel);
  if (answer.outcome !== "saved") return saver.section;
  showCourse(answer.course);
  const running = document.querySelector("[data-running]");
  if (running && answer.running) running.innerHTML = answer.running;
  if (saver.isReplaced) return replaceSection(saver.section, answer.section);
  saver.section.querySelector(".stored").innerHTML = answer.stored;
  showLocalTimes(saver.section);
  saver.section.querySelector("[data-unsupported]").hidden = !answer.is_unsupported;
  return saver.section;
}

/** Times in the clock of the browser, like those of the bar; the server writes its own. */
export function showLocalTimes(element) {
  for (const time of element.querySelectorAll("time[datetime]")) {
    time.textContent = clock.format(new Date(time.dateTime)).replace(" at ", ", ");
  }
}

function clearAll(section) {
  section.querySelector(".overtaken")?.remove();
  for (const error of section.querySelectorAll(".field-error")) error.remove();
  for (const each of section.querySelectorAll(".has-error")) each.classList.remove("has-error");
  for (const each of section.querySelectorAll("[aria-invalid]")) {
    each.removeAttribute("aria-invalid");
    each.removeAttribute("aria-describedby");
  }
}

/** An error goes as soon as its field is changed. */
export function clearErrors(input) {
  document.getElementById(`${input.name}_error`)?.remove();
  input.removeAttribute("aria-invalid");
}

function showErrors(section, errors) {
  for (const { name, message } of errors) {
    const input = section.querySelector(`[name="${CSS.escape(name)}"]`);
    const error = document.createElement("div");
    error.className = "field-error";
    error.id = `${name}_error`;
    error.append(Object.assign(document.createElement("p"), { textContent: message }));
    if (!input || input.type === "hidden" || input.type === "radio") {
      section.querySelector(".choices legend").after(error);
      continue;
    }
    const place = input.closest(".others") ?? input.parentElement;
    place.insertBefore(error, input.closest(".others") ? place.querySelector(".reason") : null);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", error.id);
    input.closest("details")?.setAttribute("open", "");
  }
}

function showPanel(section, panel) {
  section.querySelector(".choices").insertAdjacentHTML("beforebegin", panel);
}

/** The part with the progress comes anew; where the focus was inside, it stays on the same link. */
function showCourse(course) {
  const place = document.querySelector("[data-course]");
  const focused = place.contains(document.activeElement) ? document.activeElement.getAttribute("href") : null;
  place.innerHTML = course;
  if (focused) place.querySelector(`a[href="${CSS.escape(focused)}"]`)?.focus();
}

function replaceSection(section, html) {
  const fresh = document.createRange().createContextualFragment(html).querySelector("section");
  const hadFocus = section.contains(document.activeElement);
  section.replaceWith(fresh);
  if (hadFocus) {
    const heading = fresh.querySelector("h2");
    heading.tabIndex = -1;
    heading.focus();
  }
  return fresh;
}
