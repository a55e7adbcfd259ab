// Every scene the player can show, by the name a playlist calls it.
/** @import { Scene } from "../types.d.ts" */

import * as ask from "./ask.js";
import * as celebration from "./celebration.js";
import * as empty from "./empty.js";
import * as improvement from "./improvement.js";
import * as lapsed from "./lapsed.js";
import * as metric from "./metric.js";
import * as mix from "./mix.js";
import * as mosaic from "./mosaic.js";
import * as notice from "./notice.js";
import * as pairing from "./pairing.js";
import * as quote from "./quote.js";
import * as revoked from "./revoked.js";
import * as touchpoints from "./touchpoints.js";
import * as waiting from "./waiting.js";

/** @type {Record<string, Scene>} */
export const SCENES = {
  empty,
  ask,
  celebration,
  ces: metric,
  csat: metric,
  improvement,
  lapsed,
  mix,
  mosaic,
  notice,
  nps: metric,
  pairing,
  quote,
  revoked,
  touchpoints,
  waiting,
};
