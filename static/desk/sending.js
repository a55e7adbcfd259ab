// What is told of decisions on their way, beside the queue; and the dialog for who was signed out.

import { find } from "./find.js";
import { say } from "./texts.js";

/** @param {string} text @param {HTMLElement[]} more */
export function tellSending(text, ...more) {
  find("sending", HTMLElement)?.replaceChildren(text, ...more);
}

/** Some are laid beside. @param {number} n @param {() => void} retry */
export function tellStuck(n, retry) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = say("tryAgain");
  button.addEventListener("click", () => {
    tellSending(say("waits"));
    retry();
  });
  tellSending(say("stuck", { n }), button);
}

export function askToSignIn() {
  find("sign-in-again", HTMLDialogElement)?.showModal();
}
