// Is a port free? Asked before anything is started, so that the answer is one plain line.

import { connect, createServer } from "node:net";

const ANSWER_LIMIT_MS = 1_000;

/** Why nothing can be started on `port` of this machine; undefined if it is free. */
export async function portProblem(port: number): Promise<string | undefined> {
  if (await somebodyAnswers(port))
    return `Port ${port} is in use; npm start -- --port ${port + 1} takes another.`;
  const code = await listenError(port);
  if (code === undefined) return undefined;
  if (code === "EADDRINUSE") return `Port ${port} is in use; npm start -- --port ${port + 1} takes another.`;
  return `Port ${port} can't be used (${code}); npm start -- --port 8788 takes another.`;
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
