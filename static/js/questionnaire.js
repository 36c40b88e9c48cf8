// The page of one practice area: every change is saved as it is made. Without this file a button saves the page.

import { joinChoiceAndScore, takeOffer } from "./choices.js";
import { offerRows } from "./evidence.js";
import { listenToKeys } from "./keys.js";
import { leaveSettled } from "./leaving.js";
import { newestToken } from "./sending.js";
import { Saver } from "./saver.js";
import { SaveNote } from "./save-note.js";
import { clearErrors, showAnswer, showLocalTimes } from "./saved-section.js";
import { entries, takeOver } from "./unsent.js";

const LATE = 3_000;
const form = document.querySelector("form[data-answers]");
const savers = new Map(); // by section
const note = new SaveNote(form, savers);

function dress(section) {
  for (const choices of section.querySelectorAll(".choices")) joinChoiceAndScore(choices);
  for (const evidence of section.querySelectorAll(".evidence-rows")) offerRows(evidence);
  for (const element of section.querySelectorAll("[data-scripted]")) element.hidden = false;
  showLocalTimes(section);
}

function watch(section, isFresh) {
  const tell = (saver) => note.tell(saver);
  savers.set(section, new Saver(section, { tell, show: replaceWhereNeeded, isFresh }));
}

/** A section whose stored answer is another than the one sent comes anew from the server. */
function replaceWhereNeeded(saver, answer) {
  const section = showAnswer(saver, answer);
  if (section === saver.section) return;
  savers.delete(saver.section);
  dress(section);
  watch(section, true);
  savers.get(section).savedAt = saver.savedAt;
  note.tell(savers.get(section));
}

const saverOf = (element) => savers.get(element.closest("section.sub-element"));

function listen() {
  form.addEventListener("input", ({ target }) => {
    if (target.matches("input[type=text], textarea")) saverOf(target)?.touched();
  });
  form.addEventListener("change", ({ target }) => {
    clearErrors(target);
    saverOf(target)?.touched({ now: true });
  });
  form.addEventListener("click", ({ target }) => {
    if (target.matches("[data-offer]")) takeOffer(target.closest("section"), target.dataset.offer);
  });
  form.addEventListener("focusout", ({ target }) => {
    const saver = saverOf(target);
    if (saver && target.matches(".exact") && saver.isDirty) saver.touched({ now: true });
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    for (const saver of savers.values()) saver.save();
  });
  window.addEventListener("online", retryAll);
  document.addEventListener("visibilitychange", () => (document.hidden ? saveAll({ leaving: true }) : retryAll()));
  window.addEventListener("focus", retryAll);
  window.addEventListener("pagehide", () => saveAll({ leaving: true }));
  window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
}

function retryAll() {
  for (const saver of savers.values()) saver.retry();
}

function saveAll(how) {
  return Promise.all([...savers.values()].filter((saver) => !saver.isSettled).map((saver) => saver.save(how)));
}

/** What an earlier page could not send, oldest first; where there are several for one answer, one after the other. */
async function adoptUnsent() {
  for (const found of entries()) {
    const section = form.querySelector(`[data-save="${CSS.escape(found.address)}"]`);
    const isUntouched = () => savers.get(section)?.isSettled ?? false;
    const entry = section && (await takeOver(found, isUntouched));
    if (entry) await savers.get(section).adopt(entry);
  }
}

function start() {
  for (const element of document.querySelectorAll("[data-scripted]")) element.hidden = false;
  form.querySelectorAll("section.sub-element").forEach(dress);
  const sections = form.querySelectorAll("section[data-save]");
  if (!sections.length) return; // signed off: nothing can be saved
  for (const element of document.querySelectorAll("[data-unscripted]")) element.hidden = true;
  for (const section of sections) watch(section, form.dataset.answers === "200");
  listen();
  leaveSettled({ isSettled: () => [...savers.values()].every((saver) => saver.isSettled), settle: () => saveAll({}) });
  listenToKeys(form, newestToken);
  note.begin();
  adoptUnsent();
  setTimeout(adoptUnsent, LATE); // a page that dies may write its last words after this one has begun
  saveAll({}); // what was refused before, or typed while this page was still loading
}

// What the browser has of a page gone back to is older than what the server has, and what was typed is kept elsewhere.
// On a reload it puts nothing back, because the form says autocomplete="off".
if (performance.getEntriesByType("navigation")[0]?.type === "back_forward") location.reload();
else start();
