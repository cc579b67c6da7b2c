// What answers while site.yaml is broken, when there is no Worker that could: 503, and what is wrong with the file.

import { createServer, type Server } from "node:http";

const RETRY_SECONDS = 2;

/** Answers every request on `port` with 503 and the text that `message` gives then. Rejects where it can't listen. */
export async function standIn(port: number, message: () => string): Promise<{ close: () => Promise<void> }> {
  const answering = await Promise.all(
    // `localhost` is either of them, as for wrangler; a machine may lack the second.
    ["127.0.0.1", "::1"].map((host) => listen(port, host, message)),
  );
  return {
    async close() {
      await Promise.all(answering.map((server) => server && closed(server)));
    },
  };
}

function listen(port: number, host: string, message: () => string): Promise<Server | undefined> {
  const server = createServer((_, response) => {
    response.writeHead(503, {
      "content-type": "text/plain; charset=utf-8",
      "cache-control": "no-store",
      "retry-after": String(RETRY_SECONDS),
      connection: "close",
    });
    response.end(`${message()}\n`);
  });
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      const lacking = host === "::1" && (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT");
      if (lacking) resolve(undefined);
      else reject(error);
    });
    server.listen(port, host, () => resolve(server));
  });
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
