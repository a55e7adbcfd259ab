// Where the review page is found with one quote of the queue.

/** @typedef {{ state: string, first: number }} Place the queue, and the first of its lines on show */

/** @param {string} quote @param {Place} place */
export function addressOf(quote, { state, first }) {
  return `/desk/review?${new URLSearchParams({ quote, state, first: `${first}` })}`;
}

/** Behind the last line, once it was decided. @param {string} quote @param {Place} place @param {number} done the decision */
export function addressBehind(quote, { state }, done) {
  const further = { quote: `${Number(quote) + 1}`, state, done: `${done}` };
  return `/desk/review?${new URLSearchParams(further)}`;
}

/** The queue from the first that came after one. @param {number} than */
export function addressOfNew(than) {
  const first = `${than + 1}`;
  return `/desk/review?${new URLSearchParams({ quote: first, state: "waiting", first })}`;
}
