// Our own RSS, Atom and JSON Feed, imported again: every field of every article against what was published, counted in a
// table of fields and formats. What a format carries must come back whole; where it doesn't carry it, the reason stands
// beside the count.

import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Article } from "../../../src/article/article.ts";
import { type Byline, inByline, ROLES } from "../../../src/article/byline.ts";
import { resolveArticle } from "../../../src/article/resolve.ts";
import type { Site } from "../../../src/article/site.ts";
import { storyHtml } from "../../../src/formats/body.ts";
import type { Format } from "../../../src/formats/format.ts";
import { bylineText, creditsText, phrasesFor } from "../../../src/formats/phrases.ts";
import { rightsText } from "../../../src/formats/rss.ts";
import { readFeed } from "../../../src/import/feed/read-feed.ts";
import { readCorrection, readCredits } from "../../../src/import/feed/wireroom/wireroom-credits.ts";
import type { ImportedArticle, SourceDate } from "../../../src/import/importer.ts";
import { text } from "../../../src/lib/text.ts";
import { humanDate, toInstant } from "../../../src/lib/time.ts";
import all from "../../../src/words/all.ts";
import type { Overrides } from "../../../src/words/overrides.ts";
import { CASES, startOf } from "../../fixtures/cases.ts";
import { documentOf, type PipelineInput, type PipelineResult, runPipeline, unwrap } from "../../pipeline.ts";
import { anyWalk } from "./articles.ts";

const FORMATS = ["rss", "atom", "json"] as const satisfies readonly Format[];
const ARTICLES = CASES.filter((name) => name !== "withdrawn");

interface Trip {
  readonly format: Format;
  readonly start: PipelineInput;
  readonly walked: PipelineResult;
  readonly article: Article;
  readonly imported: ImportedArticle;
}

/** A field as it was published and as it came back; equal where nothing was lost. */
type Field = (trip: Trip) => readonly [sent: unknown, back: unknown] | Promise<readonly [unknown, unknown]>;

const FIELDS: Readonly<Record<string, Field>> = {
  id: ({ article, imported }) => [article.id, imported.id],
  headline: ({ article, imported }) => [article.headline, imported.headline],
  shortHeadline: ({ article, imported }) => [article.shortHeadline, imported.shortHeadline],
  dek: ({ article, imported }) => [article.dek, imported.dek],
  section: ({ article, imported, walked }) => [article.section?.slug, sectionIn(imported, walked.site)?.slug],
  tags: ({ article, imported, walked }) => [
    article.tags.map(({ name }) => name),
    tagsIn(imported, walked.site),
  ],
  language: ({ article, imported }) => [article.language, imported.language],
  "byline, as one text": ({ article, imported }) => [
    bylineText(article.bylines, article.language),
    bylineText((imported.bylines ?? []).map(bylineOf), article.language),
  ],
  "byline names, roles": ({ article, imported }) => [
    bylineFirst(article.bylines).map(({ name, role }) => [name, role]),
    bylineFirst((imported.bylines ?? []).map(bylineOf)).map(({ name, role }) => [name, role]),
  ],
  ...Object.fromEntries(
    (["affiliation", "url", "avatar", "email", "bio"] as const).map((detail) => [
      `byline ${detail}`,
      ({ article, imported }: Trip) => [
        bylineFirst(article.bylines).map((byline) => byline[detail]),
        bylineFirst((imported.bylines ?? []).map(bylineOf)).map((byline) => byline[detail]),
      ],
    ]),
  ),
  dateline: ({ article, imported }) => [article.dateline, imported.dateline],
  published: ({ article, imported }) => [article.published, instantIn(imported.published)],
  updated: ({ article, imported }) => [article.updated, instantIn(imported.updated)],
  ...Object.fromEntries(
    (["src", "alt", "caption", "copyright", "width", "height", "type", "length"] as const).map((fact) => [
      `image ${fact}`,
      ({ article, imported }: Trip) => [
        article.images.map((image) => image[fact] || undefined),
        (imported.images ?? []).map((image) => image[fact] || undefined),
      ],
    ]),
  ),
  "image credit": ({ article, imported }) => [
    article.images.map(({ credit }) => credit?.name),
    (imported.images ?? []).map(({ credit }) => credit),
  ],
  "image credit role": ({ article, imported }) => [
    article.images.map(({ credit }) => credit?.role?.toLowerCase()),
    (imported.images ?? []).map(({ creditRole }) => creditRole?.toLowerCase()),
  ],
  "corrections, days": ({ article, imported, walked }) => [
    article.corrections.map(({ at, kind, text }) => [humanDate(at, "en", walked.site.timezone), kind, text]),
    (imported.corrections ?? []).map(({ at, kind, text }) => [dayIn(at, walked.site), kind, text]),
  ],
  "corrections, times": ({ article, imported }) => [
    article.corrections.map(({ at }) => at),
    (imported.corrections ?? []).map(({ at }) => at.value),
  ],
  "rights, as one text": ({ article, imported }) => [
    rightsText(article),
    rightsText({ ...article, rights: imported.rights } as Article),
  ],
  "rights, apart": ({ article, imported }) => [
    { ...article.rights, license: undefined },
    { ...imported.rights, license: undefined },
  ],
  licence: ({ article, imported }) => [article.rights?.license, imported.rights?.license],
  sponsored: ({ article, imported }) => [article.sponsored, imported.sponsored ?? false],
  url: ({ article, imported }) => [article.url, imported.url],
  body: async (trip) => [
    storyHtml(trip.article),
    storyHtml(unwrap(resolveArticle((await again(trip)).stored, trip.walked.site))),
  ],
  "the entry, made again": async (trip) => {
    const { entries } = await again(trip);
    return [trip.walked.entries[trip.format].body, entries[trip.format].body];
  },
};

