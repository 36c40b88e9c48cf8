// Saves one sub-element's answer as it is given: what is pending, what came of it, and that nothing typed is lost.

import { ensureRows } from "./evidence.js";
import { LASTING, send } from "./sending.js";
import { forget, keep, newId } from "./unsent.js";

const PAUSE = 800; // after the last letter
const RETRY_AFTER = [2_000, 5_000, 10_000, 20_000, 30_000];
const MOST_FOLLOWED = 20;
const SCORE = /^[1-4]([.,]\d)?$|^5([.,]0)?$/;
/** After these the same is sent again by itself. */
const PASSING = new Set(["offline", "unavailable", "signed_out", "other_person"]);

const WORDS = {
  offline: "Not saved: offline, will try again",
  unavailable: "Not saved: the server cannot store anything now, will try again",
  signed_out: "Not saved: you are no longer signed in",
  other_person: "Not saved: somebody else is signed in in this browser. It is stored once you are again",
  refused: "Not saved: please check this answer",
  overtaken: "Not saved: another answer was saved meanwhile",
  in_review: "Not saved: this assessment is in review. Copy what you typed",
  signed_off: "Not saved: this assessment has been signed off",
  closed: "Not saved: the round has been closed",
  ended: "Not saved: your link has been withdrawn or has expired. Copy what you typed",
  gone: "Not saved: nothing opens at this address any more. Copy what you typed",
};

export function fieldsOf(section) {
  const inputs = [...section.querySelectorAll("input[name], select[name], textarea[name]")];
  return inputs.filter((each) => each.type !== "radio" || each.checked).map((each) => [each.name, each.value]);
}

/** The same as the server sent it: what was typed before this script ran is a change like any other. */
function initialOf(section) {
  const inputs = [...section.querySelectorAll("input[name], select[name], textarea[name]")];
  return inputs.filter((each) => each.type !== "radio" || each.defaultChecked).map((each) => [each.name, sentValue(each)]);
}

function sentValue(input) {
  if (input.type === "radio") return input.value;
  if (input.localName !== "select") return input.defaultValue;
  const options = [...input.options];
  return (options.find((each) => each.defaultSelected) ?? options[0]).value;
}

const contentOf = (fields) => JSON.stringify(fields.filter(([name]) => !/-(version|against|keep)$/.test(name)));

export class Saver {
  /** `tell(saver)` is called whenever its state has changed; `show(saver, answer)` when the server has answered. */
  constructor(section, { tell, show, isFresh }) {
    this.section = section;
    this.address = section.dataset.save;
    this.name = section.querySelector("h2").textContent;
    this.tell = tell;
    this.show = show;
    this.stored = isFresh ? contentOf(initialOf(section)) : null; // null: what is stored is not what the page shows
    this.problem = "";
    this.missing = "";
    this.savedAt = null;
    this.sending = null;
    this.sent = []; // ids of saves whose answer was not heard, oldest first
    this.exchanges = 0;
    this.heard = 0; // the newest exchange that was accepted
    this.failures = 0;
    this.isKept = true;
  }

  content() {
    return contentOf(fieldsOf(this.section));
  }

  /** Also while it is not known, or not decided, what the server holds: then the same content is sent again. */
  get isDirty() { return this.content() !== this.stored || this.sent.length > 0 || this.problem === "overtaken"; }
  get isSettled() { return !this.sending && !this.isDirty; }
  get words() {
    if (this.missing) return `Not saved yet: ${this.missing}`;
    return WORDS[this.problem] ?? "";
  }

  /** Something was typed or chosen: keep it here at once, and send it now or after a pause. */
  touched({ now = false } = {}) {
    if (this.isDirty) this.keep();
    if (this.problem === "refused") this.problem = "";
    clearTimeout(this.timer);
    if (now) this.save();
    else this.timer = setTimeout(() => this.save(), PAUSE);
    this.tell(this);
  }

  keep() {
    this.isKept = keep(this.address, {
      fields: fieldsOf(this.section),
      sent: this.sent,
      typedAt: Date.now(),
      name: this.name,
      page: `${location.pathname}#${this.section.id}`,
    });
  }

