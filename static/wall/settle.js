// Text can be measured only when its faces are here; a face that does not come is not waited for.

const FACES = ["400 1em Newsreader", "italic 400 1em Newsreader", "400 1em Inter", "600 1em Inter"];
const PATIENCE_MS = 1500;

/** @param {string} text */
export async function fontsFor(text) {
  const loaded = FACES.map((face) => document.fonts.load(face, text).catch(() => []));
  const enough = new Promise((give) => setTimeout(give, PATIENCE_MS));
  await Promise.race([Promise.all(loaded).then(() => document.fonts.ready), enough]);
}
