// Passkeys: what adds one, what signs in, and everything that doesn't: replayed, late, of another origin or person,
// tampered with. The real thing is in test/browser/desk-people.test.ts.

import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type RunningWorker, SITE_URL, startWorker, TOKEN } from "../harness.ts";
import { type Algorithm, type Lie, newPasskey } from "./authenticator.ts";
import { type Colleague, colleague, FROM_HERE } from "./desk.ts";

interface Asked {
  readonly challenge: string;
  readonly userId: string;
}

let worker: RunningWorker;
let mara: Colleague;
let tomas: Colleague;
beforeAll(async () => {
  worker = await startWorker({ secrets: { PUBLISH_TOKEN: TOKEN } });
  mara = await colleague(worker, "Mara", "editor");
  tomas = await colleague(worker, "Tomas", "reporter");
});
afterAll(() => worker?.close());
beforeEach(async () => {
  await (await worker.env()).DB.prepare("DELETE FROM passkeys").run();
});

const toAdd = async (who: Colleague): Promise<Asked> =>
  (await (await who.ask("POST", "/passkeys/challenge")).json()) as Asked;
const toSignIn = async (): Promise<string> =>
  ((await (await worker.fetch("/desk/passkey")).json()) as Asked).challenge;
const signIn = (body: unknown, headers: Readonly<Record<string, string>> = FROM_HERE) =>
  worker.fetch("/desk/passkey", {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(body),
  });
const count = async (table: string) => {
  const { DB } = await worker.env();
  return DB.prepare(`SELECT count(*) AS n FROM ${table}`).first<number>("n");
};

/** Somebody's passkey, added. */
async function added(who = mara, algorithm: Algorithm = -7) {
  const passkey = await newPasskey(algorithm);
  const { challenge, userId } = await toAdd(who);
  expect((await who.ask("POST", "/passkeys", await passkey.registration(challenge))).status).toBe(201);
  return { passkey, person: userId };
}

describe("a passkey", () => {
  it.each([-7, -8, -257] as const)(
    "with COSE's algorithm %i signs its person in, again and again",
    async (algorithm) => {
      const { passkey, person } = await added(mara, algorithm);
      for (const _ of [1, 2]) {
        const answer = await signIn(await passkey.assertion(await toSignIn(), person));
        expect([answer.status, await answer.json()]).toEqual([200, { name: "Mara", role: "editor" }]);
        const cookie = answer.headers.get("Set-Cookie")?.split(";")[0] ?? "";
        expect(answer.headers.get("Set-Cookie")).toMatch(/^__Host-.*HttpOnly; SameSite=Lax.*Secure$/);
        expect((await worker.fetch("/api/stories", { headers: { Cookie: cookie } })).status).toBe(200);
      }
    },
  );

  it("signs in whatever zeros its signature begins with", async () => {
    const { passkey, person } = await added();
    // A leading zero, which DER leaves out, is in one of 128.
    const bodies = await Promise.all(
      (await Promise.all(Array.from({ length: 4 }, toSignIn))).map((challenge, index) =>
        passkey.assertion(challenge, person, { counter: index + 1 }),
      ),
    );
    for (const body of bodies) expect((await signIn(body)).status).toBe(200);
  });

  it("that doesn't count, as synced ones don't, signs in", async () => {
    const { passkey, person } = await added();
    for (const _ of [1, 2])
      expect((await signIn(await passkey.assertion(await toSignIn(), person, { counter: 0 }))).status).toBe(
        200,
      );
  });

  it("that was removed, or whose person was, signs nobody in; renaming changes nothing", async () => {
    const { passkey, person } = await added(tomas);
    expect((await mara.ask("DELETE", `/passkeys/${passkey.id}`)).status).toBe(404);
    expect((await mara.ask("PATCH", `/passkeys/${passkey.id}`, { name: "Mine" })).status).toBe(404);
    expect((await tomas.ask("PATCH", `/passkeys/${passkey.id}`, { name: "Old phone" })).status).toBe(200);
    expect((await signIn(await passkey.assertion(await toSignIn(), person))).status).toBe(200);
    expect((await tomas.ask("DELETE", `/passkeys/${passkey.id}`)).status).toBe(200);
    expect((await signIn(await passkey.assertion(await toSignIn(), person))).status).toBe(403);
    const journal = await (await mara.ask("GET", "/journal?by=Tomas")).text();
    expect(journal).toContain("removed the passkey Old phone");

    const gone = await colleague(worker, "Gone", "reporter");
    const own = await added(gone);
    expect((await worker.api(`/people/${own.person}`, { method: "DELETE" })).status).toBe(200);
    expect((await signIn(await own.passkey.assertion(await toSignIn(), own.person))).status).toBe(403);
  });

  it("is shown to its person and to admins", async () => {
    const { person } = await added();
    expect((await tomas.ask("GET", `/passkeys?person=${person}`)).status).toBe(403);
    expect(await (await worker.api(`/passkeys?person=${person}`)).json()).toMatchObject({
      passkeys: expect.arrayContaining([expect.objectContaining({ usedAt: null })]),
    });
    expect(await (await worker.api("/passkeys")).json()).toEqual({ passkeys: [] });
    expect((await worker.api("/passkeys/challenge", { method: "POST" })).status).toBe(409);
  });
});

