// A link that shows somebody outside the preview of one revision, for seven days, without a session.

import type { Runtime } from "../../env.ts";
import { randomSecret } from "../../http/auth.ts";
import { sha256 } from "../../lib/digest.ts";
import { addSeconds, type Instant } from "../../lib/time.ts";
import { type Person, readStory, type Story } from "../stories/sql.ts";
import { addPreviewLink, linkTarget } from "./sql-links.ts";

const DAY_SECONDS = 86_400;
/** How many days a link works. */
export const LINK_DAYS = 7;
/** Most links of a story that are listed. */
export const LINKS_LIMIT = 50;
/** For so long an old link is told from one that never was. */
const REMEMBERED_DAYS = 30;
/** As `randomSecret` makes them; anything else is not looked up. */
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/** A link that was just made; its address is stored nowhere. */
export interface MadeLink {
  readonly id: number;
  readonly url: string;
  readonly expires: Instant;
}

/** Makes a link to a revision; undefined if there is no such revision. @throws Error, when D1 fails. */
export async function sharePreview(
  { env, site }: Runtime,
  story: string,
  revision: number,
  { name }: Pick<Person, "name">,
  now: Instant,
): Promise<MadeLink | undefined> {
  const secret = randomSecret();
  const expires = addSeconds(now, LINK_DAYS * DAY_SECONDS);
  const link = { hash: await sha256(secret), story, revision, expires };
  const forgotten = addSeconds(now, -REMEMBERED_DAYS * DAY_SECONDS);
  const id = await addPreviewLink(env.DB, link, name, now, forgotten);
  return id === undefined ? undefined : { id, url: `${site.url}/previews/${secret}`, expires };
}

/** What a link shows: a revision and until when; `ended` for one that is over. */
export type SharedPreview = { readonly story: Story; readonly expires: Instant } | "ended" | undefined;

/**
 * What a link's secret opens; undefined for one that never was. A link ends early if somebody revokes it, or withdraws
 * the article. @throws Error, when D1 fails.
 */
export async function openPreview(
  { env, isolate }: Runtime,
  secret: string,
  now: Instant,
): Promise<SharedPreview> {
  if (!SECRET.test(secret)) return undefined;
  const hash = await sha256(secret);
  const target = await isolate.absent.unlessAbsent(`preview/${hash}`, Date.parse(now), () =>
    linkTarget(env.DB, hash),
  );
  if (!target) return undefined;
  if (target.revokedAt !== null || target.expires <= now) return "ended";
  const story = await readStory(env.DB, target.story, target.revision);
  return story && story.story.withdrawn === null ? { story, expires: target.expires } : "ended";
}
