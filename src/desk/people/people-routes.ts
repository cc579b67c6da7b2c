// The API of people, their sessions and passkeys, and of the journal. Signing in with a passkey is a request of a page
// (`sign-in-page.tsx`): nobody is signed in yet.

import type { Context, Hono } from "hono";
import type { Runtime } from "../../env.ts";
import { problemResponse } from "../../http/problem.ts";
import { limit, newRouter } from "../../http/router.ts";
import { check } from "../../lib/problem.ts";
import { toInstant } from "../../lib/time.ts";
import { t } from "../../lib/translate.ts";
import { inviteSchema, newPasskeySchema, passkeyNameSchema, personChangeSchema } from "../inputs.ts";
import { wordsOfAct } from "../journal/acts.ts";
import { readJournal } from "../journal/sql-journal.ts";
import { readBody, requireRole, requireSignIn, type SignedIn, SMALL_BODY_BYTES } from "../requests.ts";
import type { Person } from "../stories/sql.ts";
import { browserName } from "./browser-name.ts";
import { addChallenge, addOwnPasskey } from "./passkeys.ts";
import {
  changePerson,
  dismissPerson,
  inviteAgain,
  invitePerson,
  isAtLeast,
  type PeopleOutcome,
  sessionHash,
  sessionTimes,
} from "./people.ts";
import { listPasskeys, removePasskey, renamePasskey } from "./sql-passkeys.ts";
import { endSession, endSessions, listPeople, listSessions, readPerson, sessionId } from "./sql-people.ts";

const ACTS_LIMIT = 100;
/** The name of a session: digits of its hash. */
const SESSION_ID = /^[0-9a-f]{16}$/;

/** The routes under /api/people, /api/sessions and /api/journal. */
export function peopleRoutes(runtime: Runtime): Hono<SignedIn> {
  const { DB } = runtime.env;
  const api = newRouter() as unknown as Hono<SignedIn>;
  const now = () => toInstant(new Date());

  const signIn = requireSignIn(runtime);
  for (const path of ["/people/*", "/sessions/*", "/journal"]) api.use(path, signIn);
  const adminOnly = requireRole("admin");

  api.get("/people", adminOnly, async (c) => c.json({ people: await listPeople(DB, sessionTimes(now())) }));

  api.post("/people", adminOnly, limit(SMALL_BODY_BYTES), async (c) => {
    const asked = await readBody(c, (value) => check(inviteSchema, value));
    if (asked instanceof Response) return asked;
    return answer(c, await invitePerson(runtime, asked, c.get("person"), now()), 201);
  });

  api.patch("/people/:id", adminOnly, limit(SMALL_BODY_BYTES), async (c) => {
    const asked = await readBody(c, (value) => check(personChangeSchema, value));
    if (asked instanceof Response) return asked;
    return answer(c, await changePerson(runtime, c.req.param("id"), asked, c.get("person"), now()));
  });

  api.delete("/people/:id", adminOnly, async (c) => {
    const removed = await dismissPerson(runtime, c.req.param("id"), c.get("person"), now());
    return answer(c, typeof removed === "string" ? removed : { id: removed.id });
  });

  api.post("/people/:id/link", adminOnly, async (c) =>
    answer(c, await inviteAgain(runtime, c.req.param("id"), c.get("person"), now()), 201),
  );

  api.get("/sessions", async (c) => {
    const whose = await subject(c);
    if (whose instanceof Response) return whose;
    const own = await sessionHash(runtime, c.req.raw.headers);
    const sessions = (await listSessions(DB, whose.id, sessionTimes(now()))).map(
      ({ id, agent, createdAt, seenAt }) => ({
        id,
        browser: browserName(agent),
        createdAt,
        seenAt,
        isThis: own !== undefined && id === sessionId(own),
      }),
    );
    return c.json({ name: c.get("person").name, sessions });
  });

  api.delete("/sessions", async (c) => {
    const whose = await subject(c);
    if (whose instanceof Response) return whose;
    const by = { by: c.get("person").name, at: now() };
    const own = await sessionHash(runtime, c.req.raw.headers);
    return c.json({ ended: await endSessions(DB, whose, own, by) });
  });

  api.delete("/sessions/:id", async (c) => {
    const { id: own, name, role } = c.get("person");
    const id = c.req.param("id");
    const of = isAtLeast({ role }, "admin") ? undefined : own;
    if (SESSION_ID.test(id) && (await endSession(DB, id, of, { by: name, at: now() })))
      return c.json({ ended: 1 });
    return problemResponse(404, t("There is no such session, or it isn't yours."));
  });

  api.get("/journal", async (c) => {
    const { story, by, act, cursor } = c.req.query();
    const before = cursor === undefined ? {} : { before: Number(cursor) };
    if (Number.isNaN(before.before))
      return problemResponse(400, t("cursor must be `next` of the page before."));
    const filter = Object.fromEntries(
      Object.entries({ story, by, act }).filter(([, value]) => value !== undefined && value !== ""),
    );
    const rows = await readJournal(DB, { ...filter, ...before }, ACTS_LIMIT + 1);
    const last = rows[ACTS_LIMIT - 1];
    return c.json({
      acts: rows
        .slice(0, ACTS_LIMIT)
        .map((row) => ({ ...row, words: wordsOfAct(row.act, row.about ?? row.partner) })),
      ...(rows.length > ACTS_LIMIT && last ? { next: String(last.id) } : {}),
    });
  });

  /** Whose sessions are asked for: one's own; an admin may name somebody in `person`. */
  async function subject(c: Context<SignedIn>): Promise<Pick<Person, "id" | "name"> | Response> {
    const person = c.get("person");
    const id = c.req.query("person");
    if (id === undefined || id === person.id) return person;
    if (!isAtLeast(person, "admin"))
      return problemResponse(403, t("Only an admin may see others' sessions."));
    return (await readPerson(DB, id, sessionTimes(now()))) ?? problemResponse(404, UNKNOWN);
  }

  api.route("/", passkeyRoutes(runtime));
  return api;
}

const UNKNOWN = t("There is no such person.");
/** Why a change of people was refused. */
export const REFUSALS = {
  "last-admin": t("This is the only admin. Make somebody else an admin first."),
  "email-taken": t("Somebody else has this e-mail address."),
  unknown: UNKNOWN,
} as const;

const answer = (c: Context<SignedIn>, outcome: PeopleOutcome<object>, success: 200 | 201 = 200): Response =>
  typeof outcome === "string"
    ? problemResponse(outcome === "unknown" ? 404 : 409, REFUSALS[outcome])
    : c.json(outcome, success);

/** Of a passkey that is sent. */
const PASSKEY_BYTES = 20_000;
const NONE = t("There is no such passkey, or it isn't yours.");
const FOR_PEOPLE = t("A program has no passkeys: sign in at the desk to add one.");
const NOT_ADDED = t(
  "The passkey was not added. It was made more than five minutes ago, for another site, or was added before. Try again.",
);

/** The routes under /api/passkeys. */
function passkeyRoutes(runtime: Runtime): Hono<SignedIn> {
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
