// How many frames of cross-fades came too late to be shown. Looked at only while something moves.

/** A display of 60 Hz; a slower one is judged by its own quickest frame, ms. */
const FRAME_MS = 1000 / 60;

export const frames = { dropped: 0 };

/** @param {number} duration ms */
export function watchFrames(duration) {
  let [begun, last, quickest] = [0, 0, Number.POSITIVE_INFINITY];
  requestAnimationFrame(function next(at) {
    begun ||= at;
    if (last) {
      quickest = Math.min(quickest, Math.max(FRAME_MS, at - last));
      frames.dropped += Math.max(0, Math.round((at - last) / quickest) - 1);
    }
    last = at;
    if (at - begun < duration) requestAnimationFrame(next);
  });
}
