// Access to the publishing API: one secret, a second one during a rotation. The refusals of each call are in
// worker/api/routes.test.ts.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { article } from "../articles.ts";
import { type RunningWorker, startWorker, TOKEN } from "../harness.ts";

const CALLS = [
  ["PUT", "/api/articles/there"],
  ["GET", "/api/articles/there"],
  ["GET", "/api/articles/not-there"],
  ["GET", "/api/articles"],
  ["DELETE", "/api/articles/there"],
  ["PUT", `/api/media/${"0".repeat(64)}`],
  ["DELETE", `/api/media/${"0".repeat(64)}`],
  ["POST", "/api/rebuild"],
  ["GET", "/api/feeds"],
  ["GET", "/api/no-such-call"],
  ["GET", "/api"],
] as const;

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
  await worker.put("there", article());
});
afterAll(() => worker?.close());

const answers = async (headers: Record<string, string>) =>
  Promise.all(
    CALLS.map(async ([method, path]) => {
      const response = await worker.fetch(path, { method, headers });
      await response.body?.cancel();
      return response.status;
    }),
  );

describe("401", () => {
  it("is answered before the body is read", async () => {
    const response = await worker.fetch("/api/articles/there", { method: "PUT", body: "x".repeat(600_000) });
    expect(response.status).toBe(401);
  });

  it("isn't answered to the right token, in any case of the scheme", async () => {
    const response = await worker.fetch("/api/articles", { headers: { Authorization: `bearer ${TOKEN}` } });
    expect(response.status).toBe(200);
  });
});

it("the OpenAPI document is public", async () => {
  const response = await worker.fetch("/api/openapi.json");
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ openapi: expect.stringMatching(/^3\.1/) });
});

describe("secrets", () => {
  it("both are accepted during a rotation", async () => {
    await worker.reload({ secrets: { PUBLISH_TOKEN: "old", PUBLISH_TOKEN_NEXT: "new" } });
    const statuses = ["old", "new", "other", ""].map(async (t) => (await worker.api("/feeds", {}, t)).status);
    expect(await Promise.all(statuses)).toEqual([200, 200, 401, 401]);
  });

  it.each([
    ["none is set", {}],
    ["it is empty", { PUBLISH_TOKEN: "" }],
  ])("closes the API with 503 when %s", async (_, secrets) => {
    await worker.reload({ secrets });
    for (const headers of [{}, { Authorization: "Bearer " }, { Authorization: "Bearer undefined" }]) {
      const all = await answers(headers as Record<string, string>);
      expect(new Set(all)).toEqual(new Set([503]));
    }
    expect((await worker.fetch("/rss.xml")).status).toBe(200);
  });
});
