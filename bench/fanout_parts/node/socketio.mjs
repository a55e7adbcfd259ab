// Node's socket.io, as fast as its own documentation makes it: websocket alone, no compression.

import { createServer } from "node:http";
import { Server } from "socket.io";
import { listen, message, obey } from "./lines.mjs";

const http = createServer();
const sockets = new Server(http, {
  transports: ["websocket"],
  perMessageDeflate: false,
  httpCompression: false,
  serveClient: false,
  // While others are measured a generator cannot answer; ours.py waits as long.
  pingTimeout: 180_000,
});
const walls = sockets.of("/wall");
walls.on("connection", (socket) => socket.join("quotes"));
obey((n) => walls.to("quotes").emit("changes", message(n)));
listen(http);
