// The port on this machine: the flag that names it, whether it is free, and the server that answers on it
// while there is no Worker, because site.yaml has errors.

import { createServer as createHttpServer, type Server } from "node:http";
import { connect, createServer } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { InvalidArgumentError } from "commander";

const CONNECT_LIMIT_MS = 1_000;
const UNPRIVILEGED_PORT = 8788;
const RETRY_SECONDS = 2;
/** A Worker that was just killed may keep its port for a moment. */
const FREE_LIMIT_MS = 10_000;
const FREE_POLL_MS = 50;

/** Reads the flag `--port`. @throws InvalidArgumentError, which commander reports. */
export function readPort(value: string): number {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError("It must be a whole number from 1 to 65535.");
}

/** Why `command` can't start anything on `port`; undefined if the port is free. */
export async function portProblem(port: number, command = "npm start --"): Promise<string | undefined> {
  const code = (await isAnswered(port)) ? "EADDRINUSE" : await listenError(port);
  if (code === undefined) return undefined;
  if (code === "EADDRINUSE") return `Port ${port} is in use; ${command} --port ${port + 1} takes another.`;
  return `Port ${port} can't be used (${code}); ${command} --port ${UNPRIVILEGED_PORT} takes another.`;
}

function isAnswered(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "localhost", timeout: CONNECT_LIMIT_MS });
    const answer = (yes: boolean) => {
      socket.destroy();
      resolve(yes);
    };
    socket.once("connect", () => answer(true));
    socket.once("timeout", () => answer(false));
    socket.once("error", () => answer(false));
  });
}

function listenError(port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, "127.0.0.1", () => server.close(() => resolve(undefined)));
  });
}

/** A server that answers every request with an error. */
export interface ErrorServer {
  readonly close: () => Promise<void>;
}

/**
 * Answers every request on `port` with 503 and the text that `message` returns at that time. Rejects if it
 * can't listen; a port in use is tried for ten seconds.
 */
export async function startErrorServer(port: number, message: () => string): Promise<ErrorServer> {
  const servers = await Promise.all(
    // `localhost` may be either address, as for wrangler. A machine may lack the second.
    ["127.0.0.1", "::1"].map((host) => listenWhenFree(port, host, message)),
  );
  return {
    async close() {
      await Promise.all(servers.map((server) => server && closed(server)));
    },
  };
}

async function listenWhenFree(...where: Parameters<typeof listen>): Promise<Server | undefined> {
  for (const begun = Date.now(); ; await wait(FREE_POLL_MS)) {
    try {
      return await listen(...where);
    } catch (error) {
      const isInUse = error instanceof Error && "code" in error && error.code === "EADDRINUSE";
      if (!isInUse || Date.now() - begun > FREE_LIMIT_MS) throw error;
    }
  }
}

function listen(port: number, host: string, message: () => string): Promise<Server | undefined> {
  const server = createHttpServer((_, response) => {
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
      const isLacking = host === "::1" && (error.code === "EADDRNOTAVAIL" || error.code === "EAFNOSUPPORT");
      if (isLacking) resolve(undefined);
      else reject(error);
    });
    server.listen(port, host, () => resolve(server));
  });
}

function closed(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
