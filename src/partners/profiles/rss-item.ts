// A partner's RSS 2.0: the item and the channel that MSN, SmartNews, Flipboard, NewsBreak and Yahoo share.
// Each of their files says how it differs. Items are laid out like our own feeds' (formats/feed-package.ts).
// The channel is written here: `feed` would put elements into it that partners don't list.

import type { Article } from "../../article/article.ts";
import { articlePath } from "../../article/resolve.ts";
import type { Site } from "../../article/site.ts";
import { rssItem } from "../../formats/feed-package.ts";
import { assertSameId, type Envelope, FORMAT_FILES } from "../../formats/format.ts";
import { WIRE_FORMATS } from "../../formats/index.ts";
import { mediaElements } from "../../formats/media-rss.ts";
import { creatorText } from "../../formats/phrases.ts";
import {
  cdata,
  declare,
  element,
  escapeTitle,
  escapeXml,
  type NAMESPACES,
  parseStrictly,
  XML_DECLARATION,
} from "../../formats/xml.ts";
import type { ImageType } from "../../lib/image-file.ts";
import type { Html } from "../../lib/text.ts";
import { type Instant, imfFixdate, latest } from "../../lib/time.ts";
import type { Item, Profile } from "../profile.ts";

/** How a partner's RSS differs: by what it says nothing of, it is like most. */
interface Dialect extends Omit<Profile, Shared> {
  readonly prefixes?: readonly (keyof typeof NAMESPACES)[];
  /** The guid is the canonical page, if that is the article's own here; else it is the article's id. */
  readonly permalink?: boolean;
  /** `withdrawn` is set for the sign of an article that is gone. */
  readonly parts?: (item: Item, withdrawn?: Instant) => ItemParts;
  readonly channel?: (envelope: Envelope) => ChannelParts;
}

/** What an item says instead of what all others say, and its `own` elements. */
interface ItemParts {
  readonly link?: string;
  readonly published?: Instant;
  readonly body?: Html;
  readonly own: readonly string[];
}

/** The same of a channel. */
interface ChannelParts {
  readonly description: string;
  readonly own: readonly string[];
}

type Shared = "file" | "mediaType" | "separator" | "entry" | "verify" | "sign" | "envelope";

const { mediaType, separator } = WIRE_FORMATS.rss;

/** JPEG, PNG, GIF and WebP: what MSN lists. No partner's page names AVIF. */
export const PICTURE_TYPES: readonly ImageType[] = ["image/jpeg", "image/png", "image/gif", "image/webp"];

/** The whole profile of a partner that takes RSS. */
export function rssProfile({
  prefixes = ["content", "dc", "atom", "media"],
  permalink = false,
  parts = (item) => ({
    own: [updatedElement("atom:updated", item), mediaElements(item.article.images)],
  }),
  channel,
  ...profile
}: Dialect): Profile {
  // Several articles may name one page elsewhere.
  const isPermalink = ({ slug, url }: Article) => permalink && url.endsWith(articlePath(slug));
  const idOf = (article: Article) => (isPermalink(article) ? article.url : article.id);
  const write = (item: Item, site: Site, withdrawn?: Instant) => {
    const { article } = item;
    const { link, published, body, own } = parts(item, withdrawn);
    return rssItem({
      title: escapeTitle(article.headline),
      link: escapeXml(link ?? item.link),
      guid: escapeXml(idOf(article)),
      isPermaLink: isPermalink(article),
      published: published ?? article.published,
      // An abstract is plain text, as MSN and Flipboard say: so it is written like a title.
      description: article.summary === "" ? undefined : escapeTitle(article.summary),
      content: cdata(body ?? item.body),
      modules: [
        // One joined creator: several lose names in half of all readers.
        field("dc:creator", creatorText(article.bylines, article.language) ?? site.title),
        article.language === site.language ? "" : field("dc:language", article.language),
        ...[article.section?.title, ...article.tags.map(({ name }) => name)].map((name) =>
          field("category", name),
        ),
        ...own,
      ].filter((part) => part !== ""),
    });
  };
  return {
    ...profile,
    file: FORMAT_FILES.rss,
    mediaType,
    separator,
    entry: (item, site) => write(item, site),
    verify: (entry, { article }) =>
      assertSameId(parseStrictly(entry).get("item/guid")?.[0], { ...article, id: idOf(article) }),
    ...(profile.removal === "sign"
      ? {
          // Every partner with a sign overlooks it unless it is dated later than what they have.
          sign: (notice, at, site) =>
            write({ ...notice, modified: latest([notice.modified, at]) ?? at }, site, at),
        }
      : {}),
    envelope: (envelope) => {
      const { title, link, description, language, copyright, image, self, updated, ttlMinutes } = envelope;
      const own = channel?.(envelope);
      const open = lines([
        XML_DECLARATION,
        `<rss version="2.0"${declare(...prefixes)}>`,
        "<channel>",
        element("title", {}, escapeTitle(title)),
        field("link", link),
        field("description", own?.description ?? description),
        field("language", language),
        field("copyright", copyright),
        field("lastBuildDate", imfFixdate(updated)),
        field("ttl", String(ttlMinutes)),
        image === undefined
          ? ""
          : element(
              "image",
              {},
              field("url", image) + element("title", {}, escapeTitle(title)) + field("link", link),
            ),
        self === undefined || !prefixes.includes("atom")
          ? ""
          : element("atom:link", { href: self, rel: "self", type: mediaType }),
        ...(own?.own ?? []),
      ]);
      return { open: `${open}\n`, close: "\n</channel>\n</rss>\n" };
    },
  };
}

/**
 * The date of the last change, under the name that the partner looks for; nothing for an article that never
 * changed.
 */
export const updatedElement = (
  name: "atom:updated" | "dcterms:modified",
  { article, modified }: Item,
): string => (modified > article.published ? element(name, {}, modified) : "");

/** An element with a text; nothing where there is none. */
export const field = (name: string, value: string | undefined): string =>
  value === undefined ? "" : element(name, {}, escapeXml(value));

const lines = (parts: readonly string[]): string => parts.filter((part) => part !== "").join("\n");
