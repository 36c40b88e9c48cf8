// The page that gives back what could not be saved: signing in in another tab changes the token of its form.

import { newestToken } from "./sending.js";

for (const element of document.querySelectorAll("[data-scripted]")) element.hidden = false;
const form = document.querySelector("form[data-answers]");
form?.addEventListener("submit", () => { form.elements.csrfmiddlewaretoken.value = newestToken(); });