const LIES: readonly (readonly [string, Lie])[] = [
  ["another origin", { origin: "https://evil.example" }],
  ["the origin without https", { origin: SITE_URL.replace("https:", "http:") }],
  ["another host's passkey", { rpId: "evil.example" }],
  ["a frame in another site", { crossOrigin: true }],
  ["a person who wasn't verified", { flags: 0x41 }],
  ["nobody present", { flags: 0x44 }],
  ["another challenge", { signedChallenge: "another" }],
  ["an empty challenge", { signedChallenge: "" }],
];

describe("nobody is signed in by", () => {
  it.each([...LIES, ["a passkey that is made", { type: "webauthn.create" }]] as typeof LIES)(
    "%s",
    async (_, lie) => {
      const { passkey, person } = await added();
      expect((await signIn(await passkey.assertion(await toSignIn(), person, lie))).status).toBe(403);
    },
  );

  it("an answer that comes a second time, also at once, or with a challenge that was used", async () => {
    const { passkey, person } = await added();
    const body = await passkey.assertion(await toSignIn(), person);
    const sessions = (await count("sessions")) ?? 0;
    const statuses = (await Promise.all([signIn(body), signIn(body), signIn(body)])).map(
      ({ status }) => status,
    );
    expect(statuses.toSorted()).toEqual([200, 403, 403]);
    expect((await signIn(body)).status).toBe(403);
    expect((await signIn(await passkey.assertion(body.challenge, person))).status).toBe(403);
    expect(await count("sessions")).toBe(sessions + 1);
  });

  it("a challenge that is over, was changed, made up, or made to add a passkey", async () => {
    const { passkey, person } = await added();
    const [random, , signature] = (await toSignIn()).split(".");
    const forged = [
      `${random}.2020-01-01T00:00:00Z.${signature}`,
      `${random}.2099-01-01T00:00:00Z.${signature}`,
      `${random}.2099-01-01T00:00:00Z.`,
      "made-up",
      "..",
      (await toAdd(mara)).challenge,
    ];
    for (const challenge of forged)
      expect((await signIn(await passkey.assertion(challenge, person))).status, challenge).toBe(403);
  });

  it("a challenge from five minutes ago, signed by us", async () => {
    const { passkey, person } = await added();
    const { DB } = await worker.env();
    const secret = await DB.prepare("SELECT secret FROM desk_secrets").first<string>("secret");
    const key = await crypto.subtle.importKey(
      "raw",
      new TextEncoder().encode(secret ?? ""),
      { name: "HMAC", hash: "SHA-256" },
      false,
      ["sign"],
    );
    const challengeUntil = async (at: number) => {
      const head = `random-${at}.${new Date(at).toISOString().slice(0, 19)}Z`;
      const mac = await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(`${head} sign-in`));
      return `${head}.${Buffer.from(mac).toString("hex")}`;
    };
    const late = await passkey.assertion(await challengeUntil(Date.now() - 2000), person);
    const inTime = await passkey.assertion(await challengeUntil(Date.now() + 60_000), person);
    expect([(await signIn(late)).status, (await signIn(inTime)).status]).toEqual([403, 200]);
  });

  it("another person's name, another passkey's signature, or one that was tampered with", async () => {
    const [{ passkey, person }, other] = [await added(mara), await added(tomas)];
    const fresh = async () => passkey.assertion(await toSignIn(), person);
    expect((await signIn(await passkey.assertion(await toSignIn(), other.person))).status).toBe(403);
    expect(
      (
        await signIn({
          ...(await fresh()),
          id: other.passkey.id,
          userHandle: Buffer.from(other.person).toString("base64url"),
        })
      ).status,
    ).toBe(403);
    expect((await signIn({ ...(await fresh()), id: "unknown" })).status).toBe(403);
    const { signature, authenticatorData, ...rest } = await fresh();
    const flip = (text: string, at: number) => {
      const bytes = Buffer.from(text, "base64url");
      bytes[at] = (bytes[at] ?? 0) ^ 1;
      return bytes.toString("base64url");
    };
    for (const at of [0, 1, 3, 10, 40])
      expect((await signIn({ ...rest, authenticatorData, signature: flip(signature, at) })).status).toBe(403);
    expect(
      (await signIn({ ...rest, signature, authenticatorData: flip(authenticatorData, 36) })).status,
    ).toBe(403);
    for (const odd of [{}, [], null, "x", { ...rest, signature: "!", authenticatorData }])
      expect((await signIn(odd)).status).toBe(403);
    expect((await signIn({ ...rest, authenticatorData, signature })).status).toBe(200);
  });

  it("a copy, which has counted less far", async () => {
    const { passkey, person } = await added();
    expect((await signIn(await passkey.assertion(await toSignIn(), person, { counter: 9 }))).status).toBe(
      200,
    );
    for (const counter of [0, 8, 9])
      expect((await signIn(await passkey.assertion(await toSignIn(), person, { counter }))).status).toBe(403);
    expect((await signIn(await passkey.assertion(await toSignIn(), person, { counter: 10 }))).status).toBe(
      200,
    );
  });

  it("another site's page", async () => {
    const { passkey, person } = await added();
    for (const headers of [{ "Sec-Fetch-Site": "cross-site" }, { Origin: "https://evil.example" }, {}])
      expect((await signIn(await passkey.assertion(await toSignIn(), person), headers as never)).status).toBe(
        403,
      );
  });
});

