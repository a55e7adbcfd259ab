// What a feed would hold, while its form is filled in: asked of the server after each change.

import { need } from "./find.js";

/** Until somebody who types has come to a rest. */
const REST_MS = 250;

const form = need("feed", HTMLFormElement);
const place = need("held", HTMLElement);
/** @type {ReturnType<typeof setTimeout> | undefined} */
let rest;
let asked = 0;

form.addEventListener("input", () => {
  clearTimeout(rest);
  place.setAttribute("aria-busy", "true");
  rest = setTimeout(() => void look(), REST_MS);
});

async function look() {
  asked += 1;
  const turn = asked;
  const html = await held();
  if (turn !== asked) return; // a later change was asked about meanwhile
  place.removeAttribute("aria-busy");
  if (html === null) return; // the server cannot be reached: the next change asks again
  const page = new DOMParser().parseFromString(html, "text/html");
  place.replaceChildren(...page.body.childNodes);
}

/** @returns {Promise<string | null>} */
async function held() {
  const fields = [...new FormData(form)].map(([name, value]) => [name, `${value}`]);
  try {
    const answer = await fetch(form.dataset.preview ?? "", {
      method: "POST",
      body: new URLSearchParams(fields),
      redirect: "manual",
    });
    return answer.ok ? await answer.text() : null;
  } catch {
    return null;
  }
}
