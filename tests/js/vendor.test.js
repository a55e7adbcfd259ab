// What the wall loads is what package.json pins, and comes with its licences; its fonts stay small.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { transformSync } from "esbuild";

const root = new URL("../../", import.meta.url);
const FONTS_BYTES = 250 * 1024;

/** @param {string} folder @param {string} ending */
function files(folder, ending) {
  const found = readdirSync(new URL(folder, root), { recursive: true, encoding: "utf8" });
  return found
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(new URL(folder + name, root)));
}

/** @param {string} path */
function json(path) {
  return JSON.parse(readFileSync(new URL(path, root), "utf8"));
}

/** As the server sends it: without comments of their own lines. @param {Buffer} script */
function sent(script) {
  const source = readFileSync(new URL("signage/web/lean.py", root), "utf8");
  const pattern = /_COMMENT_LINES = re\.compile\(r"(.*)", re\.MULTILINE\)/.exec(source)?.[1] ?? "";
  return script.toString().replace(new RegExp(pattern, "gm"), "");
}

test("what is sent of a script is all of it but its comments", () => {
  const bare = (/** @type {string} */ text) => transformSync(text, { minify: true }).code;
  for (const script of files("static/wall/", ".js")) {
    assert.ok(sent(script).length < script.length);
    assert.equal(bare(sent(script)), bare(script.toString()));
  }
});

test("all fonts together", () => {
  const bytes = files("static/fonts/", ".woff2").reduce((sum, font) => sum + font.length, 0);
  assert.ok(bytes <= FONTS_BYTES, `${bytes} bytes`);
});

test("what is vendored is what package.json pins, each with its licence", () => {
  const pinned = json("package.json").devDependencies;
  for (const [name, version] of Object.entries(json("static/vendor/versions.json"))) {
    assert.equal(version, pinned[name], name);
    const licence = `static/vendor/licences/${name.replace(/^@/, "").replace("/", "-")}.txt`;
    assert.ok(existsSync(new URL(licence, root)), licence);
  }
});

test("the lock file names no registry", () => {
  const packages = Object.values(json("package-lock.json").packages);
  assert.equal(packages.filter((entry) => "resolved" in entry).length, 0);
});
