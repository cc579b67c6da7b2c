// A sitemap with `news:` elements: what Google News reads, under a partner's policy or as /news-sitemap.xml.
// No keywords, genres or tickers: Google has given them up.

import { declare, escapeXml, NAMESPACES, parseStrictly } from "../../formats/xml.ts";
import type { Article } from "../../model/article.ts";
import type { Site } from "../../model/site.ts";
import type { Finding, Profile, Story } from "../profile.ts";
import { found, refusal } from "./findings.ts";

const DAY_SECONDS = 86_400;
/** The protocol asks for fewer than 2,048 characters. */
const ADDRESS_LIMIT = 2047;
/** Written in traditional characters, as its tag says or its place has it. */
const TRADITIONAL = /^zh-(?:hant|tw|hk|mo)\b/i;

/** All that it says of an article. */
type Listed = Pick<Story, "link" | "modified"> & {
  readonly article: Pick<Article, "url" | "headline" | "language" | "published" | "sponsored">;
};

/** A Google News sitemap. */
export const googleNewsSitemap = {
  name: "google-news-sitemap",
  file: "news-sitemap.xml",
  mediaType: "application/xml",
  source: "https://developers.google.com/search/docs/crawling-indexing/sitemaps/news-sitemap",
  confidence: "official",
  // Bytes: https://www.sitemaps.org/protocol.html.
  limits: { items: 1000, bytes: 52_428_800, ageSeconds: 2 * DAY_SECONDS },
  pictures: {},
  lint,
  separator: "\n",
  entry,
  verify: (written, { link, article }) => {
    const found = parseStrictly(written, "sitemap").get("url/loc")?.[0];
    if (found !== link)
      throw new Error(`the entry of ${article.slug} reads back with another link: ${found}`);
  },
  removal: "absence",
  // Google takes one without an address too.
  envelope: () => ({
    open: `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="${NAMESPACES.sitemap}"${declare("news")}>\n`,
    close: "\n</urlset>\n",
  }),
} as const satisfies Profile;

/** What Google would refuse. */
function lint(
  { link, article: { url, language, sponsored } }: Listed,
  site: Pick<Site, "url">,
): readonly Finding[] {
  return found(
    sponsored && refusal("sponsored", "is true, and Google News takes nothing that somebody paid for"),
    !url.startsWith(`${site.url}/`) &&
      refusal(
        "url",
        "leads to another site, and a sitemap names pages of its own: leave it out to have the page here",
      ),
    link.length > ADDRESS_LIMIT &&
      refusal(
        "url",
        `is ${link.length} characters long with the policy's parameters, and a sitemap takes at most ${ADDRESS_LIMIT}: shorten either`,
      ),
    !/^[a-z]{2,3}(?:-cn|-tw)?$/.test(newsLanguage(language)) &&
      refusal(
        "language",
        `must start with two or three letters (ISO 639) for Google, like en or pt-BR, not "${language}"`,
      ),
  );
}

// Strings, not `element`: a thousand entries are written within one request's CPU.
function entry({ link, modified, article: { headline, language, published } }: Listed, site: Site): string {
  const publication = `<news:name>${escapeXml(site.title)}</news:name><news:language>${newsLanguage(language)}</news:language>`;
  return `<url>
<loc>${escapeXml(link)}</loc>
<lastmod>${modified}</lastmod>
<news:news>
<news:publication>${publication}</news:publication>
<news:publication_date>${published}</news:publication_date>
<news:title>${escapeXml(headline)}</news:title>
</news:news>
</url>`;
}

/** ISO 639, but for Chinese by its script: `zh-cn` or `zh-tw`. A publication in several languages has that of the article. */
function newsLanguage(tag: string): string {
  const [code = ""] = tag.toLowerCase().split("-");
  if (code !== "zh") return code;
  return TRADITIONAL.test(tag) ? "zh-tw" : "zh-cn";
}