describe("no passkey is added by", () => {
  const add = (who: Colleague, body: unknown) => who.ask("POST", "/passkeys", body);

  it.each([
    ...LIES,
    ["one that signs", { type: "webauthn.get" }],
    ["one without a credential", { flags: 0x05 }],
  ] as typeof LIES)("%s", async (_, lie) => {
    const { challenge } = await toAdd(mara);
    expect((await add(mara, await (await newPasskey()).registration(challenge, lie))).status).toBe(409);
  });

  it("a challenge that was used, is somebody else's, or is to sign in", async () => {
    const { challenge } = await toAdd(mara);
    expect((await add(tomas, await (await newPasskey()).registration(challenge))).status).toBe(409);
    expect((await add(mara, await (await newPasskey()).registration(challenge))).status).toBe(201);
    expect((await add(mara, await (await newPasskey()).registration(challenge))).status).toBe(409);
    expect((await add(mara, await (await newPasskey()).registration(await toSignIn()))).status).toBe(409);
  });

  it("somebody who takes another's id, or sends a key that is none", async () => {
    const { passkey, person } = await added(mara);
    const stolen = await passkey.registration((await toAdd(tomas)).challenge);
    expect((await add(tomas, stolen)).status).toBe(409);
    expect((await signIn(await passkey.assertion(await toSignIn(), person))).status).toBe(200);
    const odd = await (await newPasskey()).registration((await toAdd(tomas)).challenge);
    expect((await add(tomas, { ...odd, id: "other" })).status).toBe(409);
    expect((await add(tomas, { ...odd, publicKey: "AAAA" })).status).toBe(409);
    expect((await add(tomas, { ...odd, algorithm: -257 })).status).toBe(409);
    expect((await add(tomas, { ...odd, algorithm: -999 })).status).toBe(409);
    expect((await add(tomas, { ...odd, publicKey: 1 })).status).toBe(422);
  });

  it("somebody who has twenty", async () => {
    for (let had = 0; had < 20; had += 1) await added(tomas);
    const { challenge } = await toAdd(tomas);
    expect((await add(tomas, await (await newPasskey()).registration(challenge))).status).toBe(409);
  });

  it("another site's page, the token, or nobody", async () => {
    const body = await (await newPasskey()).registration((await toAdd(mara)).challenge);
    expect((await mara.ask("POST", "/passkeys", body, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    for (const [method, path] of [
      ["DELETE", "/passkeys/x"],
      ["PATCH", "/passkeys/x"],
      ["POST", "/passkeys/challenge"],
    ] as const)
      expect((await mara.ask(method, path, {}, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    const sent = {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(body),
    };
    expect((await worker.api("/passkeys", sent)).status).toBe(409);
    expect((await worker.fetch("/api/passkeys", sent)).status).toBe(401);
  });
});

it("asking for challenges writes nothing, however often", async () => {
  const before = await count("used_challenges");
  await Promise.all(Array.from({ length: 20 }, toSignIn));
  expect(await count("used_challenges")).toBe(before);
});
