// The desk behind Cloudflare Access: who is let in, what others see, and that every other way to sign in is closed.

import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningWorker, startWorker, TOKEN } from "../harness.ts";
import { AUDIENCE, certs, ISSUER, type Key, newKey, TEAM, tokenOf } from "./access.ts";
import { colleague, FROM_HERE, linkFor } from "./desk.ts";

let worker: RunningWorker;
let key: Key;
let asked = 0;
beforeAll(async () => {
  key = await newKey("first");
  worker = await startWorker({
    secrets: { PUBLISH_TOKEN: TOKEN, ACCESS_TEAM: TEAM, ACCESS_AUD: AUDIENCE },
    outbound: ({ url }) => {
      if (url !== `${ISSUER}/cdn-cgi/access/certs`) return new Response(null, { status: 404 });
      asked += 1;
      return certs(key);
    },
  });
  await worker.api("/people", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name: "Mara", role: "admin", email: "Mara@paper.test" }),
  });
});
afterAll(() => worker?.close());

const as = async (claims: Parameters<typeof tokenOf>[1] = {}) => ({
  "Cf-Access-Jwt-Assertion": await tokenOf(key, claims),
});

it("lets people in by the e-mail address that Access signed in, and fetches its keys once", async () => {
  const page = await worker.fetch("/desk", { headers: await as() });
  expect([page.status, (await page.text()).includes("Mara</bdi>, admin")]).toEqual([200, true]);
  for (const headers of [await as(), { Cookie: `CF_Authorization=${await tokenOf(key)}` }]) {
    const answer = await worker.fetch("/api/people", { headers });
    expect(await answer.json()).toMatchObject({ people: [{ name: "Mara", lastSeen: expect.any(String) }] });
  }
  expect(asked).toBe(1);
});

it("refuses requests from another site's page", async () => {
  const send = async (headers: Readonly<Record<string, string>>) =>
    worker.fetch("/api/stories", {
      method: "POST",
      headers: { ...(await as()), "Content-Type": "application/json", ...headers },
      body: '{"article":{}}',
    });
  expect([(await send({ "Sec-Fetch-Site": "cross-site" })).status, (await send(FROM_HERE)).status]).toEqual([
    403, 201,
  ]);
});

it("refuses an unknown e-mail address, which it names, and every invalid token", async () => {
  const unknown = await worker.fetch("/desk", { headers: await as({ email: "new@paper.test" }) });
  expect([unknown.status, (await unknown.text()).includes("new@paper.test")]).toEqual([403, true]);
  expect(
    (await worker.fetch("/api/stories", { headers: await as({ email: "new@paper.test" }) })).status,
  ).toBe(401);
  for (const headers of [
    {},
    await as({ exp: 1 }),
    await as({ aud: ["x"] }),
    await as({ iss: "https://x.test" }),
  ]) {
    expect((await worker.fetch("/desk", { headers })).status).toBe(401);
    expect((await worker.fetch("/api/stories", { headers })).status).toBe(401);
  }
});

it("access ends at once when a person's e-mail address is removed", async () => {
  const answer = await worker.api("/people", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ name: "Leaves", role: "editor", email: "leaves@paper.test" }),
  });
  const { id, url } = (await answer.json()) as { id: string; url: string };
  expect(url).toMatch(/\/desk$/);
  const headers = await as({ email: "leaves@paper.test" });
  expect((await worker.fetch("/api/stories", { headers })).status).toBe(200);
  await worker.api(`/people/${id}`, { method: "DELETE" });
  expect((await worker.fetch("/api/stories", { headers })).status).toBe(401);
});

it("links, older sessions and passkeys don't sign in; the token still works for programs", async () => {
  const path = await linkFor(worker, "Mara", "admin");
  expect((await worker.fetch(`${path}/sign-in/x`, { method: "POST", headers: FROM_HERE })).status).toBe(410);
  await worker.reload({ secrets: { PUBLISH_TOKEN: TOKEN } });
  const { cookie } = await colleague(worker, "Mara", "admin");
  await worker.reload();
  expect((await worker.fetch("/desk", { headers: { Cookie: cookie } })).status).toBe(401);
  expect((await worker.fetch("/api/stories", { headers: { Cookie: cookie } })).status).toBe(401);
  const signIn = {
    challenge: "x",
    id: "x",
    clientDataJSON: "x",
    authenticatorData: "x",
    signature: "x",
    userHandle: "x",
  };
  const answer = await worker.fetch("/desk/passkey", {
    method: "POST",
    headers: { ...FROM_HERE, "Content-Type": "application/json" },
    body: JSON.stringify(signIn),
  });
  expect(answer.status).toBe(403);
  expect((await worker.api("/stories")).status).toBe(200);
});

it("one variable alone closes the desk", async () => {
  await worker.reload({ secrets: { PUBLISH_TOKEN: TOKEN, ACCESS_TEAM: TEAM } });
  const page = await worker.fetch("/desk", { headers: await as() });
  expect([page.status, (await page.text()).includes("must both be set")]).toEqual([401, true]);
});
