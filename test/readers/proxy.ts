// A proxy on 127.0.0.1 that a reader polls through: it passes requests on as they are, and remembers what was answered.

import { createServer, type IncomingHttpHeaders, request } from "node:http";

/** One request that came by. */
interface Seen {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly status: number;
}

/** Starts a proxy to `target`, the address of a server without a slash at its end. Close it in the end. */
export async function startProxy(target: string) {
  const seen: Seen[] = [];
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url ?? "/";
    const { host: _, ...headers } = incoming.headers;
    const passed = request(target + path, { method: incoming.method, headers }, (answer) => {
      const status = answer.statusCode ?? 0;
      seen.push({ path, headers: incoming.headers, status });
      outgoing.writeHead(status, answer.headers);
      answer.pipe(outgoing);
    });
    passed.on("error", () => outgoing.writeHead(502).end());
    incoming.pipe(passed);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    /** Everything that came by, oldest first. */
    seen,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
