// Who has an article that is to be corrected or withdrawn, as far as counts and the partners' ledger know.

import { articleBySlug } from "../../article/sql.ts";
import type { Runtime } from "../../env.ts";
import { audienceReport } from "../../feeds/audience.ts";
import { termsOf } from "../../feeds/catalogue.ts";
import { warmRows } from "../../feeds/sql.ts";
import type { Instant } from "../../lib/time.ts";
import { holdersOf } from "../../partners/sql-ledger.ts";
import type { StoryRow } from "../stories/sql.ts";

/** Who has an article. */
export interface Holders {
  /** Of its feeds, at our own hub: told at once. */
  readonly subscribers: number;
  /** Of its feeds, as services said that fetch for many. */
  readonly readers: number;
  /** In whose feed it is, and what of it they fetched. */
  readonly partners: readonly { readonly name: string; readonly fetched: "nothing" | "older" | "newest" }[];
}

/** Who has a story's article; nobody has one that isn't out. @throws Error, when D1 fails. */
export async function holdersOfStory(
  runtime: Runtime,
  { slug, live }: StoryRow,
  now: Instant,
): Promise<Holders> {
  const { DB } = runtime.env;
  const record = live === null || slug === null ? undefined : await articleBySlug(DB, slug);
  if (!record) return { subscribers: 0, readers: 0, partners: [] };
  const { article } = record;
  const [rows, audience, rest] = await Promise.all([
    warmRows(DB, now),
    audienceReport(runtime, now),
    holdersOf(DB, article.id),
  ]);
  const feeds: ReadonlySet<string> = new Set(termsOf(article).map(({ term }) => term));
  const countIn = (counted: readonly { readonly feed: string; readonly subscribers: number }[]): number =>
    counted.filter(({ feed }) => feeds.has(feed)).reduce((sum, { subscribers }) => sum + subscribers, 0);
  const last = new Map(rest.map((entry) => [entry.partner, entry]));
  const partners = [...last.values()]
    .filter(({ event }) => event !== "article.retracted")
    .map(({ partner, name, feedVersion, fetched }) => ({
      name,
      fetched:
        feedVersion <= (fetched ?? 0)
          ? ("newest" as const)
          : rest.some((one) => one.partner === partner && one.feedVersion <= (fetched ?? 0))
            ? ("older" as const)
            : ("nothing" as const),
    }));
  return { subscribers: countIn(rows), readers: countIn(audience.feeds), partners };
}
