import assert from "node:assert/strict";
import { EventEmitter, once } from "node:events";
import { test } from "node:test";
import { Newer, News } from "../../static/desk/news.js";

/** @param {number} id @param {number} quote */
const decided = (id, quote) => ({ id, quote, verdict: "reject", user: 1, by: "Anna" });

/** @param {number} after @param {ReturnType<typeof decided>[]} all */
const told = (after, ...all) => ({
  after,
  since: all.at(-1)?.id ?? after,
  newest: 9,
  decided: all,
  held: [],
});

/** A page at the desk whose questions are answered one by one. @param {number} since */
function desk(since) {
  const line = Object.assign(new EventEmitter(), { connected: true, connect: () => {} });
  /** @type {number[]} */
  const heard = [];
  /** @type {{ address: string, answer: (body: unknown) => void }[]} */
  const asked = [];
  globalThis.fetch = /** @type {any} */ (
    (/** @type {string} */ address) =>
      new Promise((answered) => {
        const headers = { "content-type": "application/json" };
        const answer = (/** @type {unknown} */ body) =>
          answered(new Response(JSON.stringify(body), { headers }));
        asked.push({ address, answer });
      })
  );
  const page = new EventEmitter();
  new News(
    since,
    (news) => {
      heard.push(...news.decided.map(({ quote }) => quote));
      page.emit("heard");
    },
    () => {},
    line,
  );
  return { line, heard, asked, page };
}

test("what the socket tells does not hide an answer that is on its way", async () => {
  const { line, heard, asked, page } = desk(4);
  line.emit("connect");
  line.emit("news", told(5, decided(6, 13)));
  assert.deepEqual(heard, [], "it follows on a decision that the page has not heard of");
  assert.deepEqual(
    asked.map(({ address }) => address),
    ["/desk/review/news?since=4", "/desk/review/news?since=4"],
  );
  asked[0].answer(told(4, decided(5, 12)));
  await once(page, "heard");
  asked[1].answer(told(4, decided(5, 12), decided(6, 13)));
  await once(page, "heard");
  assert.deepEqual(heard, [12, 13]);
});

test("news that follow on what the page knows are heard at once, and once", () => {
  const { line, heard, asked } = desk(4);
  line.emit("news", told(4, decided(5, 12)));
  line.emit("news", told(4, decided(5, 12)));
  assert.deepEqual(heard, [12]);
  assert.equal(asked.length, 0);
});

test("the link lets in as many as it says, also where another came while it was asked", async () => {
  const asked = /** @type {{ answer: (body: unknown) => void }[]} */ ([]);
  globalThis.fetch = /** @type {any} */ (
    () =>
      new Promise((answered) => {
        const headers = { "content-type": "application/json" };
        asked.push({
          answer: (body) => answered(new Response(JSON.stringify(body), { headers })),
        });
      })
  );
  /** @type {(event: { preventDefault: () => void }) => void} */
  let press = () => {};
  globalThis.document = /** @type {any} */ ({
    getElementById: () => null,
    createElement: () => ({
      addEventListener: (/** @type {string} */ _, /** @type {typeof press} */ handler) => {
        press = handler;
      },
      remove: () => {},
    }),
  });
  const place = { dataset: { newer: "/newer", than: "30", shows: "" }, replaceChildren: () => {} };
  const shown = /** @type {number[]} */ ([]);
  const newer = new Newer(/** @type {any} */ (place), (newest) => shown.push(newest));
  const heard = newer.hear(31);
  asked[0].answer({ newer: 2, newest: 32 });
  await heard;
  press({ preventDefault: () => {} });
  assert.deepEqual(shown, [32]);
});
