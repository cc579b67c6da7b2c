// A newsroom that publishes, edits and withdraws without end, and knows what every feed must hold in the end. What it
// does follows from a seed.

import { FORMAT_FILES } from "../../src/formats/format.ts";
import { article } from "./articles.ts";
import { TOKEN } from "./direct.ts";
import { entriesOf } from "./strict-feed.ts";

/** Numbers from 0 to 1, the same ones for the same seed (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** An article as the newsroom last had it acknowledged. */
export interface Acknowledged {
  readonly index: number;
  readonly version: number;
  readonly edition: number;
  readonly withdrawn?: "silently" | "with a notice";
}

/** Where a change is to go, and what was acknowledged before. */
interface Change {
  readonly path: string;
  readonly init: RequestInit;
  readonly next: Omit<Acknowledged, "version">;
}

const SECTIONS = [undefined, "asia-pacific", "about"] as const;
const TAGS = 12;
const BLOCK = 40;

/** The feeds that an article is in, apart from the site's and its archive. */
export const feedsOf = (index: number): readonly string[] => [
  ...(sectionOf(index) ? [`/sections/${sectionOf(index)}`] : []),
  `/tags/topic-${index % TAGS}`,
  blockOf(index),
  ...(index % 4 === 0 ? ["/authors/david-choi"] : []),
];
/** The feed of a tag that a few articles have which come one after the other: what it misses, no later one makes up for. */
export const blockOf = (index: number): string => `/tags/block-${Math.floor(index / BLOCK)}`;
const sectionOf = (index: number) => SECTIONS[index % SECTIONS.length];
const slugOf = (index: number) => `story-${index}`;
/** The id that readers know an article by. */
export const idOf = (index: number): string => `tag:news.example.com,2024-01-01:${slugOf(index)}`;
/** The title that an article's entries have. */
export const titleOf = (index: number, edition: number): string => `Story ${index}, edition ${edition}`;

/** One edition of an article. */
export function put(index: number, edition: number): Change {
  const section = sectionOf(index);
  const sent = article({
    headline: titleOf(index, edition),
    published: new Date(Date.UTC(2024, 0, 1, 0, index)).toISOString(),
    bylines: index % 4 === 0 ? ["david-choi"] : [{ name: "Ana Alvarez" }],
    tags: [`Topic ${index % TAGS}`, `Block ${Math.floor(index / BLOCK)}`],
    ...(section ? { section } : {}),
    body: {
      html: `<p>${"What happened at the harbour & why. ".repeat(10)}</p><p>${endOf(index, edition)}</p>`,
    },
  });
  const headers = { "Content-Type": "application/json" };
  return {
    path: `/api/articles/${slugOf(index)}`,
    init: { method: "PUT", headers, body: JSON.stringify(sent) },
    next: { index, edition },
  };
}
const endOf = (index: number, edition: number) => `End of edition ${edition} of story ${index}.`;

/** Withdraws what was acknowledged. */
export const withdraw = (
  { index, edition }: Acknowledged,
  withdrawn: NonNullable<Acknowledged["withdrawn"]>,
): Change => ({
  path: `/api/articles/${slugOf(index)}?${withdrawn === "silently" ? "silent=true" : "reason=Wrong"}`,
  init: { method: "DELETE" },
  next: { index, edition, withdrawn },
});

/** Sends a change once; undefined where it may be sent again. @throws Error, when it is refused for good. */
export async function send(url: string, { path, init, next }: Change): Promise<Acknowledged | undefined> {
  const headers = { ...init.headers, Authorization: `Bearer ${TOKEN}` };
  const response = await fetch(url + path, { ...init, headers }).catch(() => undefined);
  if (!response || response.status >= 500) return undefined;
  if (!response.ok) throw new Error(`${path}: ${response.status} ${await response.text()}`);
  // Half an answer is none.
  const text = await response.text().catch(() => undefined);
  if (text === undefined) return undefined;
  const { version }: { version: number } = JSON.parse(text);
  return { ...next, version };
}

/** The entries of a document. @throws Error, unless each title has the body of the same edition. */
export function readEntries(path: string, document: string) {
  const entries = entriesOf(path, document);
  for (const { title, body } of entries) {
    const [, index, edition] = /^Story (\d+), edition (\d+)$/.exec(title) ?? [];
    if (edition !== undefined && !body.includes(endOf(Number(index), Number(edition))))
      throw new Error(`${path}: ${title} lacks its end`);
  }
  return entries;
}

/** A feed's documents. */
export const documentsOf = (feed: string): readonly string[] =>
  Object.values(FORMAT_FILES).map((file) => `${feed}/${file}`);
