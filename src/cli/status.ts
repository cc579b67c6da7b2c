// `wireroom status`: every feed in every format, how old it is and what is wrong with it; or how many read it.

import type { ArticleSummary, Audience, FeedStatus } from "../api/answers.ts";
import { senderOfVersion } from "../article/article.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

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

/** The table that `status` prints, with a line of titles; ages are counted from `now`. */
export function statusTable(feeds: readonly FeedStatus[], now: Date): string {
  return aligned([
    COLUMNS.map(([title]) => title),
    ...feeds.map((feed) => COLUMNS.map(([, cell]) => cell(feed, now).replace(/\s+/g, " "))),
  ]);
}

/** What `status --audience` prints: a line for each service and document, and one for all together. */
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
  const counts = (["git", "api", "unknown"] as const).flatMap((home) => {
    const count = homes.get(home)?.length ?? 0;
    return count === 0 ? [] : [`${home} ${count}`];
  });
  return `${articles.length} ${articles.length === 1 ? "article" : "articles"}${counts.length === 0 ? "" : ` by home: ${counts.join(", ")}`}`;
}

/** What `status --articles` prints: where each article is kept and who sent it last; times are counted from `now`. */
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

/** Rows as lines whose columns stand under each other; the first row says how many there are. */
export function aligned(rows: readonly (readonly string[])[]): string {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => (row[column] ?? "").length)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths?.[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

/** One line for each article that could not be rendered with the present settings; none where all is well. */
export const problemLines = (articles: readonly ArticleSummary[]): readonly string[] =>
  articles.map(
    ({ slug, problem }) =>
      `${slug}  stays in the feeds as it was before the settings changed: ${problem ?? "the reason isn't known"}`,
  );

/** `just now`, `5 min ago`, `3 h ago`, `2 days ago`; `never` for null. */
export function age(instant: string | null, now: Date): string {
  if (instant === null) return "never";
  const ms = now.getTime() - Date.parse(instant);
  if (ms < MINUTE_MS) return "just now";
  if (ms < HOUR_MS) return `${Math.floor(ms / MINUTE_MS)} min ago`;
  if (ms < 2 * DAY_MS) return `${Math.floor(ms / HOUR_MS)} h ago`;
  return `${Math.floor(ms / DAY_MS)} days ago`;
}
