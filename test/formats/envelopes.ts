// Envelopes of the site's feed: with all that one can hold, of a page of its archive, and with nothing. And
// documents in an envelope that a test chose.

import { type Envelope, FORMAT_FILES, type Format } from "../../src/formats/format.ts";
import { WIRE_FORMATS } from "../../src/formats/index.ts";
import { headlineOf } from "../../src/formats/view.ts";
import type { Text } from "../../src/lib/text.ts";
import { type Instant, parseInstant } from "../../src/lib/time.ts";
import { type PipelineResult, SITE } from "../pipeline.ts";

const GONE = "tag:news.example.com,2024-01-01:<gone>&";

/** Every envelope that has a fixture, by its name. */
export const ENVELOPES = {
  site: (format: Format) =>
    emptyFeed(format, {
      copyright: "© 2024 The Daily Wire & Post",
      image: `${SITE.url}/logo.png`,
      hub: "https://hub.example.com/?a=1&b=2",
      updated: instant("2024-12-01T00:00:00Z"),
      tombstones: [{ id: GONE, uri: GONE, at: instant("2024-12-01T00:00:00Z") }],
      latest: [
        headline('<b>Ships</b> & "boats" ]]> leave\u0001 the harbour'),
        headline("الميناء يفتح من جديد", { language: "ar", link: "https://elsewhere.example/?a=1&b=2" }),
        headline("Hafen öffnet wieder", { language: "de" }),
      ],
      archive: { previous: archivePage(format, 3) },
    }),
  archive: (format: Format) =>
    emptyFeed(format, {
      self: archivePage(format, 2),
      latest: [headline("Harbour closed")],
      archive: {
        page: 2,
        current: `${SITE.url}/${FORMAT_FILES[format]}`,
        previous: archivePage(format, 1),
        next: archivePage(format, 3),
      },
    }),
  empty: (format: Format) => emptyFeed(format),
};

/** The feed of the tests' publication without anything in it, but for `changes`. */
export const emptyFeed = (format: Format, changes: Partial<Envelope> = {}): Envelope => ({
  id: "tag:news.example.com,2024-01-01:feeds/site",
  title: SITE.title,
  description: SITE.description,
  link: `${SITE.url}/`,
  self: `${SITE.url}/${FORMAT_FILES[format]}`,
  language: SITE.language,
  updated: instant("2024-01-01T00:00:00Z"),
  ttlMinutes: 5,
  tombstones: [],
  latest: [],
  archive: {},
  ...changes,
});

/**
 * What a feed shows to people of an English article that came out late in the day, UTC, but for `changes`.
 */
export const headline = (
  title: string,
  {
    link,
    language = "en",
    published = instant("2024-10-24T20:30:00Z"),
    timezone = SITE.timezone,
    around = SITE.language,
    sponsored = false,
  }: HeadlineChanges = {},
): string =>
  headlineOf(
    { headline: title as Text, url: link ?? `${SITE.url}/articles/story`, language, published, sponsored },
    { language: around, timezone },
  );

interface HeadlineChanges {
  readonly link?: string;
  readonly language?: string;
  readonly published?: Instant;
  readonly timezone?: string;
  /** The feed's language. */
  readonly around?: string;
  readonly sponsored?: boolean;
}

/** A document of some articles in an envelope. */
export function documentIn(
  format: Format,
  envelope: Envelope,
  articles: readonly PipelineResult[] = [],
): string {
  const { separator, envelope: enclose } = WIRE_FORMATS[format];
  const { open, close } = enclose(envelope);
  return open + articles.map(({ entries }) => entries[format].body).join(separator) + close;
}

const archivePage = (format: Format, page: number) => `${SITE.url}/archive/${page}/${FORMAT_FILES[format]}`;

function instant(value: string): Instant {
  const parsed = parseInstant(value);
  if (!parsed) throw new Error(`${value} is no instant`);
  return parsed;
}
