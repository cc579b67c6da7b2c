// The fixtures' articles as partners' items, and items as a whole document: what the tests of all profiles
// start from.

import type { Article } from "../../src/article/article.ts";
import { resolveArticle } from "../../src/article/resolve.ts";
import type { Site } from "../../src/article/site.ts";
import { feedBody } from "../../src/formats/body.ts";
import { withdrawnNotice } from "../../src/formats/notice.ts";
import { type Instant, latest, parseInstant } from "../../src/lib/time.ts";
import type { Item, Profile } from "../../src/partners/profile.ts";
import { CASES, startOf } from "../fixtures/cases.ts";
import { SITE, siteWith, store, unwrap } from "../pipeline.ts";

/**
 * What a test changes of an item. Its body and `modified` follow from the article unless they are given too.
 */
export type ItemChanges = Partial<Omit<Item, "article">> & { readonly article?: Partial<Article> };

const STORED = new Map(
  await Promise.all(CASES.map(async (name) => [name, unwrap(await store(startOf(name)))] as const)),
);

/** The settings of a case. */
export const siteOf = (name: string): Site => siteWith(startOf(name).site);

/** The article of a case as a partner with the default policy gets it. */
export function itemOf(name: string, { article: changed, ...changes }: ItemChanges = {}): Item {
  const stored = STORED.get(name);
  if (!stored) throw new Error(`there is no case "${name}"`);
  const site = siteOf(name);
  const given = changed?.id === undefined ? {} : { id: changed.id };
  const article = { ...unwrap(resolveArticle({ ...stored, ...given }, site)), ...changed };
  return {
    article,
    body: feedBody(article, site),
    link: article.url,
    version: 1,
    modified: article.updated ?? article.published,
    ...changes,
  };
}

/** The notice of a case's article that was withdrawn at `at`. */
export function noticeOf(name: string, at: string): Item {
  const { article, link, version } = itemOf(name);
  const notice = withdrawnNotice(article, { at: instant(at) }, siteOf(name));
  return { article: notice, body: notice.body, link, version: version + 1, modified: instant(at) };
}

/** The whole document of some items, and of the `notices` of withdrawn ones as the profile shows them. */
export function documentOf(
  profile: Profile,
  items: readonly Item[],
  { site = SITE, notices = [] }: { readonly site?: Site; readonly notices?: readonly Item[] } = {},
): string {
  const { removal, sign, entry, separator, envelope } = profile;
  const gone = notices.flatMap((notice) => {
    if (removal === "sign") return sign ? [sign(notice, notice.modified, site)] : [];
    return removal === "notice" ? [entry(notice, site)] : [];
  });
  const { open, close } = envelope(
    {
      id: "tag:news.example.com,2024-01-01:partners/example",
      title: site.title,
      description: site.description,
      link: `${site.url}/`,
      language: site.language,
      updated: latest([...items, ...notices].map(({ modified }) => modified)) ?? instant(START),
      ttlMinutes: 5,
      tombstones:
        removal === "tombstone"
          ? notices.map(({ article: { id, uri }, modified }) => ({ id, uri, at: modified }))
          : [],
      archive: {},
    },
    site,
  );
  return open + [...items.map((item) => entry(item, site)), ...gone].join(separator) + close;
}

/** A date as an instant. @throws Error for one that is none. */
export function instant(value: string): Instant {
  const parsed = parseInstant(value);
  if (!parsed) throw new Error(`${value} is no instant`);
  return parsed;
}

const START = "2024-01-01T00:00:00Z";
