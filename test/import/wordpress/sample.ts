// WordPress exports for tests, written like WordPress writes them.

import type { Imported, ImportedArticle } from "../../../src/import/importer.ts";
import { readWordpress } from "../../../src/import/wordpress/wordpress.ts";

const cdata = (text: string): string => `<![CDATA[${text.replaceAll("]]>", "]]]]><![CDATA[>")}]]>`;

/** One `<item>`: its fields by their names, then XML that stands in it as it is. */
export function item(fields: Readonly<Record<string, string>>, ...xml: readonly string[]): string {
  const all = { "wp:post_type": "post", "wp:status": "publish", ...fields };
  const elements = Object.entries(all).map(([name, text]) => `<${name}>${cdata(text)}</${name}>`);
  return `<item>\n${[...elements, ...xml].join("\n")}\n</item>`;
}

/** A post with this content, published at noon in Lisbon's summer. */
export const post = (
  content: string,
  fields: Readonly<Record<string, string>> = {},
  ...xml: readonly string[]
): string =>
  item(
    {
      title: "Ferry returns",
      guid: "https://harbour.example/?p=10",
      "wp:post_id": "10",
      "wp:post_date": "2025-07-01 12:00:00",
      "wp:post_date_gmt": "2025-07-01 11:00:00",
      "content:encoded": content,
      ...fields,
    },
    ...xml,
  );

/** A file of the media library. */
const attachment = (
  id: number,
  address: string,
  fields: Readonly<Record<string, string>> = {},
  ...xml: readonly string[]
): string =>
  item(
    {
      "wp:post_id": String(id),
      "wp:post_type": "attachment",
      "wp:status": "inherit",
      "wp:attachment_url": address,
      ...fields,
    },
    ...xml,
  );

/** `<wp:postmeta>`. */
export const meta = (key: string, value: string): string =>
  `<wp:postmeta><wp:meta_key>${cdata(key)}</wp:meta_key><wp:meta_value>${cdata(value)}</wp:meta_value></wp:postmeta>`;

/** `<category>`. */
export const term = (domain: string, nicename: string, name: string): string =>
  `<category domain="${domain}" nicename="${nicename}">${cdata(name)}</category>`;

/** A user. */
const author = (login: string, displayName: string, xml = ""): string =>
  `<wp:author><wp:author_id>1</wp:author_id><wp:author_login>${cdata(login)}</wp:author_login>` +
  `<wp:author_email>${cdata(`${login}@harbour.example`)}</wp:author_email>` +
  `<wp:author_display_name>${cdata(displayName)}</wp:author_display_name>${xml}</wp:author>`;

/** The whole file; `head` is XML of the channel before its items. */
export const wxr = (
  items: readonly string[],
  { head = "", version = "1.2" } = {},
): string => `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/${version}/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:wp="http://wordpress.org/export/${version}/">
<channel>
<title>The Harbour</title>
<link>https://harbour.example</link>
<language>pt-PT</language>
<wp:wxr_version>${version}</wp:wxr_version>
${head}
${items.join("\n")}
</channel>
</rss>
`;

/** Reads an export of these items. */
export const read = (...[items, options]: Parameters<typeof wxr>): Imported =>
  readWordpress({ name: "export.xml", content: wxr(items, options) });

/** The first article of an export of these items. */
export const first = (...parameters: Parameters<typeof wxr>): ImportedArticle | undefined =>
  read(...parameters).articles[0];

/** A user with a bio. */
export const ANA = author(
  "ana.reis",
  "Ana Reis",
  "<wp:usermeta><wp:meta_key>description</wp:meta_key><wp:meta_value>Writes of ports &amp;amp; tides.</wp:meta_value></wp:usermeta>",
);
/** A category of the export's list. */
export const HARBOUR =
  "<wp:category><wp:term_id>4</wp:term_id><wp:category_nicename>harbour</wp:category_nicename></wp:category>";

/** A picture with all that the library knows. */
export const PIER = attachment(
  7,
  "https://harbour.example/u/pier-scaled.jpg",
  { "excerpt:encoded": "The pier &amp; its <b>lamp</b>", "wp:post_parent": "10", "wp:menu_order": "2" },
  meta("_wp_attachment_image_alt", "A pier at dawn"),
  meta("_media_credit", "Rui Alves"),
  meta("_wp_attachment_metadata", 'a:5:{s:5:"width";i:2560;s:6:"height";i:1707;s:4:"file";s:8:"pier.jpg";}'),
);
/** A picture of which it knows nothing. */
export const BOAT = attachment(8, "https://harbour.example/u/boat.jpg", {
  "wp:post_parent": "10",
  "wp:menu_order": "1",
});
/** A sound. */
export const FILE = attachment(9, "https://harbour.example/u/tide.mp3", {
  title: "The tide",
  "wp:post_parent": "10",
});

/** What an article has of `PIER`. */
export const PIER_IMAGE = {
  src: "https://harbour.example/u/pier-scaled.jpg",
  alt: "A pier at dawn",
  credit: "Rui Alves",
  width: 2560,
  height: 1707,
};
