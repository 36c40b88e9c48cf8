// A button beside each link that is there to be copied; without this file it is selected and copied by hand.

for (const input of document.querySelectorAll("input[data-copy]")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button quiet";
  button.textContent = "Copy";
  button.setAttribute("aria-label", `Copy ${input.labels[0].textContent.replace(/^L/, "l")}`);
  const said = document.createElement("p");
  said.className = "said";
  said.setAttribute("role", "status");
  button.addEventListener("click", async () => { said.textContent = await copy(input); });
  input.after(button, said);
  input.addEventListener("focus", () => input.select());
}

/** What came of it; a browser without https has no clipboard for scripts. */
async function copy(input) {
  try {
    await navigator.clipboard.writeText(input.value);
    return "Copied.";
  } catch {
    input.focus();
    input.select();
    return "Selected. Copy it with your keyboard or by a long press.";
  }
}
