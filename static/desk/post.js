// Talking to the server without leaving the page. Expected failures are values, never exceptions.

/** @typedef {{ kind: "ok" | "signed-out" | "conflict" | "gone" | "refused" | "failed" | "unreachable", body: any }} Answer */

const LONGEST_MS = 20_000;
/** @type {Record<number, Answer["kind"]>} */
const KINDS = {
  401: "signed-out",
  409: "conflict",
  404: "gone",
  403: "refused",
  422: "refused",
  500: "failed", // a mistake of the server's own: waiting seldom mends it
};

let token = "";

/** @param {string} csrf */
export function useToken(csrf) {
  token = csrf;
}

/** @param {string} address @param {Record<string, string>} fields @returns {Promise<Answer>} */
export async function post(address, fields) {
  const answer = await send(address, fields);
  if (answer.kind !== "unreachable" || answer.body?.status !== 400) return answer;
  // A form too old, or nobody signed in any more: a question tells which.
  const asked = await ask("/desk/review/news?since=999999999");
  if (asked.kind !== "ok") return asked;
  useToken(asked.body.csrf);
  return send(address, fields);
}

/** @param {string} address @returns {Promise<Answer>} */
export function ask(address) {
  return fetched(address, { headers: { accept: "application/json" } });
}

/** @param {string} address @param {Record<string, string>} fields */
function send(address, fields) {
  const body = new URLSearchParams({ ...fields, csrf_token: token });
  return fetched(address, {
    method: "POST",
    body,
    headers: { accept: "application/json" },
    keepalive: true,
  });
}

/** @param {string} address @param {RequestInit} options @returns {Promise<Answer>} */
async function fetched(address, options) {
  try {
    const answer = await fetch(address, {
      ...options,
      redirect: "manual",
      signal: AbortSignal.timeout(LONGEST_MS),
    });
    // The only way on that a script is sent is to the sign-in page.
    if (answer.type === "opaqueredirect") return { kind: "signed-out", body: null };
    const text = await answer.text();
    const body =
      text && answer.headers.get("content-type")?.includes("json") ? JSON.parse(text) : text;
    return { kind: answer.ok ? "ok" : (KINDS[answer.status] ?? "unreachable"), body };
  } catch {
    return { kind: "unreachable", body: null };
  }
}
