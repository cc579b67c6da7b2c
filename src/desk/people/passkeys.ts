// Passkeys: adding one, and signing in with one. A challenge holds when it ends and for what it was made, signed by us:
// so only those that were used are stored, and whoever asks for challenges writes nothing.

import type * as z from "zod/mini";
import type { Runtime } from "../../env.ts";
import { equal, randomSecret } from "../../http/auth.ts";
import { hmacSha256, sha256, toBase64url } from "../../lib/digest.ts";
import { addSeconds, type Instant } from "../../lib/time.ts";
import type { assertionSchema, newPasskeySchema } from "../inputs.ts";
import type { Person } from "../stories/sql.ts";
import { browserName } from "./browser-name.ts";
import { ALGORITHM_NUMBERS, type Expected, isNewCredential, signatureCount } from "./passkey-check.ts";
import { newSession, type Opened } from "./people.ts";
import {
  addPasskey,
  challengeSecret,
  listPasskeys,
  type PasskeyRow,
  readPasskey,
  signInWithPasskey,
  type UsedChallenge,
} from "./sql-passkeys.ts";

const CHALLENGE_SECONDS = 300;
/** What a challenge is for: to sign somebody in, or to add a passkey to the person with this id. */
type Purpose = "sign-in" | `add ${string}`;

/** What a browser needs to ask for a signature. */
export async function signInChallenge(runtime: Runtime, now: Instant) {
  return { challenge: await newChallenge(runtime, "sign-in", now), rpId: expectedOf(runtime, "").rpId };
}

/** What a browser needs to make a passkey for somebody. @throws Error, when D1 fails. */
export async function addChallenge(runtime: Runtime, { id, name }: Person, now: Instant) {
  const own = await listPasskeys(runtime.env.DB, id);
  return {
    challenge: await newChallenge(runtime, `add ${id}`, now),
    rpId: expectedOf(runtime, "").rpId,
    rpName: runtime.site.title,
    userId: id,
    userName: name,
    algorithms: ALGORITHM_NUMBERS,
    exclude: own.map((one) => one.id),
  };
}

/**
 * Adds a passkey that a browser has made. Undefined if it was made for anything else, too late, or is there already.
 * @throws Error, when D1 fails.
 */
export async function addOwnPasskey(
  runtime: Runtime,
  person: Person,
  sent: z.infer<typeof newPasskeySchema>,
  headers: Headers,
  now: Instant,
): Promise<PasskeyRow | undefined> {
  const used = await openChallenge(runtime, sent.challenge, `add ${person.id}`, now);
  if (!used || !(await isNewCredential(sent, expectedOf(runtime, sent.challenge)))) return undefined;
  const named = { ...sent, name: browserName(headers.get("User-Agent")) };
  return addPasskey(runtime.env.DB, used, person, named, { by: person.name, at: now });
}

/**
 * Signs in with a passkey. Undefined if it is unknown or somebody else's, or what it signed is for anything else, too
 * late, or was used before. @throws Error, when D1 fails.
 */
export async function signInByPasskey(
  runtime: Runtime,
  sent: z.infer<typeof assertionSchema>,
  headers: Headers,
  now: Instant,
): Promise<Opened | undefined> {
  const { DB } = runtime.env;
  const used = await openChallenge(runtime, sent.challenge, "sign-in", now);
  const passkey = used && (await readPasskey(DB, sent.id));
  if (!passkey || sent.userHandle !== toBase64url(new TextEncoder().encode(passkey.person))) return undefined;
  const counter = await signatureCount(sent, passkey, expectedOf(runtime, sent.challenge));
  if (counter === undefined) return undefined;
  const { session, agent, cookie } = newSession(runtime.site.url, headers);
  const stored = { hash: await sha256(session), agent };
  const person = await signInWithPasskey(DB, used, { id: sent.id, counter }, stored, now);
  return person && { person, cookie };
}

function expectedOf({ site }: Runtime, challenge: string): Expected {
  const { origin, hostname } = new URL(site.url);
  return { challenge, origin, rpId: hostname };
}

/** `{random}.{when it ends}.{signature}` */
async function newChallenge({ env }: Runtime, purpose: Purpose, now: Instant): Promise<string> {
  const head = `${randomSecret()}.${addSeconds(now, CHALLENGE_SECONDS)}`;
  return `${head}.${await sign(await challengeSecret(env.DB), head, purpose)}`;
}

/** What is stored of a challenge that is used; undefined for one that isn't ours, is for something else, or is over. */
async function openChallenge(
  { env }: Runtime,
  challenge: string,
  purpose: Purpose,
  now: Instant,
): Promise<UsedChallenge | undefined> {
  const [random = "", expires = "", signature = ""] = challenge.split(".");
  const head = `${random}.${expires}`;
  const isOurs = await equal(signature, await sign(await challengeSecret(env.DB), head, purpose));
  return isOurs && expires > now ? { challenge: random, expires: expires as Instant } : undefined;
}

const sign = (secret: string, head: string, purpose: Purpose): Promise<string> =>
  hmacSha256(secret, new TextEncoder().encode(`${head} ${purpose}`).buffer as ArrayBuffer);
