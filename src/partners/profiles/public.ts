// The public RSS, Atom and JSON Feed as partners get them: the same entries, under the partner's policy.

import { FORMAT_FILES, type Format } from "../../formats/format.ts";
import { WIRE_FORMATS } from "../../formats/index.ts";
import type { Profile } from "../profile.ts";

const SOURCES: Readonly<Record<Format, string>> = {
  rss: "https://www.rssboard.org/rss-specification",
  atom: "https://www.rfc-editor.org/rfc/rfc4287",
  json: "https://www.jsonfeed.org/version/1.1/",
};

function publicFormat(format: Format): Profile {
  const { mediaType, separator, entry, verify, envelope } = WIRE_FORMATS[format];
  return {
    name: format,
    file: FORMAT_FILES[format],
    mediaType,
    source: SOURCES[format],
    confidence: "official",
    limits: {},
    pictures: {},
    lint: () => [],
    separator,
    // Readers of these formats look at the format's own date, so an unannounced change must change it too.
    entry: ({ article, body, link, modified }, site) =>
      entry(
        { ...article, url: link, ...(modified > article.published ? { updated: modified } : {}) },
        site,
        body,
      ),
    verify: (written, { article }) => verify(written, article),
    // RSS has no sign for a removed article.
    removal: format === "rss" ? "notice" : "tombstone",
    envelope,
  };
}

/** RSS 2.0. */
export const rss = publicFormat("rss");
/** Atom 1.0. */
export const atom = publicFormat("atom");
/** JSON Feed 1.1. */
export const json = publicFormat("json");
