// On every page of someone signed in: sends what other pages could not, says what is left, wipes it at sign-out.

import { send } from "./sending.js";
import { entries, newId, takeOver, wipe, keep, forget } from "./unsent.js";

const SIGN_OUT_WAITS = 3_000;

/** Those that no form on this page will send itself. */
const left = () => entries().filter(({ address }) => !document.querySelector(`[data-save="${CSS.escape(address)}"]`));

async function sendLeft() {
  const unstored = [];
  const stored = [];
  for (const found of left()) {
    const entry = await takeOver(found);
    if (!entry) continue;
    keep(found.address, entry);
    const { outcome } = await send(found.address, entry.fields, { saveId: newId(), follows: entry.sent ?? [] });
    if (outcome === "saved") {
      forget(found.address);
      stored.push(entry);
    } else unstored.push(entry);
  }
  if (stored.length || unstored.length) show(stored, unstored);
}

function show(stored, unstored) {
  const note = document.createElement("div");
  note.className = "note unsent";
  note.setAttribute("role", "status");
  document.querySelector("main").prepend(note);
  const names = stored.map(({ name }) => name).join(", ");
  if (stored.length) note.append(paragraph(`Typed earlier, and stored now: ${names}.`));
  for (const entry of unstored) {
    const line = paragraph("Typed earlier and not stored yet; this browser keeps it: ");
    line.append(Object.assign(document.createElement("a"), { href: entry.page, textContent: entry.name }));
    note.append(line);
  }
}

const paragraph = (text) => Object.assign(document.createElement("p"), { textContent: text });

/** Signing out leaves nothing behind; what could not be stored is asked about first. */
function wipeAtSignOut() {
  document.addEventListener("submit", async (event) => {
    if (event.defaultPrevented || !event.target.matches("form[data-sign-out]")) return;
    const waiting = entries();
    if (!waiting.length) return;
    event.preventDefault();
    await Promise.race([sendLeft(), new Promise((resolve) => { setTimeout(resolve, SIGN_OUT_WAITS); })]);
    const lost = entries().map(({ entry }) => entry.name);
    const question = `Not stored yet: ${lost.join(", ")}. Sign out all the same, and lose what you typed there?`;
    if (lost.length && !window.confirm(question)) return;
    wipe();
    event.target.submit();
  });
}

sendLeft();
wipeAtSignOut();
