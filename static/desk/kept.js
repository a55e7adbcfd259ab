// A finding that somebody keeps as it is: the server remembers who, and when.

import { post } from "./post.js";
import { say } from "./texts.js";

/**
 * Tells the server; whether it took it, or there is nothing left to take.
 * @param {string} quote @param {{ start: string, end: string }} span @param {boolean} kept
 * @param {{ signal: AbortSignal, signedOut: () => void, refused: (reason: string) => void }} card
 */
export async function tellKept(quote, span, kept, { signal, signedOut, refused }) {
  const fields = { ...span, kept: kept ? "yes" : "" };
  const { kind, body } = await post(`/desk/quotes/${quote}/findings`, fields);
  const decided = kind === "conflict" || kind === "gone"; // what is pressed next says so
  if (kind === "ok" || decided || signal.aborted) return true;
  if (kind === "signed-out") signedOut();
  else refused(body?.errors?.[0]?.detail ?? say("notKept"));
  return false;
}
