// Text can be measured only when its faces are here; a face that does not come is not waited for.

const FACES = ["400 1em Newsreader", "400 1em Inter", "600 1em Inter"];
const ITALIC = "italic 400 1em Newsreader";
const PATIENCE_MS = 1500;

/** @param {string} text @param {boolean} [italic] whether some of it is */
export async function fontsFor(text, italic = false) {
  const faces = italic ? [...FACES, ITALIC] : FACES;
  const loaded = faces.map((face) => document.fonts.load(face, text).catch(() => []));
  const enough = new Promise((give) => setTimeout(give, PATIENCE_MS));
  await Promise.race([Promise.all(loaded).then(() => document.fonts.ready), enough]);
}
