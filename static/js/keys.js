// Keys that are an extra: 1 to 5 choose a level, ? shows the keys. They can be switched off.

export function listenToKeys(form, newestToken) {
  const dialog = document.querySelector("#keys");
  if (!dialog) return; // somebody without an account has nowhere to switch them off
  const uses = dialog.querySelector("[name=uses_digit_keys]");
  document.querySelector("[data-keys]").addEventListener("click", () => dialog.showModal());
  uses.addEventListener("change", () => remember(uses, newestToken()));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || isTyping(event.target)) return;
    if (event.key === "?" && !dialog.open) {
      event.preventDefault();
      dialog.showModal();
    } else if (uses.checked && !dialog.open && /^[1-5]$/.test(event.key)) {
      choose(currentSection(form), event.key);
    }
  });
}

function isTyping(element) {
  return element.matches?.("textarea, select, input:not([type=radio]):not([type=checkbox])") ?? false;
}

/** The one with the focus; without it, the one that begins nearest to the top of what is in view. */
function currentSection(form) {
  const focused = document.activeElement?.closest?.("section.sub-element");
  if (focused) return focused;
  const inView = [...form.querySelectorAll("section.sub-element")].filter((section) => {
    const { top, bottom } = section.getBoundingClientRect();
    return bottom > 120 && top < window.innerHeight / 2;
  });
  return inView.at(-1) ?? null;
}

function choose(section, level) {
  const radio = section?.querySelector(`.level [value="${level}"]`);
  if (!radio) return;
  radio.checked = true;
  radio.focus();
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}

/** The choice is the person's, on every device. */
async function remember(uses, token) {
  const body = new URLSearchParams({ name: "uses_digit_keys", is_on: uses.checked ? "on" : "off" });
  try {
    await fetch(uses.dataset.address, { method: "POST", headers: { "X-CSRFToken": token }, body, redirect: "manual" });
  } catch { /* it holds on this page all the same */ }
}
