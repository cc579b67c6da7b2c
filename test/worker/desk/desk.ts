// People at the desk: requests with a session's cookie and with the headers that only a browser sets.

import { expect } from "vitest";
import type { Role } from "../../../src/desk/inputs.ts";
import { type RunningWorker, startWorker, TOKEN } from "../harness.ts";

/** What a browser says of a request that the desk's own page sends. */
export const FROM_HERE = { "Sec-Fetch-Site": "same-origin" };

/** Somebody who is signed in. */
export interface Colleague {
  readonly cookie: string;
  /** A request to the API, with JSON if given. */
  readonly ask: (
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<Response>;
}

/** A Worker that publishes at once, or after so many seconds, with an editor and a reporter who are signed in. */
export async function startDesk(undoSeconds = "0"): Promise<{
  readonly worker: RunningWorker;
  readonly editor: Colleague;
  readonly reporter: Colleague;
}> {
  const worker = await startWorker({ secrets: { PUBLISH_TOKEN: TOKEN, UNDO_SECONDS: undoSeconds } });
  const editor = await colleague(worker, "Mara", "editor");
  return { worker, editor, reporter: await colleague(worker, "Tomas", "reporter") };
}

/** Invites somebody with the token; gives the path of their link. */
export async function linkFor(worker: RunningWorker, name: string, role: Role): Promise<string> {
  const invited = await worker.api("/people", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name, role }),
  });
  expect(invited.status).toBe(201);
  const { url } = (await invited.json()) as { readonly url: string };
  return new URL(url).pathname;
}

/** Invites somebody, and signs them in. */
export async function colleague(worker: RunningWorker, name: string, role: Role): Promise<Colleague> {
  const path = await linkFor(worker, name, role);
  const signedIn = await worker.fetch(path, { method: "POST", headers: FROM_HERE, redirect: "manual" });
  expect(signedIn.status).toBe(303);
  const cookie = signedIn.headers.get("Set-Cookie")?.split(";")[0] ?? "";
  const ask: Colleague["ask"] = (method, path, body, headers = {}) =>
    worker.fetch(`/api${path}`, {
      method,
      headers: { Cookie: cookie, ...FROM_HERE, ...(body === undefined ? {} : JSON_TYPE), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  return { cookie, ask };
}

const JSON_TYPE = { "Content-Type": "application/json" };
