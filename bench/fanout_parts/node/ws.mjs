// Node's bare ws: no rooms, no namespaces, no pings; each client is sent the same text.

import { createServer } from "node:http";
import { WebSocketServer } from "ws";
import { listen, message, obey } from "./lines.mjs";

const http = createServer();
const sockets = new WebSocketServer({ server: http, perMessageDeflate: false });
obey((n) => {
  const text = Buffer.from(JSON.stringify(["changes", message(n)]));
  for (const client of sockets.clients) client.send(text, { binary: false });
});
listen(http);