const bylineOf = ({ role = "author", ...byline }: NonNullable<ImportedArticle["bylines"]>[number]): Byline =>
  ({ ...byline, role }) as Byline;

const bylineFirst = (bylines: readonly Byline[]): readonly Byline[] => [
  ...bylines.filter(inByline),
  ...bylines.filter((byline) => !inByline(byline)),
];

const instantIn = (date: SourceDate | undefined): string | undefined =>
  date && new Date(date.value).toISOString().replace(".000", "");

const dayIn = ({ kind, value }: SourceDate, { timezone }: Site): string =>
  kind === "day"
    ? humanDate(`${value}T12:00:00Z` as never, "en", "UTC")
    : humanDate(value as never, "en", timezone);

/** The first name that is a section's, as the import takes it; every other name is a tag. */
function sectionIn({ sections = [] }: ImportedArticle, site: Site) {
  const known = Object.entries(site.sections);
  const name = sections.find((one) => known.some(([slug, { title }]) => slug === one || title === one));
  const [slug] = known.find(([slug, { title }]) => slug === name || title === name) ?? [];
  return slug === undefined ? undefined : { slug, name };
}

function tagsIn(imported: ImportedArticle, site: Site): readonly string[] {
  const section = sectionIn(imported, site)?.name;
  return [...(imported.sections ?? []), ...(imported.tags ?? [])].filter((name) => name !== section);
}

/** The imported article, published as `wireroom import` and `publish` would. */
function again({ start, walked, imported }: Trip): Promise<PipelineResult> {
  const bylines = imported.bylines ?? [];
  const { body } = imported;
  const section = sectionIn(imported, walked.site)?.slug;
  const article = {
    headline: imported.headline,
    ...pick(imported, ["shortHeadline", "dek", "language", "dateline", "rights", "sponsored", "url"]),
    ...(section === undefined ? {} : { section }),
    tags: tagsIn(imported, walked.site),
    bylines,
    published: imported.published?.value,
    ...(imported.updated ? { updated: imported.updated.value } : {}),
    images: (imported.images ?? []).map(({ src = "", credit, creditRole, ...image }) => ({
      ...image,
      // Its file would be sent again, and be held under the same address.
      src: src.replace(`${walked.site.url}/media/`, "/media/"),
      ...(credit === undefined
        ? {}
        : { credit: creditRole === undefined ? credit : { name: credit, role: creditRole } }),
    })),
    body: { html: body.kind === "html" ? body.html : body.paragraphs.join() },
    corrections: (imported.corrections ?? []).map(({ at, kind, text }) => ({
      // A day alone is its first second, in the zone that the publisher names.
      at: at.kind === "day" ? `${at.value}T00:00:00+09:00` : at.value,
      kind,
      text,
    })),
  };
  return runPipeline({ ...start, article, id: imported.id ?? "" });
}

const pick = <T extends object, K extends keyof T>(from: T, keys: readonly K[]): Partial<Pick<T, K>> =>
  Object.fromEntries(keys.flatMap((key) => (from[key] === undefined ? [] : [[key, from[key]]]))) as Partial<
    Pick<T, K>
  >;

async function tripOf(format: Format, start: PipelineInput): Promise<Trip> {
  const walked = await runPipeline(start);
  const { articles, problems } = readFeed({ name: "feed", content: documentOf(format, [walked]) });
  expect(problems).toEqual([]);
  const [imported, ...others] = articles;
  if (!imported || others.length > 0) throw new Error(`${articles.length} articles, not one`);
  return { format, start, walked, article: unwrap(resolveArticle(walked.stored, walked.site)), imported };
}

