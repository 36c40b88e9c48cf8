// Passkeys: a form marked data-passkey gets its credential from the browser and is sent with it. Its button is hidden
// until this file runs, because nothing of it works without; codes do.

for (const form of document.querySelectorAll("form[data-passkey]")) {
  if (!window.PublicKeyCredential) continue;
  const said = form.querySelector("[data-passkey-said]");
  form.querySelector("[data-passkey-parts]").hidden = false;
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    said.textContent = "";
    try {
      const credential = await (form.dataset.passkey === "create" ? create(form) : get(form));
      form.elements.credential.value = JSON.stringify(asJson(credential));
      form.submit();
    } catch (problem) {
      said.textContent = wordsFor(problem);
    }
  });
}

async function create(form) {
  const options = (await optionsOf(form)).creation_options.publicKey;
  options.challenge = bytes(options.challenge);
  options.user.id = bytes(options.user.id);
  for (const known of options.excludeCredentials ?? []) known.id = bytes(known.id);
  return navigator.credentials.create({ publicKey: options });
}

async function get(form) {
  const options = (await optionsOf(form)).request_options.publicKey;
  options.challenge = bytes(options.challenge);
  for (const known of options.allowCredentials ?? []) known.id = bytes(known.id);
  return navigator.credentials.get({ publicKey: options });
}

/** On the page beside the form, or asked for: whoever signs in is nobody yet. */
async function optionsOf(form) {
  const there = form.dataset.options;
  if (there) return JSON.parse(document.getElementById(there).textContent);
  const response = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

function asJson(credential) {
  const response = {};
  for (const name of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    const value = credential.response[name];
    if (value instanceof ArrayBuffer) response[name] = text(value);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}

function wordsFor(problem) {
  if (problem.name === "InvalidStateError") return "This device has a passkey for your account already.";
  if (problem.name === "NotAllowedError") return "No passkey was used: it was cancelled, or it took too long. Try again.";
  return "The passkey could not be used in this browser. Reload the page and try again.";
}

function bytes(base64url) {
  const base64 = base64url.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
}

function text(buffer) {
  const signs = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(signs).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
