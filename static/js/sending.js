// Sends one answer to the server and says in one word what came of it; it knows no page.

const MOST_ON_LEAVING = 60_000; // bytes that a browser still sends from a page that is being left
const PATIENCE = 20_000;

/** Outcomes that will not pass by themselves: only copying is left, or a change of mind on the server. */
export const LASTING = new Set(["gone", "ended", "in_review", "signed_off", "closed"]);

/** {outcome, …} as the server says it; `offline` when it cannot be reached, `unavailable` when it cannot say. */
export async function send(address, fields, { saveId, follows = [] }) {
  const body = new URLSearchParams(fields);
  body.append("save_id", saveId);
  body.append("person", document.body.dataset.person ?? ""); // whoever has signed in since is not who typed it
  for (const each of follows) body.append("follows", each);
  let response;
  try {
    response = await fetch(address, {
      method: "POST",
      headers: { "X-CSRFToken": newestToken(), Accept: "application/json" },
      body,
      credentials: "same-origin",
      keepalive: body.toString().length < MOST_ON_LEAVING,
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return { outcome: "offline" };
  }
  try {
    return await response.json();
  } catch {
    return { outcome: "unavailable" };
  }
}

/** Signing in in another tab changes the token; the newest one is in the cookie. */
export function newestToken() {
  return /(?:^|; )(?:__Host-)?csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? "";
}
