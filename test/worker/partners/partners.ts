// Partners as tests store them.

import { request } from "node:http";
import type { IssuedToken } from "../../../src/partners/answers.ts";
import { type RunningWorker, until } from "../harness.ts";

/** A minimal policy, with the keys that a test is about. */
export const policy = (id: string, changes: Readonly<Record<string, unknown>> = {}) => ({
  id,
  name: `The ${id}`,
  profile: "rss",
  ...changes,
});

/** PUT of a policy under its own id. */
export const putPartner = (
  worker: RunningWorker,
  body: { readonly id: string },
  id = body.id,
): Promise<Response> =>
  worker.api(`/partners/${id}`, {
    method: "PUT",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });

/** Stores a policy; fails unless that works. */
export async function partner(
  worker: RunningWorker,
  id: string,
  changes?: Readonly<Record<string, unknown>>,
): Promise<void> {
  const response = await putPartner(worker, policy(id, changes));
  if (!response.ok) throw new Error(`${response.status} ${await response.text()}`);
}

/** A new token of a partner's. */
export async function issue(worker: RunningWorker, id: string): Promise<IssuedToken> {
  const response = await worker.api(`/partners/${id}/tokens`, { method: "POST" });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  return response.json();
}

/** The rows of a partner's ledger, oldest first, once there are `count` or more. */
export const ledgerOnce = (worker: RunningWorker, id: string, count: number) =>
  until(`${count} rows of ${id}'s ledger`, async () => {
    const { DB } = await worker.env();
    const sql = "SELECT minute, version, status, fetches, bytes FROM partner_fetches WHERE partner = ?";
    const { results } = await DB.prepare(`${sql} ORDER BY minute`).bind(id).all<Record<string, unknown>>();
    return results.length >= count && results;
  });

/** A response as it was on the wire, the order of its headers too, without the date. */
export interface Wire {
  readonly status: number;
  readonly headers: readonly string[];
  readonly body: string;
}

/** A request, and its answer with nothing decoded, added or sorted. */
export function wire(
  url: string,
  method: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<Wire> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        const { rawHeaders } = response;
        const lines = rawHeaders.flatMap((name, index) =>
          index % 2 === 0 && name.toLowerCase() !== "date" ? [`${name}: ${rawHeaders[index + 1]}`] : [],
        );
        resolve({
          status: response.statusCode ?? 0,
          headers: lines,
          body: Buffer.concat(chunks).toString("latin1"),
        });
      });
    });
    sent.on("error", reject);
    sent.end();
  });
}
