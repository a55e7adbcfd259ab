// The tokens of a paired screen: which one is shown, and what stays beside it.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { KeptToken } from "../../static/wall/kept_token.js";

/** @typedef {import("../../static/wall/kept_token.js").Tokens} Tokens */

/** @type {Tokens} */
let written;
/** @type {KeptToken} */
let kept;

/** The wall starts: with what is written. */
async function start() {
  const card = {
    read: () => Promise.resolve(written),
    write: async (/** @type {Tokens} */ tokens) => {
      written = tokens;
    },
  };
  kept = new KeptToken(card);
  return kept.load();
}

beforeEach(() => {
  written = ["one", null];
});

test("a renewed token is shown, and the one that let in stays beside it until the next", async () => {
  assert.equal(await start(), "one");
  assert.equal(kept.show(), "one");
  await kept.works();
  await kept.renew("two");
  await kept.works(); // the socket is still that of the first
  assert.deepEqual(written, ["two", "one"]);

  assert.equal(await start(), "two");
  assert.equal(kept.show(), "two");
  await kept.works();
  await kept.renew("three");
  assert.deepEqual(written, ["three", "two"]);
});

test("one that was given and never used is not what is kept beside the next", async () => {
  await start();
  kept.show();
  await kept.works();
  await kept.renew("two");
  await kept.renew("three");
  assert.deepEqual(written, ["three", "one"]);
});

test("where the server does not know the newest, the one before is shown, once", async () => {
  written = ["two", "one"];
  await start();
  assert.equal(kept.show(), "two");
  assert.equal(kept.another(), true);
  assert.equal(kept.show(), "one");
  assert.equal(kept.isNewest, false);
  assert.equal(kept.another(), false);
  assert.equal(kept.show(), "two");
});

test("the one that lets in becomes the newest, and the other stays: the server may be mended", async () => {
  written = ["two", "one"];
  await start();
  kept.show();
  kept.another();
  kept.show();
  await kept.works();
  assert.deepEqual(written, ["one", "two"]);
  assert.equal(kept.isNewest, true);
  assert.equal(kept.show(), "one");
  await kept.renew("three");
  assert.deepEqual(written, ["three", "one"]);
});

test("only while the server knows no newest, and is shown the one before, may it be mended", async () => {
  written = ["two", "one"];
  await start();
  kept.show();
  assert.equal(kept.mayBeMended, false);
  kept.another();
  kept.show();
  assert.equal(kept.mayBeMended, true);
  kept.show(); // it is asked again, a minute later
  assert.equal(kept.mayBeMended, false);
});

test("a token that was given and not used yet keeps nothing that was ended", async () => {
  await start();
  kept.show();
  await kept.works();
  await kept.renew("two");
  assert.equal(kept.isNewest, false);
  assert.equal(kept.mayBeMended, false);
});

test("what others were answered counts no more once it is paired anew, or has forgotten", async () => {
  for (const anew of [() => kept.begin("new"), () => kept.forget()]) {
    written = ["two", "one"];
    await start();
    kept.show();
    await kept.works();
    kept.another();
    kept.show();
    await anew();
    assert.equal(kept.mayBeMended, false);
    const { now } = kept;
    assert.equal(kept.show(), now);
    await kept.renew("next");
    assert.deepEqual(written, ["next", now]);
  }
});

test("without one before it there is nothing else to try", async () => {
  await start();
  kept.show();
  assert.equal(kept.another(), false);
});

test("what is wiped under the wall is written again, and what is forgotten stays so", async () => {
  written = ["two", "one"];
  await start();
  kept.show();
  written = [null, null];
  await kept.works();
  assert.deepEqual(written, ["two", "one"]);

  await kept.forget();
  await kept.works();
  assert.deepEqual(written, [null, null]);
  await kept.begin("new");
  assert.deepEqual(written, ["new", null]);
  assert.equal(kept.show(), "new");
});
