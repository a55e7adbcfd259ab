// Every scene the player can show, by the name a playlist calls it.
/** @import { Scene } from "../types.d.ts" */

import * as empty from "./empty.js";
import * as improvement from "./improvement.js";
import * as nps from "./nps.js";
import * as quote from "./quote.js";
import * as unlinked from "./unlinked.js";
import * as waiting from "./waiting.js";

/** @type {Record<string, Scene>} */
export const SCENES = {
  empty,
  improvement,
  nps,
  quote,
  unlinked,
  revoked: { ...unlinked, render: unlinked.renderRevoked },
  waiting,
};
