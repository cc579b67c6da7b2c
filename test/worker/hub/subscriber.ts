// A subscriber of the hub: a real HTTP server on loopback. Each callback has its own path, and answers as its test says:
// by default it confirms challenges and accepts deliveries.

import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { until } from "../harness.ts";

/** A request that came in. */
export interface Call {
  readonly method: string;
  /** Path and query as they were on the wire. */
  readonly target: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Answers a request; a response that isn't ended hangs. */
export type Behaviour = (call: Call, response: ServerResponse) => void;

/** Echoes the challenge, and says 204 to a delivery. */
export const willing: Behaviour = ({ query }, response) => {
  const challenge = query.get("hub.challenge");
  response.writeHead(challenge === null ? 204 : 200).end(challenge ?? "");
};

/** Confirms like a willing one, and answers deliveries with `status`. */
export const answering =
  (status: number, headers: Readonly<Record<string, string>> = {}): Behaviour =>
  (call, response) => {
    if (call.method === "GET") willing(call, response);
    else response.writeHead(status, headers).end("noted");
  };

/** A running subscriber. */
export type Subscriber = Awaited<ReturnType<typeof startSubscriber>>;

/** Starts one on 127.0.0.1. Close it in the end. */
export async function startSubscriber() {
  const behaviours = new Map<string, Behaviour>();
  const all: Call[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const { method = "", url: target = "", headers } = request;
      const { pathname, searchParams } = new URL(target, "http://127.0.0.1");
      const call = { method, target, query: searchParams, headers, body: Buffer.concat(chunks) };
      all.push(call);
      (behaviours.get(pathname) ?? willing)(call, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const calls = (path: string, method?: string): readonly Call[] =>
    all.filter(
      (call) => call.target.split("?")[0] === path && (method === undefined || call.method === method),
    );
  return {
    url: (path: string): string => `http://127.0.0.1:${port}${path}`,
    behave: (path: string, behaviour: Behaviour): void => void behaviours.set(path, behaviour),
    calls,
    /** The `count`th call of a path by a method, once it has come. */
    call: (path: string, method: string, count = 1): Promise<Call> =>
      until(`${method} ${path} for the ${count}. time`, () => calls(path, method)[count - 1]),
    close: (): Promise<void> =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
