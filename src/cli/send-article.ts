// Sends one article, its pictures first. What git last sent of it is replaced, and nothing that somebody else has stored.

import { relative } from "node:path";
import type { ArticleSummary } from "../api/answers.ts";
import { senderOfVersion } from "../article/article.ts";
import { findingIn, formatFinding, pathInFile, refusalLines } from "../content/finding.ts";
import { bytesToSend, type LocalImage } from "../content/local-image.ts";
import type { ReadyArticle } from "../content/read-article.ts";
import type { ProblemDetails } from "../lib/answer-fields.ts";
import type { Problem } from "../lib/problem.ts";
import type { Client, Reply, Sending } from "./client.ts";
import { withLocalTimes } from "./local-times.ts";

/** Sends pictures. */
export interface PictureSender {
  /** Sends a picture unless the Worker has it; once, however many articles show it. */
  readonly send: (image: LocalImage) => Promise<Reply<boolean>>;
  /** How many were sent. */
  readonly sent: () => Promise<number>;
}

/** Sends pictures with `client`; in a dry run it only looks which would be sent. */
export function pictureSender(client: Client, dryRun: boolean): PictureSender {
  const replies = new Map<string, Promise<Reply<boolean>>>();
  const upload = async (image: LocalImage): Promise<Reply<boolean>> => {
    const { sha256, facts } = image;
    const held = await client.hasImage(sha256);
    if (!held.ok || held.value) return held.ok ? { ok: true, value: false } : held;
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
export interface Errand {
  readonly article: ReadyArticle;
  readonly sending: Sending;
  /** What somebody else has changed, or keeps, of what is to move: then nothing is sent. */
  readonly changedBy?: ArticleSummary | undefined;
}

interface Sent {
  readonly change: string;
  /** Where readers find it; when they will, of one that waits for its hour. */
  readonly where: string;
  /** What was accepted but not as it came, a line each. */
  readonly warnings: readonly string[];
}

/** What became of an article; `lines` say why it was refused. */
export type Outcome =
  | { readonly ok: true; readonly value: Sent }
  | { readonly ok: false; readonly lines: readonly string[] };

/** Sends an article with its pictures. Times are told by the clocks of `timezone`. */
export async function sendArticle(
  { article, sending, changedBy }: Errand,
  client: Client,
  dryRun: boolean,
  pictures: PictureSender,
  timezone?: string,
): Promise<Outcome> {
  const { folder, json, lineOf } = article;
  if (changedBy) {
    const { slug, sentAt, version } = changedBy;
    const by = senderOfVersion(changedBy, version) ?? "somebody without a name";
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
  // It may be there by now with this very text: sent by another run, or by this one, whose answer was lost.
  if (!reply.ok && reply.problem.status === OUTDATED && sending.over === "none")
    reply = await client.putArticle(folder.slug, json, { ...sending, over: NEVER_SENT });
  if (!reply.ok) return { ok: false, lines: linesOf(article, reply.problem, timezone) };
  const { change = "sent", url, status, warnings = [] } = reply.value;
  // Its address is a 404 until then.
  const where =
    status === "scheduled" ? withLocalTimes(`scheduled for ${article.input.published}`, timezone) : url;
  return { ok: true, value: { change, where, warnings: warningLines(article, warnings) } };
}

/** The status of another version being stored (RFC 9110 §15.5.13). */
const OUTDATED = 412;
/** No article has this version: it stands for what git has never sent. */
const NEVER_SENT = 0;

/** What may be replaced of a stored article: what git last sent. Of one whose home isn't known yet, whatever there is. */
export function overOf(held: ArticleSummary | undefined): Pick<Sending, "over"> {
  if (!held) return { over: "none" };
  if (held.home === null && held.gitVersion === null) return {};
  return { over: held.gitVersion ?? NEVER_SENT };
}

function linesOf(
  article: ReadyArticle,
  problem: ProblemDetails,
  timezone: string | undefined,
): readonly string[] {
  return problem.status === OUTDATED
    ? changedLines(article, withLocalTimes(problem.detail ?? problem.title, timezone), problem.errors)
    : refusalLines(article.folder.file, article.lineOf, problem);
}

/** What is told of an article that somebody else has changed, with the fields that differ. */
function changedLines(
  { folder, lineOf }: ReadyArticle,
  said: string,
  differences: readonly Problem<string>[] = [],
): readonly string[] {
  const differing = differences.length === 0 ? "" : " What differs:";
  const message = `was changed there since you sent it, and is left as it is. ${said} Copy the change into this file and publish again, or write over it with --force.${differing}`;
  return [{ path: "", message }, ...differences].map((each) =>
    formatFinding(findingIn(folder.file, lineOf)("error")(each)),
  );
}

/** What the Worker accepted but not as it came, a line each; the place of a loss in the body is found here. */
function warningLines(article: ReadyArticle, warnings: readonly Problem<string>[]): readonly string[] {
  const places = warnings.some(({ path }) => path === "body.html") ? article.losses() : [];
  const lineOf = ({ code, path, message }: Problem<string>): number =>
    places.find((place) => place.code === code && place.message === message)?.line ?? article.lineOf(path);
  return warnings.map((warning) => {
    const inFile = { ...warning, path: pathInFile(warning.path), line: warning.line ?? lineOf(warning) };
    return formatFinding(findingIn(article.folder.file)("warning")(inFile));
  });
}
