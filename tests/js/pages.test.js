import assert from "node:assert/strict";
import { test } from "node:test";
import { soften } from "../../static/wall/hyphens.js";
import { paginate, sharesOf, wordsIn } from "../../static/wall/pages.js";

/** @typedef {import("../../static/wall/types.d.ts").Piece} Piece */
/** @param {string} text @returns {Piece} */
const words = (text) => ({ kind: "words", text });
/** @param {number} most */
const upTo = (most) => (/** @type {Piece[]} */ page) => wordsIn(page) <= most;
/** @param {Piece[]} page */
const read = (page) =>
  page.map((piece) => (piece.kind === "words" ? piece.text : `<${piece.kind}>`)).join("");

test("what fits stays on one page", async () => {
  assert.equal((await paginate([words("One. Two.")], "en", upTo(9))).length, 1);
});

test("pages end with a sentence", async () => {
  const text =
    "The first one is here. And here the second one. Then a third follows. The last one ends.";
  const pages = (await paginate([words(text)], "en", upTo(10))).map((page) => read(page).trim());
  assert.deepEqual(pages, [
    "The first one is here. And here the second one.",
    "Then a third follows. The last one ends.",
  ]);
});

test("a sentence too long for a page breaks at a comma, and without one between words", async () => {
  const commas = await paginate([words("one two three four, five six seven eight")], "en", upTo(5));
  assert.deepEqual(
    commas.map((page) => read(page).trim()),
    ["one two three four,", "five six seven eight"],
  );
  const none = await paginate([words("one two three four five six")], "en", upTo(3));
  assert.deepEqual(
    none.map((page) => read(page).trim()),
    ["one two three", "four five six"],
  );
});

test("a word without end breaks between its letters", async () => {
  const upToTen = (/** @type {Piece[]} */ page) => read(page).length <= 10;
  const pages = await paginate([words(`A ${"w".repeat(25)}`)], "en", upToTen);
  assert.ok(pages.every(upToTen));
  assert.equal(pages.map(read).join(""), `A ${"w".repeat(25)}`);
});

test("no word, cut or mask is lost or doubled", async () => {
  /** @type {Piece[]} */
  const pieces = [
    words("Ask "),
    { kind: "mask", label: "name" },
    words(" first. Then wait. "),
    { kind: "cut" },
    words(" It came, late, but it came."),
  ];
  assert.equal((await paginate(pieces, "en", upTo(3))).map(read).join(""), read(pieces));
});

test("each page has its share of the time", () => {
  const shares = sharesOf([[words("one two three")], [words("four")]]);
  assert.deepEqual(shares, [0.75, 0.25]);
});

test("only long words that are too wide may break, and never near their ends", () => {
  const wide = () => true;
  assert.equal(soften("kort ord", wide), "kort ord");
  const fits = (/** @type {string} */ word) => word !== "kotiinasennuksesta,";
  const both = soften("Asennuksenvaraus kotiinasennuksesta, ja", (word) => !fits(word));
  assert.match(both, /^Asennuksenvaraus koti\S*\u00ad\S*, ja$/u);
  const soft = soften("Lieferverzögerungsbenachrichtigung", wide);
  assert.equal(soft.replaceAll("\u00ad", ""), "Lieferverzögerungsbenachrichtigung");
  assert.match(soft, /^\p{L}{4,}\u00ad.*\p{L}{4,}$/u);
});
