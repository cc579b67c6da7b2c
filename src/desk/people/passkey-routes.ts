// The API of passkeys. Signing in with one is a page's request (pages.tsx): nobody is signed in yet.

import type { Context, Hono } from "hono";
import type { Runtime } from "../../env.ts";
import { problemResponse } from "../../http/problem.ts";
import { limit, newRouter } from "../../http/router.ts";
import { check } from "../../lib/problem.ts";
import { toInstant } from "../../lib/time.ts";
import { t } from "../../lib/translate.ts";
import { requireSignIn, type SignedIn } from "../access.ts";
import { newPasskeySchema, passkeyNameSchema } from "../inputs.ts";
import { readBody } from "../read-body.ts";
import { addChallenge, addOwnPasskey } from "./passkeys.ts";
import { isAtLeast } from "./people.ts";
import { listPasskeys, removePasskey, renamePasskey } from "./sql-passkeys.ts";

/** Of a passkey that is sent. */
const PASSKEY_BYTES = 20_000;
const NONE = t("There is no such passkey, or it isn't yours.");
const FOR_PEOPLE = t("A program has no passkeys: sign in at the desk to add one.");
const NOT_ADDED = t(
  "The passkey was not added. It was made more than five minutes ago, for another site, or was added before. Try again.",
);

/** The routes under /api/passkeys. */
export function passkeyRoutes(runtime: Runtime): Hono<SignedIn> {
  const { DB } = runtime.env;
  const api = newRouter() as unknown as Hono<SignedIn>;
  const now = () => toInstant(new Date());

  api.use("/passkeys/*", requireSignIn(runtime));

  api.get("/passkeys", async (c) => {
    const person = c.get("person");
    const whose = c.req.query("person") ?? person.id;
    if (whose !== person.id && !isAtLeast(person, "admin"))
      return problemResponse(403, t("Only an admin may see others' passkeys."));
    return c.json({ passkeys: await listPasskeys(DB, whose) });
  });

  api.post("/passkeys/challenge", async (c) => {
    const person = c.get("person");
    if (person.id === "") return problemResponse(409, FOR_PEOPLE);
    return c.json(await addChallenge(runtime, person, now()));
  });

  api.post("/passkeys", limit(PASSKEY_BYTES), async (c) => {
    const person = c.get("person");
    if (person.id === "") return problemResponse(409, FOR_PEOPLE);
    const sent = await readBody(c, (value) => check(newPasskeySchema, value));
    if (sent instanceof Response) return sent;
    const added = await addOwnPasskey(runtime, person, sent, c.req.raw.headers, now());
    return added ? c.json(added, 201) : problemResponse(409, NOT_ADDED);
  });

  api.patch("/passkeys/:id", limit(PASSKEY_BYTES), async (c) => {
    const asked = await readBody(c, (value) => check(passkeyNameSchema, value));
    if (asked instanceof Response) return asked;
    const renamed = await renamePasskey(DB, c.req.param("id"), ownerFor(c), asked.name);
    return renamed ? c.json(renamed) : problemResponse(404, NONE);
  });

  api.delete("/passkeys/:id", async (c) => {
    const id = c.req.param("id");
    const by = { by: c.get("person").name, at: now() };
    return (await removePasskey(DB, id, ownerFor(c), by)) ? c.json({ id }) : problemResponse(404, NONE);
  });

  return api;
}

/** Whose passkeys somebody may change: their own; anybody's, for an admin. */
const ownerFor = (c: Context<SignedIn>): string | undefined => {
  const person = c.get("person");
  return isAtLeast(person, "admin") ? undefined : person.id;
};
