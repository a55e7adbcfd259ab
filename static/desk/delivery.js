// Keeps the sentence of a delivery that is not complete as it is now; without this, a reload does.

const EVERY_MS = 2000;

for (const place of document.querySelectorAll("[data-delivery]"))
  if (place instanceof HTMLElement) follow(place);

/** @param {HTMLElement} place with data-delivery, the address that tells it */
function follow(place) {
  const timer = setInterval(async () => {
    if (document.hidden) return;
    const told = await progress(place.dataset.delivery ?? "");
    if (!told) return;
    if (place.textContent !== told.sentence) place.textContent = told.sentence;
    if (told.complete) clearInterval(timer);
  }, EVERY_MS);
}

/** Null while the server cannot be reached: it is asked again. @param {string} address @returns {Promise<{ sentence: string, complete: boolean } | null>} */
async function progress(address) {
  try {
    const answer = await fetch(address, { headers: { accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
