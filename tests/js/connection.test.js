// The line to the server against a made-up socket: silence, passing faults and refusals.
import assert from "node:assert/strict";
import { EventEmitter } from "node:events";
import { afterEach, beforeEach, mock, test } from "node:test";
import { Connection } from "../../static/wall/connection.js";

const SILENCE_MS = 10_000;
/** Longer than any first few waits with full jitter. */
const LONG_MS = 30_000;
const REFUSED_MS = 60_000;

class Line extends EventEmitter {
  connected = false;
  active = false;
  asked = 0;
  left = 0;
  /** @type {string[]} */
  said = [];

  connect() {
    this.asked += 1;
    this.active = true;
  }

  disconnect() {
    const had = this.connected;
    this.left += 1;
    this.connected = this.active = false;
    if (had) this.emit("disconnect");
  }

  timeout() {
    return { emit: (/** @type {string} */ event) => void this.said.push(event) };
  }

  accept() {
    this.connected = true;
    this.emit("connect");
  }

  /** @param {string} [reason] */
  refuse(reason) {
    this.active = false;
    this.emit("connect_error", Object.assign(new Error("refused"), { data: { reason } }));
  }
}

/** @type {Line} */
let line;
/** @type {Connection} */
let connection;
/** @type {string[]} */
let refusals;
/** Whether there is another token, asked for again and again. @type {boolean[]} */
let others;

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  line = new Line();
  refusals = [];
  others = [];
  /** @type {any} */
  const handlers = {
    position: () => ({}),
    health: () => ({}),
    knowsTime: () => true,
    online: () => undefined,
    refused: (/** @type {string} */ reason) => refusals.push(reason),
    another: () => others.shift() ?? false,
  };
  /** @type {any} */
  const open = () => line;
  connection = new Connection("key", handlers, open);
  connection.start();
});

/** What was promised has come. */
async function said() {
  await new Promise((next) => setImmediate(next));
}

afterEach(() => {
  connection.stop();
  mock.timers.reset();
});

test("a server that neither accepts nor refuses is left and asked again", () => {
  mock.timers.tick(SILENCE_MS - 1);
  assert.deepEqual([line.asked, line.left], [1, 0]);
  mock.timers.tick(1);
  assert.deepEqual([line.asked, line.left], [1, 1]);
  mock.timers.tick(SILENCE_MS);
  assert.equal(line.asked, 2);
});

test("a server that accepts is not left", async () => {
  line.accept();
  await said();
  mock.timers.tick(SILENCE_MS * 2);
  assert.deepEqual([line.asked, line.left], [1, 0]);
  assert.deepEqual(line.said, ["hello"]);
});

test("a line that opens before the wall knows what it has says hello afterwards", async () => {
  connection.stop();
  line.active = false;
  /** @type {() => void} */
  let know = () => undefined;
  connection.start(new Promise((known) => (know = () => known(undefined))));
  line.accept();
  await said();
  assert.deepEqual(line.said, []);
  know();
  await said();
  assert.deepEqual(line.said, ["hello"]);
});

test("a passing fault is no refusal: the wall keeps what it has and soon asks again", () => {
  line.refuse("later");
  mock.timers.tick(SILENCE_MS - 1);
  assert.equal(line.asked, 2);
  assert.deepEqual(refusals, []);
});

test("a wall that is refused is told so and asks again rarely", () => {
  line.refuse("revoked");
  assert.deepEqual(refusals, ["revoked"]);
  mock.timers.tick(REFUSED_MS - 1);
  assert.equal(line.asked, 1);
  mock.timers.tick(LONG_MS);
  assert.equal(line.asked, 2);
});

test("after its goodbye nothing of the server is heard", () => {
  line.accept();
  line.emit("bye", { reason: "revoked" });
  assert.deepEqual([line.connected, line.left], [false, 1]);
  assert.deepEqual(refusals, ["revoked"]);
  mock.timers.tick(REFUSED_MS - 1);
  assert.equal(line.asked, 1);
});

test("a line that was stopped stays so", () => {
  connection.stop();
  mock.timers.tick(REFUSED_MS * 2);
  assert.equal(line.asked, 1);
});

test("where a token is not known another is tried at once, and only then the wall is refused", () => {
  others = [true];
  line.refuse("unknown");
  assert.deepEqual(refusals, []);
  mock.timers.tick(1000);
  assert.equal(line.asked, 2);
  line.refuse("unknown");
  assert.deepEqual(refusals, ["unknown"]);
});

test("one that was revoked is refused at once, whatever other there is", () => {
  others = [true];
  line.refuse("revoked");
  assert.deepEqual(refusals, ["revoked"]);
});