const isSame = ([sent, back]: readonly [unknown, unknown]): boolean => {
  try {
    expect(back).toEqual(sent);
    return true;
  } catch {
    // Not equal: it is counted, not thrown.
    return false;
  }
};

type Row = Readonly<Record<Format, number>>;

/** How many of the articles lost each field in each format. */
async function lostBy(starts: readonly PipelineInput[]): Promise<Readonly<Record<string, Row>>> {
  const trips = await Promise.all(
    FORMATS.map((format) => Promise.all(starts.map((start) => tripOf(format, start)))),
  );
  const rows = Object.entries(FIELDS).map(async ([name, field]) => {
    const [rss = 0, atom = 0, json = 0] = await Promise.all(
      trips.map(async (list) => (await Promise.all(list.map(field))).filter((pair) => !isSame(pair)).length),
    );
    return [name, { rss, atom, json }] as const;
  });
  return Object.fromEntries(await Promise.all(rows));
}

function print(count: number, lost: Readonly<Record<string, Row>>): void {
  const came = (row: Row) => FORMATS.map((format) => [format, `${count - row[format]} of ${count}`]);
  console.table(
    Object.fromEntries(Object.entries(lost).map(([name, row]) => [name, Object.fromEntries(came(row))])),
  );
}

/** A row of what is lost in RSS, Atom and JSON Feed. */
const row = (rss: number, atom: number, json: number): Row => ({ rss, atom, json });

interface Case {
  readonly title: string;
  readonly starts: readonly PipelineInput[];
  /** Every field of which something is lost; all others come back from all three formats, of every article. */
  readonly lost: Readonly<Record<string, Row>>;
}

const MADE = 100;

const SETS: readonly Case[] = [
  {
    title: "of the fixtures",
    starts: ARTICLES.map(startOf),
    lost: {
      // Only `_wireroom` has it.
      shortHeadline: row(2, 2, 0),
      // The one site whose feeds carry excerpts: the start of the text stands where a dek would.
      dek: row(1, 1, 1),
      body: row(1, 1, 1),
      // Only `_wireroom` has it.
      "byline affiliation": row(2, 2, 0),
      // In RSS a byline is a text.
      "byline url": row(2, 0, 0),
      "byline avatar": row(2, 2, 0),
      // Atom alone has it: JSON Feed's authors have none, and `_wireroom` leaves it out.
      "byline email": row(1, 0, 1),
      // Media RSS has the roles of EBU's list alone.
      "image credit role": row(2, 2, 0),
      // The line under an article gives the day.
      "corrections, times": row(3, 3, 0),
    },
  },
  {
    title: "that fast-check makes",
    starts: fc.sample(anyWalk, { numRuns: MADE, seed: 7 }),
    lost: {
      shortHeadline: row(83, 83, 0),
      "byline affiliation": row(63, 63, 0),
      "byline url": row(63, 0, 0),
      "byline avatar": row(64, 64, 0),
      "byline email": row(66, 0, 66),
      "image credit role": row(14, 14, 0),
      "corrections, times": row(57, 57, 0),
      // One text: terms alone read as a copyright.
      "rights, apart": row(18, 18, 0),
    },
  },
];

describe("articles come back", () => {
  it.each(SETS)("$title", async ({ starts, lost: expected }) => {
    const lost = await lostBy(starts);
    print(starts.length, lost);
    expect(
      Object.fromEntries(Object.entries(lost).filter(([, row]) => row.rss + row.atom + row.json > 0)),
    ).toEqual(expected);
  });
});

it("a notice that an article was withdrawn is no article", async () => {
  const walked = await runPipeline(startOf("withdrawn"));
  for (const format of FORMATS) {
    const { articles, problems } = readFeed({ name: "feed", content: documentOf(format, [walked]) });
    expect(articles).toEqual([]);
    expect(problems.map(({ path, message }) => `${path} ${message}`)).toEqual([
      'item 1 ("This article was withdrawn — A claim that did not hold") is a notice that an article was withdrawn: left out',
    ]);
  }
});

it.each(Object.keys(all))("credits and corrections that we write are read back: %s", (language) => {
  const bylines = ROLES.map((role, index) => ({ name: text(`Ana ${index}`), role }));
  const line = creditsText(bylines, language);
  expect(readCredits(line ?? "", language, []).toSorted((a, b) => a.name.localeCompare(b.name))).toEqual(
    bylines,
  );
  const { phrases, language: spoken } = phrasesFor(language);
  for (const kind of ["correction", "clarification", "update"] as const) {
    const label = phrases.correction(
      kind,
      humanDate(toInstant(new Date("2024-10-25T08:30:00Z")), spoken, "UTC"),
    );
    expect(readCorrection(label, "What was wrong.", language)).toMatchObject({
      kind,
      text: "What was wrong.",
    });
  }
});

