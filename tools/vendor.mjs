// Copies what the pages need from node_modules into static/, so that the product runs without Node.
// Run after `npm ci`; the result is committed. tests/web/test_joined.py holds it to its budget.
import { cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { vendorFonts } from "./fonts.mjs";
import { numbersAlone, websocketOnly } from "./slim.mjs";

const root = new URL("../", import.meta.url);
const modules = new URL("node_modules/", root);
const vendor = new URL("static/vendor/", root);
const fonts = new URL("static/fonts/", root);
const licences = new URL("licences/", vendor);

const PACKAGES = ["socket.io-client", "idb", "d3-scale", "d3-shape"];
const FONT_PACKAGES = ["@fontsource-variable/inter", "@fontsource-variable/newsreader"];

await rm(vendor, { recursive: true, force: true });
await rm(fonts, { recursive: true, force: true });
await mkdir(licences, { recursive: true });
await mkdir(fonts, { recursive: true });
await bundle("socket.io.js", 'export { io } from "socket.io-client";', {
  by: "socket.io-client and what it is made of, over websocket alone. MIT licence",
  plugins: [websocketOnly],
});
await bundle("idb.js", 'export { openDB } from "idb";', { by: "idb. ISC licence" });
await bundle(
  "d3.js",
  `export { scaleLinear, scaleUtc } from "d3-scale";
   export { area, curveMonotoneX, line } from "d3-shape";`,
  {
    by: "d3-scale, d3-shape and what they use of d3. ISC licence",
    plugins: [numbersAlone],
  },
);
await writeTypes();
await vendorFonts(modules, fonts);
await writeLicences();
await writeVersions();

/**
 * @param {string} name in static/vendor @param {string} contents what is exported
 * @param {{ by: string, plugins?: import("esbuild").Plugin[] }} told
 */
async function bundle(name, contents, { by, plugins = [] }) {
  await build({
    stdin: { contents, resolveDir: fileURLToPath(root) },
    outfile: fileURLToPath(new URL(name, vendor)),
    bundle: true,
    format: "esm",
    minify: true,
    target: "es2022",
    legalComments: "none",
    plugins,
    banner: { js: `/* ${by}: see licences/ */` },
  });
}

/** tsc finds the types of a vendored module beside it. */
async function writeTypes() {
  const types = {
    "socket.io.d.ts": 'export { io } from "socket.io-client";\n',
    "idb.d.ts": 'export { openDB } from "idb";\nexport type { IDBPDatabase } from "idb";\n',
    "d3.d.ts":
      'export { scaleLinear, scaleUtc } from "d3-scale";\n' +
      'export { area, curveMonotoneX, line } from "d3-shape";\n',
  };
  for (const [name, text] of Object.entries(types)) await writeFile(new URL(name, vendor), text);
}

async function writeLicences() {
  const charts = (await readdir(modules)).filter((name) => name.startsWith("d3-"));
  const parts = ["engine.io-client", "engine.io-parser", "socket.io-parser", "internmap"];
  const all = [...new Set([...PACKAGES, ...FONT_PACKAGES, ...charts, ...parts])];
  const others = ["@socket.io/component-emitter"];
  for (const name of [...all, ...others]) {
    const file = `${name.replace(/^@/, "").replace("/", "-")}.txt`;
    await cp(new URL(`${name}/LICENSE`, modules), new URL(file, licences));
  }
}

async function writeVersions() {
  /** @type {Record<string, string>} */
  const versions = {};
  for (const name of [...PACKAGES, ...FONT_PACKAGES]) {
    const manifest = await readFile(new URL(`${name}/package.json`, modules), "utf8");
    versions[name] = JSON.parse(manifest).version;
  }
  await writeFile(new URL("versions.json", vendor), `${JSON.stringify(versions, null, 2)}\n`);
}
