// A web server with pictures on a port of this machine. Its names are pictures.test and other.test, for which its
// certificate (made for this alone, good until 2126) stands; every test file that imports this trusts it.

import { readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import { join } from "node:path";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { onTestFinished } from "vitest";
import { type FindAddresses, publicAddresses } from "../../../src/cli/import/fetch-images.ts";
import { ok } from "../../../src/lib/problem.ts";

const NAMES: ReadonlySet<string> = new Set(["pictures.test", "other.test"]);

const [key, cert] = ["key", "cert"].map((part) =>
  readFileSync(join(import.meta.dirname, `pictures.${part}.pem`), "utf8"),
);
setDefaultCACertificates([...getCACertificates("default"), cert ?? ""]);

/** Leads the server's names to it; every other host is found as ever. */
export const find: FindAddresses = async (host) =>
  NAMES.has(host) ? ok([{ address: "127.0.0.1", family: 4 }]) : publicAddresses(host);

/** What the server was asked, and where it is. */
export interface PictureServer {
  /** `host path` of each request, in order. */
  readonly seen: readonly string[];
  /** The address of a path, on pictures.test unless it says otherwise. */
  readonly at: (path: string, host?: string) => string;
}

/** Starts a server for one test. */
export async function pictureServer(
  answer: (request: IncomingMessage, response: ServerResponse) => void,
): Promise<PictureServer> {
  const seen: string[] = [];
  const server = createServer({ key, cert }, (request, response) => {
    seen.push(`${request.headers.host?.split(":")[0]} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("No port");
  return { seen, at: (path, host = "pictures.test") => `https://${host}:${address.port}${path}` };
}
