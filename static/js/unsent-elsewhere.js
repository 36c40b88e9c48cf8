// On every page of someone signed in: sends what other pages could not, says what is left, wipes it at sign-out.

import { LASTING, send } from "./sending.js";
import { entries, newId, takeOver, wipe, keep, forget } from "./unsent.js";

const SIGN_OUT_WAITS = 3_000;
/** The fields that hold what somebody wrote, by the end of their names. */
const TYPED = [
  ["-rationale", "Rationale"],
  ["-reason", "Why it does not apply"],
  ["-title", "Title of a reference"],
  ["-location", "Where a reference is kept"],
];

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
    } else unstored.push({ ...entry, address: found.address, isLasting: LASTING.has(outcome) });
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
  for (const entry of unstored) note.append(entry.isLasting ? toCopy(entry, note) : toGoTo(entry));
}

function toGoTo({ page, name }) {
  const line = paragraph("Typed earlier and not stored yet; this browser keeps it: ");
  line.append(Object.assign(document.createElement("a"), { href: page, textContent: name }));
  return line;
}

/** What the server will not take any more: the texts to copy, and a way to be rid of them. */
function toCopy({ address, fields, name }, note) {
  const part = document.createElement("div");
  part.append(paragraph(`Typed earlier and not stored, because nothing is taken there now: ${name}. This browser keeps it and tries again; copy what you need.`));
  for (const [field, text] of fields) {
    const label = TYPED.find(([ending]) => field.endsWith(ending))?.[1];
    if (label && text.trim()) part.append(readable(`unsent-${field}`, label, text));
  }
  const discard = Object.assign(document.createElement("button"), { type: "button", className: "button quiet" });
  discard.textContent = `Discard what was typed on ${name}`;
  discard.addEventListener("click", () => {
    forget(address);
    part.remove();
    if (!note.children.length) note.remove();
  });
  part.append(discard);
  return part;
}

function readable(id, text, value) {
  const field = document.createElement("div");
  field.className = "field";
  const label = Object.assign(document.createElement("label"), { htmlFor: id, textContent: text });
  field.append(label, Object.assign(document.createElement("textarea"), { id, value, readOnly: true, rows: 4 }));
  return field;
}

const paragraph = (text) => Object.assign(document.createElement("p"), { textContent: text });

/** Signing out leaves nothing behind; what could not be stored is asked about first. */
function wipeAtSignOut() {
  document.addEventListener("submit", async (event) => {
    if (event.defaultPrevented || !event.target.matches("form[data-sign-out]")) return;
    const waiting = entries();
    if (!waiting.length) return wipe(); // what is typed in another tab from now on is not kept either
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
