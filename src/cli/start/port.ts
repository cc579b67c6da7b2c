// Is a port free? Asked before anything is started, so that the answer is one plain line.

import { connect, createServer } from "node:net";
import { InvalidArgumentError } from "commander";

const ANSWER_LIMIT_MS = 1_000;
const UNPRIVILEGED_PORT = 8788;

/** Why `command` can't start anything on `port` of this machine; undefined if it is free. */
export async function portProblem(port: number, command = "npm start --"): Promise<string | undefined> {
  const code = (await somebodyAnswers(port)) ? "EADDRINUSE" : await listenError(port);
  if (code === undefined) return undefined;
  if (code === "EADDRINUSE") return `Port ${port} is in use; ${command} --port ${port + 1} takes another.`;
  return `Port ${port} can't be used (${code}); ${command} --port ${UNPRIVILEGED_PORT} takes another.`;
}

/** Reads the flag `--port`. @throws InvalidArgumentError, which commander tells. */
export function readPort(value: string): number {
  const port = Number(value);
  if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
  throw new InvalidArgumentError("It must be a whole number from 1 to 65535.");
}

function somebodyAnswers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "localhost", timeout: ANSWER_LIMIT_MS });
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
