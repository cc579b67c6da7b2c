// The list of all public feeds as OPML 2.0 (http://opml.org/spec2.opml), which readers import. Each feed once, as RSS,
// so that nobody subscribes three times. A section is a folder with its feed in it, tags and authors have one each:
// newsboat makes a tag of a folder's name, and many readers know folders of one level alone.

import type { Site } from "../article/site.ts";
import { describeFeed, documentPath, type FeedKind, nameOf, partsOf } from "../feeds/catalogue.ts";
import type { FeedKey } from "../feeds/feed.ts";
import { feedPhrases } from "../formats/phrases.ts";
import { element, escapeXml } from "../formats/xml.ts";
import type { ListedFeed } from "./sql-lists.ts";

/**
 * The list of the site's feed and of `feeds`, by name. It has no date: the ones there are change with each article, and
 * the list hardly ever.
 */
export function opml(feeds: readonly ListedFeed[], site: Site): string {
  const words = feedPhrases(site.language).words;
  const { compare } = new Intl.Collator(site.language);
  const named = feeds
    .map(({ feed, label }) => ({
      feed,
      name: nameOf(feed, site, label),
      outline: outline(feed, site, label),
    }))
    .sort((a, b) => compare(a.name, b.name) || (a.feed < b.feed ? -1 : 1));
  const ofKind = (kind: FeedKind) => named.filter(({ feed }) => partsOf(feed)?.[0] === kind);
  const outlines = [
    outline("site", site),
    ...ofKind("section").map((section) => folder(section.name, [section])),
    ...[folder(words.feedTags, ofKind("tag")), folder(words.feedAuthors, ofKind("author"))],
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0">
<head>
<title>${escapeXml(site.title)}</title>
<docs>http://opml.org/spec2.opml</docs>
</head>
<body>
${outlines.filter((one) => one !== "").join("\n")}
</body>
</opml>
`;
}

function outline(feed: FeedKey, site: Site, label?: string | null): string {
  const { title, description, link } = describeFeed(feed, site, label);
  return element("outline", {
    ...{ type: "rss", text: title, title, description },
    ...{ xmlUrl: site.url + documentPath({ feed, format: "rss" }), htmlUrl: link },
    ...{ language: site.language, version: "RSS2" },
  });
}

/** A folder; nothing for an empty one. */
function folder(name: string, feeds: readonly { readonly outline: string }[]): string {
  if (feeds.length === 0) return "";
  const outlines = feeds.map((one) => `${one.outline}\n`).join("");
  return element("outline", { text: name, title: name }, `\n${outlines}`);
}