  /** What still has to be given before the server can take it. */
  incomplete() {
    const chosen = this.section.querySelector(".choices [type=radio]:checked")?.value;
    const exact = this.section.querySelector(".exact");
    if (chosen === "between") {
      if (!exact.value) return "type the score between two levels";
      if (document.activeElement === exact && !SCORE.test(exact.value)) return "a score is a number like 3.5";
    }
    const reason = this.section.querySelector(".reason textarea");
    return chosen === "not_applicable" && !reason.value.trim() ? "say why it does not apply" : "";
  }

  /** Send what is pending. Resolves when the server has answered, or there is nothing to send. */
  async save({ leaving = false } = {}) {
    clearTimeout(this.timer);
    if (!this.isDirty) {
      if (!this.sending) this.settle();
      return this.sending;
    }
    this.missing = this.incomplete();
    const isUndecided = this.problem === "overtaken" && !this.section.querySelector(".keep input:checked");
    if (this.missing || isUndecided || LASTING.has(this.problem)) return this.tell(this);
    if (this.sending && !leaving) return this.sending;
    const exchange = this.exchange();
    this.sending = exchange;
    this.tell(this);
    await exchange;
    return this.isDirty && !this.sending && !this.problem ? this.save() : this.sending;
  }

  /** Nothing is pending any more, because what was changed has been changed back. */
  settle() {
    this.problem = this.missing = "";
    forget(this.address);
    this.tell(this);
  }

  async exchange() {
    const number = (this.exchanges += 1);
    const content = this.content();
    const saveId = newId();
    const follows = this.sent.slice(-MOST_FOLLOWED);
    this.sent = [...follows, saveId];
    this.keep();
    const answer = await send(this.address, fieldsOf(this.section), { saveId, follows });
    if (number === this.exchanges) this.sending = null;
    if (number < this.heard) return; // a newer one has been accepted, on top of this one
    if (answer.outcome === "saved") this.accepted(answer, content, number, saveId);
    else this.failed(answer, content, saveId);
    this.show(this, answer);
    this.tell(this);
  }

  accepted(answer, content, number, saveId) {
    this.problem = "";
    this.failures = 0;
    this.heard = number;
    this.sent = this.sent.slice(this.sent.indexOf(saveId) + 1);
    this.savedAt = answer.saved_at ? new Date(answer.saved_at) : new Date();
    this.stored = content;
    const isOurs = !answer.section;
    this.isReplaced = !isOurs && !this.isDirty;
    if (isOurs) this.section.querySelector("[name$='-version']").value = answer.mark;
    if (this.isDirty) this.keep();
    else forget(this.address);
  }

  failed({ outcome }, content, saveId) {
    this.problem = outcome in WORDS ? outcome : "unavailable";
    // What was refused is no longer what stands there: save() sends what does.
    if (this.problem === "refused" && content !== this.content()) this.problem = "";
    if (!PASSING.has(this.problem)) { // it was heard, and nothing was stored
      this.failures = 0;
      this.sent = this.sent.filter((each) => each !== saveId);
      this.keep();
      return;
    }
    const wait = RETRY_AFTER[Math.min(this.failures, RETRY_AFTER.length - 1)];
    this.failures += 1;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.save(), wait);
  }

  /** The server may be back: try now instead of later. */
  retry() {
    if (PASSING.has(this.problem)) this.save();
  }

  /** Put what was kept from an earlier page into the fields, and send it. */
  adopt(entry) {
    ensureRows(this.section, entry.fields);
    for (const [name, value] of entry.fields) fill(this.section, name, value);
    this.sent = entry.sent ?? [];
    this.keep();
    return this.save();
  }
}

function fill(section, name, value) {
  const inputs = [...section.querySelectorAll(`[name="${CSS.escape(name)}"]`)];
  for (const input of inputs) {
    if (input.type === "radio") input.checked = input.value === value;
    else input.value = value;
  }
}
