import assert from "node:assert/strict";
import { test } from "node:test";
import { Queue } from "../../static/wall/queue.js";

test("work is done in order, and what fails is told and stops nothing", async () => {
  /** @type {string[]} */
  const done = [];
  const queue = new Queue(() => void done.push("failed"));
  const last = [
    async () => void done.push("first"),
    () => Promise.reject(new Error("second")),
    () => {
      throw new RangeError("third");
    },
    async () => void done.push("fourth"),
  ].map((work) => queue.add(work));
  await Promise.all(last);
  assert.deepEqual(done, ["first", "failed", "failed", "fourth"]);
});

test("a failure of what is done about failures stops nothing either", async () => {
  const queue = new Queue(() => Promise.reject(new Error("again")));
  let done = false;
  await queue.add(() => Promise.reject(new Error("once")));
  await queue.add(() => {
    done = true;
  });
  assert.ok(done);
});
