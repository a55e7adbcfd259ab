// Browsers tell of a pointer that lies still, too, when something moves below it.

/** @param {Event} event */
export function isIdle(event) {
  return (
    event instanceof PointerEvent &&
    event.type === "pointermove" &&
    event.movementX === 0 &&
    event.movementY === 0
  );
}
