// The pure part of the pipeline: an article as the API takes it -> stored article -> entries -> documents. D1 is a stand-in
// that knows the images a test names; everything else is the real code.

import type { D1Database } from "@cloudflare/workers-types";
import { articleInputSchema, type StoredArticle, type Withdrawal } from "../src/article/article.ts";
import { type Site, siteSchema } from "../src/article/site.ts";
import type { Env } from "../src/env.ts";
import { assemble, encode } from "../src/feeds/build.ts";
import type { DocumentParts, FeedEntry } from "../src/feeds/sql-entries.ts";
import type { Format, Tombstone } from "../src/formats/format.ts";
import { IsolateCache } from "../src/isolate.ts";
import type { ImageFacts } from "../src/lib/image-file.ts";
import { check, ok, type Result } from "../src/lib/problem.ts";
import { text } from "../src/lib/text.ts";
import { parseInstant } from "../src/lib/time.ts";
import { renderEntries } from "../src/publish/entries.ts";
import { prepareArticle } from "../src/publish/prepare.ts";
import type { RenderedEntry } from "../src/publish/sql.ts";

/** The input of one run; `article` is the body of a PUT. */
export interface PipelineInput {
  readonly article: unknown;
  readonly slug?: string;
  readonly id?: string;
  /** Changes of `SITE`. */
  readonly site?: Readonly<Record<string, unknown>>;
  /** Images that the Wireroom holds. */
  readonly media?: readonly (ImageFacts & { readonly sha256: string })[];
  readonly withdrawn?: { readonly at: string; readonly reason?: string };
}

/** One article at each stop. */
export interface PipelineResult {
  readonly site: Site;
  readonly stored: StoredArticle;
  readonly entries: Readonly<Record<Format, RenderedEntry>>;
}

const SETTINGS = {
  title: "The Daily Wire & Post",
  description: "News in short, <plainly> told.",
  url: "https://news.example.com",
  tag: { authority: "news.example.com", date: "2024-01-01" },
  language: "en",
  timezone: "Asia/Seoul",
  copyright: "© 2024 The Daily Wire & Post",
  image: "/logo.png",
  sections: { "asia-pacific": { title: "Asia & Pacific" } },
  people: {
    "david-choi": {
      name: "David Choi",
      role: "reporter",
      affiliation: "Stars and Stripes",
      url: "https://news.example.com/people/david",
      email: "david@example.com",
      bio: "David Choi covers South Korea.",
    },
  },
  iframeHosts: ["player.example.com"],
};

/** The publication of the tests, with some settings changed. */
export const siteWith = (changes: Readonly<Record<string, unknown>> = {}): Site =>
  unwrap(check(siteSchema, { ...SETTINGS, ...changes }));

/** The publication of the tests. */
export const SITE = siteWith();

/** A result's value. @throws Error naming every problem, where there is none. */
export function unwrap<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  throw new Error(result.problems.map(({ path, message }) => `${path} ${message}`).join("\n"));
}

/** An article as it is stored; a failed result with every problem of it. */
export async function store(walk: PipelineInput): Promise<Result<StoredArticle>> {
  const site = siteWith(walk.site);
  const input = check(articleInputSchema, walk.article);
  if (!input.ok) return input;
  const slug = walk.slug ?? "story";
  const id = walk.id ?? `tag:news.example.com,2024-01-01:${slug}`;
  const env = { DB: databaseOf(walk.media ?? []) } as unknown as Env;
  const prepared = await prepareArticle(
    { env, site, fingerprint: "test", isolate: new IsolateCache() },
    slug,
    id,
    input.value,
  );
  return prepared.ok ? ok(prepared.value.article) : prepared;
}

/** An article, stored and rendered. @throws Error naming every problem. */
export async function runPipeline(start: PipelineInput): Promise<PipelineResult> {
  const site = siteWith(start.site);
  const stored = unwrap(await store(start));
  const withdrawn = start.withdrawn && withdrawalOf(start.withdrawn);
  const record = { article: stored };
  const rendered = unwrap(renderEntries(withdrawn ? { ...record, withdrawn } : record, site));
  const entryIn = (format: Format) => {
    const entry = rendered.find((one) => one.format === format);
    if (!entry) throw new Error(`nothing was rendered as ${format}`);
    return entry;
  };
  return { site, stored, entries: { rss: entryIn("rss"), atom: entryIn("atom"), json: entryIn("json") } };
}

/** An article in one format as D1 gives it to a document. */
export const materialOf = (
  { stored, entries }: PipelineResult,
  format: Format,
  changes: Partial<FeedEntry> = {},
): FeedEntry => ({
  ...entries[format],
  ...{ hash: "", seq: 1, expires: null, published: stored.published },
  ...changes,
});

/** What a document is made of beside its entries, where there is nothing of it. */
export const NOTHING: DocumentParts = { entries: [], tombstones: [], closedPages: 0 };

/** The site's feed that holds these articles, as text. */
export function documentOf(
  format: Format,
  articles: readonly PipelineResult[],
  site: Site = articles[0]?.site ?? SITE,
  tombstones: readonly Omit<Tombstone, "uri">[] = [],
): string {
  const entries = articles.map((article, seq) => materialOf(article, format, { seq }));
  const stones = tombstones.map((stone) => ({ ...stone, seq: 1 }));
  const parts = { ...NOTHING, entries, tombstones: stones };
  return new TextDecoder().decode(encode(assemble({ feed: "site", format }, parts, site)).bytes);
}

/** When and why an article was withdrawn. @throws Error for a date that is none. */
export function withdrawalOf({ at, reason }: NonNullable<PipelineInput["withdrawn"]>): Withdrawal {
  const instant = parseInstant(at);
  if (!instant) throw new Error(`${at} is no instant`);
  return { at: instant, ...(reason === undefined ? {} : { reason: text(reason) }) };
}

// Answers the one query that `prepareArticle` asks: what is known of these images?
function databaseOf(media: NonNullable<PipelineInput["media"]>): D1Database {
  const results = media.map((facts) => ({ ...facts, killed_at: null }));
  return { prepare: () => ({ bind: () => ({ all: async () => ({ results }) }) }) } as unknown as D1Database;
}
