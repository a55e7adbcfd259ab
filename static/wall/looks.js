// What a player says of itself, so that a person at the desk can tell it from others.

/** This page among others with the same token; another after each load. */
export const PAGE = Array.from(crypto.getRandomValues(new Uint8Array(12)), (byte) =>
  byte.toString(16).padStart(2, "0"),
).join("");

export function looks() {
  return { width: innerWidth, height: innerHeight, ratio: devicePixelRatio };
}
