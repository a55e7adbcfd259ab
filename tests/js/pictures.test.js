// The worker's pictures: the ones asked for last are kept, as far as there is room for them.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { beforeEach, test } from "node:test";
import { createContext, runInContext } from "node:vm";

const MB = 2 ** 20;
const SOURCE = readFileSync(new URL("../../static/wall/worker.js", import.meta.url), "utf8");

/** Address → answer, in the order in which they were put. @type {Map<string, Response>} */
let kept;
/** @type {Map<string, (event: object) => void>} */
let listeners;
let isFull = false;
let size = MB;
let isOnline = true;

beforeEach(() => {
  [kept, listeners, isFull, size, isOnline] = [new Map(), new Map(), false, MB, true];
  const location = { origin: "https://walls.example" };
  const self = { addEventListener: listeners.set.bind(listeners) };
  runInContext(SOURCE, createContext({ self, caches, location, fetch: fetched, URL, Response }));
});

const cache = {
  /** @param {{ url: string }} request */
  match: async ({ url }) => kept.get(url)?.clone(),
  keys: async () => [...kept.keys()].map((url) => ({ url })),
  /** @param {{ url: string }} request */
  delete: async ({ url }) => kept.delete(url),
  /** @param {{ url: string }} request @param {Response} answer */
  put: async ({ url }, answer) => {
    if (isFull) throw new DOMException("full", "QuotaExceededError");
    kept.set(url, answer);
  },
};
const caches = { open: async () => cache };

async function fetched() {
  if (!isOnline) throw new TypeError("gone");
  return new Response("picture", { headers: { "content-length": `${size}` } });
}

/** What a wall gets for a picture. @param {string} name */
async function asked(name) {
  const request = { method: "GET", mode: "no-cors", url: `https://walls.example/pictures/${name}` };
  /** @type {Promise<Response> | undefined} */
  let given;
  listeners.get("fetch")?.({ request, respondWith: (/** @type {any} */ it) => (given = it) });
  const answer = await given;
  // Keeping goes on by itself, and here takes no time but turns.
  for (let turns = 0; turns < 300; turns += 1) await Promise.resolve();
  return answer;
}

/** The names of what is kept. */
function names() {
  return [...kept.keys()].map((url) => url.split("/").at(-1));
}

test("a picture is there without the server", async () => {
  await asked("a");
  isOnline = false;
  assert.equal(await (await asked("a"))?.text(), "picture");
});

test("twenty megabytes are kept, and what was asked for last stays", async () => {
  size = 6 * MB;
  for (const name of ["a", "b", "c", "a", "d"]) await asked(name);
  assert.deepEqual(names(), ["c", "a", "d"]);
});

test("forty are kept, however small", async () => {
  size = 100;
  for (let n = 0; n < 45; n += 1) await asked(`${n}`);
  assert.equal(kept.size, 40);
  assert.equal(names()[0], "5");
});

test("a storage that is full neither delays nor fails a picture", async () => {
  isFull = true;
  assert.equal((await asked("a"))?.status, 200);
  assert.equal(kept.size, 0);
});
