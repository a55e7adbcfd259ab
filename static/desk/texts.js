// The page's own texts, translated by the server.

/** @type {Record<string, string> | undefined} */
let texts;

/** @param {string} key @param {Record<string, string | number>} [params] */
export function say(key, params = {}) {
  texts ??= JSON.parse(document.getElementById("words-data")?.textContent ?? "{}");
  return filled(texts?.[key] ?? key, params);
}

/** @param {string} text @param {Record<string, string | number>} params */
export function filled(text, params) {
  return text.replace(/\{(\w+)\}/g, (whole, name) => `${params[name] ?? whole}`);
}

/** Told after what was just told. @param {string} text */
export function tellMore(text) {
  tell(`${document.getElementById("said")?.textContent ?? ""} ${text}`.trim());
}

/** Told to those who listen to the page. @param {string} text */
export function tell(text) {
  const place = document.getElementById("said");
  if (place) place.textContent = text;
}
