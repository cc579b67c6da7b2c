// What tests of programs that serve share.

import { createServer } from "node:net";

const LIMIT_MS = 90_000;

/** Somebody who listens, and on which port. */
export async function listening(): Promise<{ readonly port: number; readonly close: () => Promise<void> }> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { port: address.port, close };
}

/** A port on which nobody listens. */
export async function freePort(): Promise<number> {
  const { port, close } = await listening();
  await close();
  return port;
}

/** Asks until `condition` holds. Fails after a minute and a half, with `what`. */
export async function patiently(
  condition: () => boolean | Promise<boolean>,
  what: () => string,
): Promise<void> {
  for (const begun = Date.now(); !(await condition()); ) {
    if (Date.now() - begun > LIMIT_MS) throw new Error(`It didn't happen in time:\n${what()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
