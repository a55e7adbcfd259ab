// Cuts the two variable faces down to what the pages use: European Latin, and for the serif only its
// display cut (optical size 72), which is what large type wants and a quarter of the bytes.
import { readFile, writeFile } from "node:fs/promises";
import subsetFont from "subset-font";

/** Code points, as CSS writes them: the same list cuts the file and tells the browser when to load it. */
const RANGES = {
  latin:
    "U+0020-007E,U+00A0-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0300-0304," +
    "U+0306-0308,U+030A-030C,U+0327-0328,U+2000-206F,U+20AC,U+2122,U+2212,U+2215,U+FFFD",
  "latin-ext":
    "U+0100-0130,U+0132-0151,U+0154-017F,U+01B7,U+01E4-01EF,U+01FA-01FF,U+0218-021B,U+0292," +
    "U+1E80-1E85,U+1E9E,U+1EF2-1EF3,U+20A0-20AB,U+20AD-20C0,U+2116",
};

const INTER = { wght: { min: 400, max: 700 } };
const NEWSREADER = { opsz: 72, wght: { min: 400, max: 600 } };

const FACES = [
  {
    family: "Newsreader",
    slug: "newsreader",
    style: "normal",
    weight: "400 600",
    axes: NEWSREADER,
  },
  {
    family: "Newsreader",
    slug: "newsreader",
    style: "italic",
    weight: "400 600",
    axes: NEWSREADER,
  },
  { family: "Inter", slug: "inter", style: "normal", weight: "400 700", axes: INTER },
];

/** Writes the woff2 files and fonts.css. @param {URL} modules @param {URL} fonts */
export async function vendorFonts(modules, fonts) {
  const rules = [
    "/* Written by tools/vendor.mjs. Inter and Newsreader: OFL 1.1, see vendor/licences. */\n",
  ];
  for (const face of FACES) {
    for (const [name, range] of Object.entries(RANGES)) {
      const source = `@fontsource-variable/${face.slug}/files/${face.slug}-${name}-opsz-${face.style}.woff2`;
      const file = `${face.slug}-${name}-${face.style}.woff2`;
      const whole = await readFile(new URL(source, modules));
      const options = { targetFormat: /** @type {const} */ ("woff2"), variationAxes: face.axes };
      await writeFile(new URL(file, fonts), await subsetFont(whole, letters(range), options));
      rules.push(rule(face, file, range));
    }
  }
  await writeFile(new URL("fonts.css", fonts), rules.join("\n"));
}

/** @param {string} range @returns {string} every character the range names */
function letters(range) {
  return range
    .split(",")
    .map((part) => {
      const [first, last = first] = part
        .slice(2)
        .split("-")
        .map((hex) => Number.parseInt(hex, 16));
      return String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, i) => first + i));
    })
    .join("");
}

/** @param {typeof FACES[number]} face @param {string} file @param {string} range */
function rule(face, file, range) {
  return `@font-face {
  font-family: ${face.family};
  font-style: ${face.style};
  font-weight: ${face.weight};
  font-display: block;
  src: url("${file}") format("woff2");
  unicode-range: ${range.replaceAll(",", ", ")};
}
`;
}
