// What the wall loads stays within its budget, is what package.json pins, and comes with its licences.
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { gzipSync } from "node:zlib";

const root = new URL("../../", import.meta.url);
const SCRIPTS_BYTES = 80 * 1024;
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

test("all scripts together, compressed", () => {
  const scripts = [...files("static/wall/", ".js"), ...files("static/vendor/", ".js")];
  const bytes = scripts.reduce((sum, script) => sum + gzipSync(script).length, 0);
  assert.ok(bytes <= SCRIPTS_BYTES, `${bytes} bytes`);
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
