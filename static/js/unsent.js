// What was typed and is not stored yet, kept in this browser for one person until the server has it or they sign out.

const PREFIX = "qmm-unsent|";
const WITHOUT_LOCKS_AFTER = 5_000; // where nobody can tell whether another tab still lives: how old its entry must be
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

const keyOf = (address, tab = thisTab) => `${PREFIX}${person}|${address}|${tab}`;

/** Keep an entry (fields, sent, typedAt, name, page) of this tab for the address it is saved to; whether that worked. */
export function keep(address, entry) {
  if (isWiped) return true;
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

/** Forget everything of this person, whichever tab it is from, and keep nothing more. */
export function wipe() {
  isWiped = true;
  for (const { key } of entries()) localStorage.removeItem(key);
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
    await new Promise((resolve) => { setTimeout(resolve, WITHOUT_LOCKS_AFTER - (Date.now() - entry.typedAt)); });
    return read(key)?.typedAt === entry.typedAt ? take() : null;
  }
  try {
    return await navigator.locks.request(`qmm-tab-${tab}`, { signal: AbortSignal.timeout(LET_GO_WITHIN) }, take);
  } catch {
    return null;
  }
}
