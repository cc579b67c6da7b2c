// Sends articles, each after its pictures, and partners' policies. An article replaces what git last sent,
// but nothing that somebody else has stored.

import { relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { ArticleSummary } from "../api/answers.ts";
import { senderOfVersion } from "../article/article.ts";
import { findingIn, formatFinding, pathInFile, refusalLines } from "../content/finding.ts";
import { bytesToSend, type LocalImage } from "../content/images.ts";
import type { PolicyFolder, ReadyPolicy } from "../content/partner-file.ts";
import type { ReadyArticle } from "../content/read-article.ts";
import type { ProblemDetails } from "../lib/answer-fields.ts";
import type { Problem } from "../lib/problem.ts";
import { withLocalTimes } from "../lib/time.ts";
import { parallel, REQUESTS_AT_ONCE } from "./api-request.ts";
import type { Client, Reply, Sending } from "./client.ts";
import type { Output } from "./terminal.ts";

/** Sends pictures. */
export interface PictureSender {
  /**
   * Sends a picture unless the Worker has it; only once, even if several articles show it. The value is true
   * if it was sent.
   */
  readonly send: (image: LocalImage) => Promise<Reply<boolean>>;
  /** How many pictures were sent. */
  readonly sent: () => Promise<number>;
}

/** Sends pictures with `client`. A dry run only finds out which would be sent. */
export function pictureSender(client: Client, dryRun: boolean): PictureSender {
  const replies = new Map<string, Promise<Reply<boolean>>>();
  const upload = async (image: LocalImage): Promise<Reply<boolean>> => {
    const { sha256, facts } = image;
    const known = await client.hasImage(sha256);
    if (!known.ok || known.value) return known.ok ? { ok: true, value: false } : known;
    if (dryRun) return { ok: true, value: true };
    const stored = await client.putImage(sha256, await bytesToSend(image), facts.type);
    return stored.ok ? { ok: true, value: true } : stored;
  };
  return {
    send(image) {
      const reply = replies.get(image.sha256) ?? upload(image);
      replies.set(image.sha256, reply);
      return reply;
    },
    async sent() {
      const ended = await Promise.allSettled(replies.values());
      return ended.filter((each) => each.status === "fulfilled" && each.value.ok && each.value.value).length;
    },
  };
}

/** An article, and how it is to be sent. */
export interface SendJob {
  readonly article: ReadyArticle;
  readonly sending: Sending;
  /**
   * The stored article, if it is to move and somebody else has changed it or sent it by the API. Then nothing
   * is sent.
   */
  readonly changedBy?: ArticleSummary | undefined;
  /** The stored article, if it is edited at the desk. Then nothing is sent. */
  readonly atDesk?: ArticleSummary | undefined;
}

interface Sent {
  readonly change: string;
  /** Its address; of a scheduled article, when it will be published. */
  readonly where: string;
  /** What was changed or lost on the way, a line each. */
  readonly warnings: readonly string[];
}

/** How sending ended. `lines` say why an article was refused. */
export type Outcome =
  | { readonly ok: true; readonly value: Sent }
  | { readonly ok: false; readonly lines: readonly string[] };

/** Sends an article with its pictures. Messages give times in the time zone `timezone`. */
export async function sendArticle(
  { article, sending, changedBy, atDesk }: SendJob,
  client: Client,
  dryRun: boolean,
  pictures: PictureSender,
  timezone?: string,
): Promise<Outcome> {
  const { folder, json, lineOf } = article;
  if (atDesk) {
    const message = `is edited at the desk, so ${atDesk.slug} isn't sent. npx wireroom pull ${atDesk.slug} writes what the desk has into this file, and with --give-back it is edited here again. To overwrite what the desk has, publish with --force`;
    return {
      ok: false,
      lines: [formatFinding(findingIn(folder.file, lineOf)("error")({ path: "", message }))],
    };
  }
  if (changedBy) {
    const { slug, sentAt, version } = changedBy;
    const by = senderOfVersion(changedBy, version) ?? "an unnamed sender";
    const detail = `Version "${version}" of ${slug} was sent on ${sentAt} by ${by}.`;
    return { ok: false, lines: changedLines(article, withLocalTimes(detail, timezone)) };
  }
  for (const image of article.images) {
    const reply = await pictures.send(image);
    if (!reply.ok) {
      const what = relative(folder.dir, image.file);
      return { ok: false, lines: refusalLines(folder.file, lineOf, reply.problem, what) };
    }
  }
  if (dryRun) {
    const warnings = warningLines(article, article.losses());
    return { ok: true, value: { change: "to send", where: "", warnings } };
  }
  let reply = await client.putArticle(folder.slug, json, sending);
  // Another run may have stored exactly this article meanwhile, or this one, if the answer was lost.
  if (!reply.ok && reply.problem.status === VERSION_CONFLICT && sending.over === "none")
    reply = await client.putArticle(folder.slug, json, { ...sending, over: NEVER_SENT });
  if (!reply.ok) return { ok: false, lines: errorLines(article, reply.problem, timezone) };
  const { change = "sent", url, status, warnings = [] } = reply.value;
  // Its address is a 404 until then.
  const where =
    status === "scheduled" ? withLocalTimes(`scheduled for ${article.input.published}`, timezone) : url;
  return { ok: true, value: { change, where, warnings: warningLines(article, warnings) } };
}

/** The status if another version is stored (RFC 9110 §15.5.13). */
const VERSION_CONFLICT = 412;
/** No article has this version, so it matches only an article that is the same. */
const NEVER_SENT = 0;

/**
 * Which stored version may be replaced: the one that git last sent. If the article's home isn't recorded, any
 * version.
 */
export function overOf(stored: ArticleSummary | undefined): Pick<Sending, "over"> {
  if (!stored) return { over: "none" };
  if (stored.home === null && stored.gitVersion === null) return {};
  return { over: stored.gitVersion ?? NEVER_SENT };
}

function errorLines(
  article: ReadyArticle,
  problem: ProblemDetails,
  timezone: string | undefined,
): readonly string[] {
  return problem.status === VERSION_CONFLICT
    ? changedLines(article, withLocalTimes(problem.detail ?? problem.title, timezone), problem.errors)
    : refusalLines(article.folder.file, article.lineOf, problem);
}

/** Says that somebody else has changed an article, and which fields differ. */
function changedLines(
  { folder, lineOf }: ReadyArticle,
  detail: string,
  differences: readonly Problem<string>[] = [],
): readonly string[] {
  const differing = differences.length === 0 ? "" : " What differs:";
  const message = `was changed on the Worker since you sent it, so it isn't sent. ${detail} Copy the change into this file and publish again, or overwrite it with --force.${differing}`;
  return [{ path: "", message }, ...differences].map((each) =>
    formatFinding(findingIn(folder.file, lineOf)("error")(each)),
  );
}

/**
 * The Worker's warnings, a line each. The line of a loss in the body is found by running the clean-up here.
 */
function warningLines(article: ReadyArticle, warnings: readonly Problem<string>[]): readonly string[] {
  const losses = warnings.some(({ path }) => path === "body.html") ? article.losses() : [];
  const lineOf = ({ code, path, message }: Problem<string>): number =>
    losses.find((loss) => loss.code === code && loss.message === message)?.line ?? article.lineOf(path);
  return warnings.map((warning) => {
    const inFile = { ...warning, path: pathInFile(warning.path), line: warning.line ?? lineOf(warning) };
    return formatFinding(findingIn(article.folder.file)("warning")(inFile));
  });
}

/** Sends every valid policy, and prints what the Worker changed. `count` gets each outcome. */
export async function sendPolicies(
  { policies }: PolicyFolder,
  client: Client,
  dryRun: boolean,
  count: (outcome: string) => void,
  out: Output,
): Promise<void> {
  const ready = policies.filter((policy) => policy.kind === "policy");
  await parallel(ready, REQUESTS_AT_ONCE, async (policy) => {
    const { id, file, lineOf } = policy;
    const reply = dryRun
      ? await wouldChange(policy, client)
      : await client.putPartner(id, Buffer.from(JSON.stringify(policy.policy)), "git");
    if (!reply.ok) {
      for (const line of refusalLines(file, lineOf, reply.problem)) out.warn(line);
      return count("refused");
    }
    const { change = "sent", url } = reply.value;
    if (change === "unchanged") return count("as before");
    out.say(`${change.padEnd(9)} partners/${id}  ${policy.policy.enabled ? url : "(switched off)"}`.trim());
    count(change);
  });
}

const CONFLICT = 409;
const DESKS_OWN = { type: "about:blank", title: "Conflict", status: CONFLICT };
const AT_DESK =
  "This policy was changed at the desk, and would not be overwritten. To have it in its file: npx wireroom partner pull";

async function wouldChange({ id, policy }: ReadyPolicy, client: Client) {
  const stored = await client.partner(id);
  if (!stored.ok && stored.problem.status !== 404) return stored;
  const same = stored.ok && isDeepStrictEqual(stored.value.policy, policy);
  if (stored.ok && stored.value.home === "desk" && !same)
    return { ok: false, problem: { ...DESKS_OWN, detail: `${AT_DESK} ${id}.` } } as const;
  return { ok: true, value: { change: same ? "unchanged" : "to send", url: "" } } as const;
}
