// How the bench talks with a peer: lines in, lines out; without a bench left, the peer ends.

import { createInterface } from "node:readline";

/** The message as every server sends it: about 600 bytes, with its number at the end. @param {number} n */
export function message(n) {
  return { feed: "quotes", words: "x".repeat(545), n: 1_000_000 + n };
}

/** @param {(n: number) => void} say broadcasts message n */
export function obey(say) {
  createInterface({ input: process.stdin })
    .on("line", (line) => {
      const [command, n] = line.split(" ");
      if (command === "say") say(Number(n));
      else if (command === "collect") {
        globalThis.gc?.();
        process.stdout.write("collected\n");
      }
    })
    .on("close", () => process.exit(0));
}

/** @param {import("node:http").Server} server */
export function listen(server) {
  server.listen(0, "127.0.0.1", 4096, () => {
    const address = server.address();
    if (address && typeof address === "object") process.stdout.write(`port ${address.port}\n`);
  });
}
