// What answers while site.yaml is broken, when there is no Worker that could: 503, and what is wrong with the file.

import { createServer, type Server } from "node:http";
import { setTimeout as wait } from "node:timers/promises";

const RETRY_SECONDS = 2;
/** A Worker that was just killed may hold its port for a moment. */
const PORT_LIMIT_MS = 10_000;
const PORT_POLL_MS = 50;

/**
 * Answers every request on `port` with 503 and the text that `message` gives then. Rejects where it can't listen, on a port
 * that is in use after ten seconds.
 */
export async function standIn(port: number, message: () => string): Promise<{ close: () => Promise<void> }> {
  const answering = await Promise.all(
    // `localhost` is either of them, as for wrangler; a machine may lack the second.
    ["127.0.0.1", "::1"].map((host) => listenWhenFree(port, host, message)),
  );
  return {
    async close() {
      await Promise.all(answering.map((server) => server && closed(server)));
    },
  };
}

async function listenWhenFree(...where: Parameters<typeof listen>): Promise<Server | undefined> {
  for (const begun = Date.now(); ; await wait(PORT_POLL_MS)) {
    try {
      return await listen(...where);
    } catch (error) {
      const inUse = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
      if (!inUse || Date.now() - begun > PORT_LIMIT_MS) throw error;
    }
  }
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
