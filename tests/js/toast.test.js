import assert from "node:assert/strict";
import { before, test } from "node:test";
import { Company } from "../../static/desk/company.js";
import { Toast } from "../../static/desk/toast.js";

class Part {
  textContent = "";
  hidden = false;
  /** @type {Record<string, string>} */
  dataset = { reject: "Rejected", left: "in {n} s", before: "Before that: {outcome}" };
}

/** @type {Record<string, Part>} */
const parts = { undo: new Part(), outcome: new Part(), "undo-button": new Part() };
/** @type {string[]} */
const asked = [];

before(() => {
  for (const name of ["HTMLElement", "HTMLFormElement", "HTMLButtonElement"])
    Object.assign(globalThis, { [name]: Part });
  globalThis.document = /** @type {any} */ ({
    getElementById: (/** @type {string} */ id) => parts[id] ?? null,
  });
  globalThis.fetch = /** @type {any} */ (
    async (/** @type {string} */ address) => {
      asked.push(address);
      const headers = { "content-type": "application/json" };
      return new Response(JSON.stringify({ quote: 7, state: "waiting" }), { headers });
    }
  );
});

/** @param {number} decision */
const taken = (decision) => Promise.resolve({ decision, seconds: 0, on: "" });

test("when an approval hangs, what was decided before it can still be taken back", async () => {
  const toast = new Toast();
  await toast.begin("reject", taken(4));
  await toast.begin("approve", taken(5));
  assert.equal(parts.outcome.textContent, "Before that: Rejected");
  assert.equal(parts["undo-button"].hidden, false);
  await toast.undo(
    () => {},
    () => {},
    () => {},
  );
  assert.deepEqual(asked, ["/desk/decisions/4/undoing"]);
});

test("an approval alone that hangs leaves nothing to take back", async () => {
  const toast = new Toast();
  await toast.begin("approve", taken(6));
  assert.equal(parts["undo-button"].hidden, true);
});

test("what is on show and closed is shown again once it is open again", () => {
  const shown = /** @type {string[]} */ ([]);
  const cards = { drop: () => {}, want: () => {} };
  const queue = { note: () => {}, hold: () => {}, openNow: () => [] };
  const card = { quote: "3", isOpen: false, holder: () => {} };
  const company = new Company(
    1,
    /** @type {any} */ (cards),
    /** @type {any} */ (queue),
    () => /** @type {any} */ (card),
    (quote) => shown.push(quote),
  );
  const told = { after: 0, since: 1, newest: 9, held: [] };
  const undo = (/** @type {number} */ quote) => ({
    id: 1,
    quote,
    verdict: "undo",
    user: 2,
    by: "",
  });
  company.hear({ ...told, decided: [undo(2), undo(3)] });
  card.isOpen = true;
  company.hear({ ...told, decided: [undo(3)] });
  assert.deepEqual(shown, ["3"]);
});
