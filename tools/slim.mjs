// What a bundle leaves out because the wall has no use for it. The libraries' own code stays as it is;
// esbuild is only told what may go.
/** @import { Plugin } from "esbuild" */
import { readFile } from "node:fs/promises";

/** Engine.IO over websocket alone: no polling, no WebTransport. @type {Plugin} */
export const websocketOnly = {
  name: "websocket-only",
  setup(build) {
    const kept = 'export { WS } from "./websocket.js";\nimport { WS } from "./websocket.js";\n';
    build.onLoad({ filter: /engine\.io-client\/build\/esm\/transports\/index\.js$/ }, () => ({
      contents: `${kept}export const transports = { websocket: WS };\n`,
    }));
    build.onLoad({ filter: /transports\/(polling.*|webtransport)\.js$/ }, () => ({
      contents: "export const Fetch = null, XHR = null, WT = null;\n",
    }));
  },
};

/**
 * d3's scales over numbers and times alone: colours are not mixed, and the wall writes numbers and dates
 * with Intl. Asking a scale for a `tickFormat` throws.
 * @type {Plugin}
 */
export const numbersAlone = {
  name: "numbers-alone",
  setup(build) {
    const isOfScale = (/** @type {string} */ path) => path.includes("/d3-scale/");
    build.onResolve({ filter: /^d3-(interpolate|format|time-format)$/ }, ({ path, importer }) =>
      isOfScale(importer) ? { path, namespace: "slim", pluginData: importer } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: "slim" }, ({ path, pluginData }) => ({
      contents: STANDING_IN[path],
      resolveDir: pluginData.replace(/[^/]*$/, ""),
    }));
    build.onLoad({ filter: /\/d3-[a-z]+\/dist\/[^/]*\.mjs$/ }, async ({ path }) => ({
      contents: prunable(await readFile(path, "utf8")),
    }));
  },
};

const NOT_HERE = '() => { throw new Error("tickFormat is left out of this bundle"); }';

/** @type {Record<string, string>} */
const STANDING_IN = {
  "d3-interpolate": `export { interpolateNumber, interpolateRound, piecewise,
    interpolateNumber as interpolate } from "d3-interpolate";`,
  "d3-format": `const absent = ${NOT_HERE};
    export { absent as format, absent as formatPrefix, absent as formatSpecifier,
      absent as precisionFixed, absent as precisionPrefix, absent as precisionRound };`,
  // A time scale makes its formats at once, and uses them for nothing but tickFormat.
  "d3-time-format": `const later = () => ${NOT_HERE};
    export { later as timeFormat, later as utcFormat };`,
};

/** Marks what d3's files do while they load as done for its result alone: what nobody uses can go. @param {string} text */
function prunable(text) {
  const pure = "/* @__PURE__ */ ";
  return text
    .replace(
      /^function (\w+)\(([^)]*)\) \{\n((?:.*\n)*?)\}\n\n\1\.prototype = \{\n((?:.*\n)*?)\};$/gm,
      `const $1 = ${pure}(() => {\nfunction $1($2) {\n$3}\n$1.prototype = {\n$4};\nreturn $1;\n})();`,
    )
    .replace(/^(var|const) (\w+|\[[\w, ]+\]) = (\(function|\w+\()/gm, `$1 $2 = ${pure}$3`);
}
