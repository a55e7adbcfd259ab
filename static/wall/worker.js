// The service worker of walls: keeps whole versions of the player, so that a wall starts without its
// server, tries a new version once, and goes back to the last that worked. Served as /wall-worker.js.
// It changes seldom, and what it stores must be read by every later one.

/** @typedef {{ version: string, times: number, at: number }} Bad */
/** @typedef {{ good: string | null, trial: { version: string, served: boolean } | null, bad: Bad | null, changed: number }} Shells */
/** @typedef {{ does: string, version: string | null, page: string }} Message */

const PAGE = "/wall";
const LIST = "/wall/shell";
/** Pictures never change under their address. */
const PICTURES = "/pictures/";
const MOST_PICTURES = 40;
const MOST_BYTES = 20 * 2 ** 20;
const STATE = "wall-state";
const SHELL = "wall-shell-";
/** Another version is not tried so soon after the last: several servers may be in the middle of an update. */
const PAUSE_MS = 5 * 60_000;
/** A version that failed is tried again after this, then after four times as long, up to a day. */
const AGAIN_MS = 10 * 60_000;
const DAY_MS = 24 * 3_600_000;
const AT_ONCE = 6;
const POLICY = "content-security-policy";
const SITES = /frame-ancestors [^;]*/;
const LIST_MS = 2000;

const worker = /** @type {any} */ (self);
/** One change of what is stored at a time. @type {Promise<any>} */
let turn = Promise.resolve();
/** One version is stored at a time, and nothing is thrown away meanwhile. @type {Promise<any>} */
let storing = Promise.resolve();

worker.addEventListener("install", () => worker.skipWaiting());
worker.addEventListener("activate", (/** @type {any} */ event) =>
  event.waitUntil(worker.clients.claim()),
);
worker.addEventListener("fetch", (/** @type {any} */ event) => {
  const { pathname, origin } = new URL(event.request.url);
  if (event.request.method !== "GET" || origin !== location.origin) return;
  if (event.request.mode === "navigate" && pathname === PAGE)
    event.respondWith(page(event.request));
  else if (pathname.startsWith("/static/v-")) event.respondWith(file(event.request));
  else if (pathname.startsWith(PICTURES)) event.respondWith(picture(event.request));
});
worker.addEventListener("message", (/** @type {any} */ event) =>
  event.waitUntil(
    answer(event.data)
      .catch((error) => ({ failed: error.name }))
      .then((told) => event.ports[0]?.postMessage(told)),
  ),
);

/** @param {Request} request */
async function page(request) {
  const version = await change(served).catch(() => null);
  const shell = version && (await caches.open(SHELL + version));
  const kept = shell && (await shell.match(PAGE, { ignoreVary: true }));
  if (!kept) return fetch(request);
  const text = await kept.clone().text();
  if (text.includes(version))
    return request.destination === "document" ? kept : framed(shell, kept);
  // It was spoilt, and is stored anew once this one works.
  await shell.delete(PAGE);
  return fetch(request);
}

/** In another page's frame: which sites may show it is asked for anew. @param {Cache} shell @param {Response} kept @returns {Promise<Response>} */
async function framed(shell, kept) {
  try {
    const { headers: said } = await fetched(PAGE, { signal: AbortSignal.timeout(LIST_MS) });
    // While the database is away the server does not know them.
    const [list] = (!said.has("retry-after") && said.get(POLICY)?.match(SITES)) || [];
    const policy = kept.headers.get(POLICY);
    if (!list || !policy || policy.includes(list)) return kept;
    const headers = new Headers(kept.headers);
    headers.set(POLICY, policy.replace(SITES, list));
    const renewed = new Response(await kept.clone().blob(), { headers });
    await shell.put(PAGE, renewed.clone());
    return renewed;
  } catch {
    return kept;
  }
}

/** A new version is served once on trial; asked for again before it worked, it has failed. @param {Shells} shells */
function served(shells) {
  if (shells.trial && !shells.trial.served) {
    shells.trial.served = true;
    return shells.trial.version;
  }
  if (shells.trial) fail(shells, shells.trial.version);
  return shells.good;
}

/** @param {Request} request */
async function file(request) {
  return (await caches.match(request, { ignoreVary: true })) ?? fetch(request);
}

/** The ones asked for last are kept, as far as there is room. @param {Request} request */
async function picture(request) {
  const kept = await caches.open("wall-pictures");
  const found = (await kept.match(request)) ?? (await fetch(request));
  if (found.ok) {
    const again = found.clone();
    // Keeping it must neither delay nor fail it: the storage may be full.
    void kept
      .delete(request)
      .then(() => kept.put(request, again))
      .then(() => makeRoom(kept))
      .catch(() => undefined);
  }
  return found;
}