describe("credits and corrections in a site's own words", () => {
  const words: Overrides = {
    en: {
      credits: {
        photographer: "{names} (photos)",
        writer: "{names}",
        editor: { one: "desk: {names}", other: "desks: {names}" },
      },
      creditsSeparator: " | ",
      creditsEnd: "",
      corrections: { correction: "We were wrong" },
      correctionLabel: "{date}: {kind} —",
    },
  };
  const ana = { name: "Ana", role: "photographer" };
  const ben = { name: "Ben", role: "writer" };
  const cleo = { name: "Cleo", role: "editor" };

  it.each([
    ["Ben | desks: Cleo and Ana | Ana (photos)", [ben, cleo, { ...ana, role: "editor" }, ana]],
    // Of another Wireroom, or of the time before the site had its own.
    ["Writing by Ben; editing by Cleo; photographs by Ana.", [ben, cleo, ana]],
    ["Ana (photos)", [ana]],
  ])("are read: %s", (line, credits) => {
    expect(readCredits(line, "en-GB", [], words)).toEqual(credits);
  });

  it.each(["25 October 2024: We were wrong —", "Correction, 25 October 2024:", "25 October 2024: Update —"])(
    "are read: %s",
    (label) => {
      expect(readCorrection(label, "It was Friday.", "en", words)).toEqual({
        at: { kind: "day", value: "2024-10-25" },
        kind: label.includes("Update") ? "update" : "correction",
        text: "It was Friday.",
      });
    },
  );

  it("come off a feed, which without them would keep neither", () => {
    const item = `<p>Text.</p><aside class="wr-corrections"><p><strong>25 October 2024: We were wrong —</strong> It was Friday.</p></aside><p class="wr-credits">Ben | Ana (photos)</p>`;
    const content = `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>P</title><language>en</language>
<item><title>T</title><dc:creator>Ben</dc:creator><dc:contributor>Ana</dc:contributor><content:encoded><![CDATA[${item}]]></content:encoded></item></channel></rss>`;
    const read = (words?: Overrides) => readFeed({ name: "feed.xml", content, words }).articles[0];
    expect(read(words)).toMatchObject({ bylines: [ben, ana], corrections: [{ kind: "correction" }] });
    expect(read()?.corrections).toBeUndefined();
    expect(read()?.bylines).not.toMatchObject([ben, ana]);
  });
});

it("a partner's feed that carries our parts gives them back too, and its own HTML is tidied", () => {
  const { articles } = readFeed({
    name: "partner.xml",
    content: `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>P</title>
<item><title>T</title><link>https://partner.example/t</link><author>a@partner.example (Ana Núñez)</author><content:encoded><![CDATA[
<p class="wr-dek">The dek.</p><figure class="wr-figure"><img src="/a.png" alt="A"><figcaption>Caption <span class="wr-credit">Mo</span></figcaption></figure>
<p><span class="wr-dateline">PARIS —</span> The <a href="/x" onclick="go()">text</a>.</p>
<aside class="wr-corrections"><p><strong>Correction, 25 October 2024:</strong> It was Friday.</p></aside>
<p class="wr-bio"><strong>Ana Núñez</strong>: Writes.</p>]]></content:encoded></item></channel></rss>`,
  });
  expect(articles).toEqual([
    {
      item: "https://partner.example/t",
      slug: "t",
      headline: "T",
      dek: "The dek.",
      bylines: [{ name: "Ana Núñez", email: "a@partner.example", bio: "Writes." }],
      dateline: "PARIS",
      images: [{ src: "https://partner.example/a.png", alt: "A", caption: "Caption", credit: "Mo" }],
      corrections: [{ at: { kind: "day", value: "2024-10-25" }, kind: "correction", text: "It was Friday." }],
      url: "https://partner.example/t",
      body: {
        kind: "html",
        html: '<p>The <a href="https://partner.example/x">text</a>.</p>',
        base: "https://partner.example/t",
      },
    },
  ]);
});

it("the wrapper round text from right to left comes off, whatever else there is", async () => {
  const trip = await tripOf("rss", {
    article: {
      headline: "خبر",
      language: "ar",
      published: "2024-10-24T11:30:00Z",
      body: { html: "<p>نص</p>" },
    },
  });
  expect(trip.imported).toMatchObject({ language: "ar", body: { kind: "html", html: "<p>نص</p>" } });
});
