// What was typed and is not stored yet, kept in this browser for one person until the server has it or they sign out.

const PREFIX = "qmm-unsent|";
const WIPED = "qmm-wiped"; // tells the other tabs of a person that they have signed out
const BEAT = 1_500; // without https there are no locks: then a tab that lives says so in its entries
const DEAD_AFTER = 5_000;
const LET_GO_WITHIN = 10_000; // how long the page before this one may take to let go of its entries

/** A random UUID; crypto.randomUUID is there only with https. */
export function newId() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}

/** Whose entries this page may touch; empty when nobody is signed in. */
export const person = document.body.dataset.person ?? "";

const thisTab = newId();
// Held as long as this page lives, so that no other page takes what is still being typed here.
navigator.locks?.request(`qmm-tab-${thisTab}`, () => new Promise(() => {}));

let isWiped = false; // somebody is signing out: from now on nothing is kept any more
window.addEventListener("storage", ({ key, newValue }) => {
  if (key !== WIPED || newValue !== person) return;
  isWiped = true;
  removeAll();
});
if (!navigator.locks) setInterval(sayThatThisTabLives, BEAT);

const keyOf = (address, tab = thisTab) => `${PREFIX}${person}|${address}|${tab}`;

/** Keep an entry (fields, sent, typedAt, name, page) of this tab for the address it is saved to; whether that worked. */
export function keep(address, entry) {
  if (isWiped) return false;
  try {
    localStorage.setItem(keyOf(address), JSON.stringify(entry));
    return true;
  } catch {
    return false;
  }
}

export function forget(address) {
  try {
    localStorage.removeItem(keyOf(address));
  } catch { /* what could not be kept need not be forgotten */ }
}

/** All entries of this person as {key, address, tab, entry}, oldest first. */
export function entries() {
  const found = [];
  try {
    for (let place = 0; place < localStorage.length; place += 1) {
      const key = localStorage.key(place);
      if (!person || !key.startsWith(`${PREFIX}${person}|`)) continue;
      const [, , address, tab] = key.split("|");
      const entry = read(key);
      if (entry) found.push({ key, address, tab, entry });
    }
  } catch { /* a browser that keeps nothing has nothing */ }
  return found.sort((one, other) => one.entry.typedAt - other.entry.typedAt);
}

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
}

/** Forget everything of this person, whichever tab it is from, and keep nothing more in any of them. */
export function wipe() {
  isWiped = true;
  removeAll();
  localStorage.setItem(WIPED, person);
  localStorage.removeItem(WIPED);
}

function removeAll() {
  for (const { key } of entries()) localStorage.removeItem(key);
}

function sayThatThisTabLives() {
  for (const { key, tab, entry } of entries()) {
    if (tab === thisTab) localStorage.setItem(key, JSON.stringify({ ...entry, livedAt: Date.now() }));
  }
}

/** Take over an entry whose tab is gone; null when that tab lives, another page has taken it, or it is not wanted. */
export async function takeOver({ key, tab, entry }, isWanted = () => true) {
  if (tab === thisTab) return null;
  const take = () => {
    const left = isWanted() ? read(key) : null;
    if (left) localStorage.removeItem(key);
    return left;
  };
  if (!navigator.locks) {
    await new Promise((resolve) => { setTimeout(resolve, DEAD_AFTER); });
    const now = read(key);
    return now && now.livedAt === entry.livedAt && now.typedAt === entry.typedAt ? take() : null;
  }
  try {
    return await navigator.locks.request(`qmm-tab-${tab}`, { signal: AbortSignal.timeout(LET_GO_WITHIN) }, take);
  } catch {
    return null;
  }
}
