// `wireroom status`: every feed in every format, its age and its errors; or its subscribers; or where
// articles are kept. And `wireroom repair`, which has every feed rebuilt.

import type { ArticleSummary, Audience, FeedStatus } from "../api/answers.ts";
import { HOMES, senderOfVersion } from "../article/article.ts";
import type { Client } from "./client.ts";
import { age, aligned, type Output } from "./terminal.ts";

const COLUMNS: readonly (readonly [title: string, cell: (row: FeedStatus, now: Date) => string])[] = [
  ["FEED", (row) => row.feed],
  ["FORMAT", (row) => row.format],
  ["ITEMS", (row) => String(row.items)],
  ["BYTES", (row) => String(row.bytes)],
  ["CHANGED", (row, now) => age(row.changedAt, now)],
  ["BUILT", (row, now) => age(row.builtAt, now)],
  ["STALE SINCE", (row, now) => (row.staleSince === null ? "" : age(row.staleSince, now))],
  ["PUSHED TO", (row) => `${row.subscribers}${row.givenUp === 0 ? "" : ` (${row.givenUp} given up)`}`],
  ["ERROR", (row) => row.lastError ?? ""],
];

/** The table that `status` prints, with a header; ages are relative to `now`. */
export function statusTable(feeds: readonly FeedStatus[], now: Date): string {
  return aligned([
    COLUMNS.map(([title]) => title),
    ...feeds.map((feed) => COLUMNS.map(([, cell]) => cell(feed, now).replace(/\s+/g, " "))),
  ]);
}

/** What `status --audience` prints: a line for each document and feed service, and a total. */
export function audienceTable({ feeds, total }: Audience): string {
  return aligned([
    ["FEED", "FORMAT", "SERVICE", "SUBSCRIBERS", "LAST SAID"],
    ...feeds.flatMap(({ feed, format, fetchers }) =>
      fetchers.map(({ fetcher, subscribers, day }) => [feed, format, fetcher, String(subscribers), day]),
    ),
    ["all", "", "", String(total)],
  ]);
}

/** One line: how many articles there are, and where they are kept. */
export function homesLine(articles: readonly ArticleSummary[]): string {
  const homes = Map.groupBy(articles, ({ home }) => home ?? "unknown");
  const counts = [...HOMES, "unknown" as const].flatMap((home) => {
    const count = homes.get(home)?.length ?? 0;
    return count === 0 ? [] : [`${home} ${count}`];
  });
  return `${articles.length} ${articles.length === 1 ? "article" : "articles"}${counts.length === 0 ? "" : ` by home: ${counts.join(", ")}`}`;
}

/**
 * What `status --articles` prints: where each article is kept and who sent it last; times are relative to
 * `now`.
 */
export const articlesTable = (articles: readonly ArticleSummary[], now: Date): string =>
  aligned([
    ["ARTICLE", "HOME", "STATUS", "VERSION", "SENT", "BY"],
    ...articles.map((article) => {
      const { slug, home, status, version, sentAt } = article;
      const sent = sentAt === null ? "" : age(sentAt, now);
      return [
        slug,
        home ?? "unknown",
        status,
        String(version),
        sent,
        senderOfVersion(article, version) ?? "",
      ];
    }),
  ]);

/** A line for each article that could not be rendered with the present settings. */
export const problemLines = (articles: readonly ArticleSummary[]): readonly string[] =>
  articles.map(
    ({ slug, problem }) =>
      `${slug}  is in the feeds as it was before the settings changed: ${problem ?? "the reason isn't known"}`,
  );

/** Has every feed rebuilt, after the database was restored to an earlier time. */
export async function runRepair(client: Client, out: Output): Promise<void> {
  const count = await client.rebuild();
  const documents = count === 1 ? "1 document is" : `${count} documents are`;
  out.say(`${documents} to be rebuilt, a hundred feeds a minute: npx wireroom status shows the progress.`);
}