/** The ones asked for longest ago go. @param {Cache} kept */
async function makeRoom(kept) {
  let [pictures, bytes] = [0, 0];
  for (const one of [...(await kept.keys())].reverse()) {
    const length = Number((await kept.match(one))?.headers.get("content-length"));
    pictures += 1;
    bytes += length || MOST_BYTES / MOST_PICTURES;
    if (pictures > MOST_PICTURES || bytes > MOST_BYTES) await kept.delete(one);
  }
}

/** @param {Message} message @returns {Promise<object>} */
async function answer({ does, version, page }) {
  if (does === "keep" || does === "works" || does === "drop") {
    /** @returns {Promise<any>} */
    const work = () => {
      if (does === "keep") return keep(version, page);
      return does === "works" ? works(version ?? "") : drop(version ?? "");
    };
    const done = storing.then(work);
    storing = done.catch(() => undefined);
    return done;
  }
  if (does === "try" && !(await isKept(version ?? ""))) return { failed: "absent" };
  if (does === "try") return change((shells) => attempt(shells, version ?? ""));
  if (does === "failed") return change((shells) => ({ back: fail(shells, version ?? "") }));
  return change((shells) => ({ ...shells }));
}

/** Stores a version whole, or nothing of it; without a version whichever the server has. @param {string | null} wanted @param {string} page */
async function keep(wanted, page) {
  const list = await fetched(LIST);
  const { version, files } = await list.clone().json();
  if (wanted && version !== wanted) return { failed: "another" };
  if (await change(({ bad }) => bad !== null && bad.version === version && waits(bad)))
    return { failed: "bad" };
  if (await isKept(version)) return { kept: version };
  const shell = await caches.open(SHELL + version);
  try {
    for (let i = 0; i < files.length; i += AT_ONCE)
      await Promise.all(
        files
          .slice(i, i + AT_ONCE)
          .map(async (/** @type {{ url: string, integrity: string }} */ { url, integrity }) =>
            shell.put(url, await fetched(url, { integrity })),
          ),
      );
    const whole = await fetched(page);
    if (!(await whole.clone().text()).includes(version)) throw new RangeError("another page");
    await shell.put(PAGE, whole);
    await shell.put(LIST, list);
  } catch (error) {
    await caches.delete(SHELL + version);
    throw error;
  }
  return { kept: version };
}

/** @param {string} url @param {RequestInit} [more] */
async function fetched(url, more) {
  const response = await fetch(url, { cache: "no-store", credentials: "omit", ...more });
  if (!response.ok) throw new TypeError(`${response.status}`);
  return response;
}

/** Everything that its list names is there. @param {string} version */
async function isKept(version) {
  const shell = await caches.open(SHELL + version);
  const list = await (await shell.match(LIST))?.json().catch(() => null);
  if (!list || !(await shell.match(PAGE, { ignoreVary: true }))) return false;
  return (await shell.keys()).length >= list.files.length + 2;
}

/** What is kept of it is spoilt: whatever the server has is asked for, and kept once it works. @param {string} version */
async function drop(version) {
  await change((shells) => {
    if (shells.good === version) shells.good = null;
  });
  return { dropped: await caches.delete(SHELL + version) };
}

/** @param {string} version */
async function works(version) {
  const kept = await isKept(version);
  const stays = await change((shells) => {
    if (shells.trial?.version === version) shells.trial = null;
    if (shells.bad?.version === version) shells.bad = null;
    if (kept) shells.good = version;
    return [shells.good, shells.trial?.version];
  });
  for (const name of await caches.keys())
    if (name.startsWith(SHELL) && !stays.includes(name.slice(SHELL.length)))
      await caches.delete(name);
  return { kept };
}

/** @param {Shells} shells @param {string} version */
function attempt(shells, version) {
  if (shells.good && Math.abs(Date.now() - shells.changed) < PAUSE_MS) return { failed: "soon" };
  shells.trial = { version, served: false };
  shells.changed = Date.now();
  return { tries: version };
}

/** Whether there is one to go back to. @param {Shells} shells @param {string} version */
function fail(shells, version) {
  shells.trial = null;
  if (version === shells.good || !shells.good) return false;
  const times = shells.bad?.version === version ? shells.bad.times + 1 : 1;
  shells.bad = { version, times, at: Date.now() };
  return true;
}

/** @param {Bad} bad */
function waits({ times, at }) {
  return Math.abs(Date.now() - at) < Math.min(DAY_MS, AGAIN_MS * 4 ** (times - 1));
}

/** @template T @param {(shells: Shells) => T} how @returns {Promise<T>} */
function change(how) {
  const done = turn.then(async () => {
    const state = await caches.open(STATE);
    const found = await state.match(STATE);
    const fresh = { good: null, trial: null, bad: null, changed: 0 };
    const shells = { ...fresh, ...(await found?.json().catch(() => null)) };
    const before = JSON.stringify(shells);
    const result = how(shells);
    const after = JSON.stringify(shells);
    if (after !== before) await state.put(STATE, new Response(after));
    return result;
  });
  turn = done.catch(() => undefined);
  return done;
}
