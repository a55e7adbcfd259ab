// Long work is cut in two, so that the browser comes to draw in between.

/** @returns {Promise<void>} in a task of its own, at once */
export function breath() {
  return new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(null);
  });
}
