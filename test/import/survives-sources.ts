// One story in each kind of source that an import reads, with all that the source can say of it in its own words.

/** What the story is, wherever it stands. */
export const STORY = {
  id: "tag:harbour.example,2026:ferry",
  url: "https://harbour.example/town/night-ferry-returns",
  headline: "Night ferry returns to the harbour",
  dek: "Nine years after the last boat, the council pays for a new one",
  name: "Marta Quill",
  email: "marta@harbour.example",
  page: "https://harbour.example/people/quill",
  bio: "Marta Quill is a reporter who covers the coast for Harbour Times.",
  photographer: "Odo Bellwether",
  dateline: "PORT ELLERY",
  section: "Town",
  tag: "Ferries",
  published: "2026-03-02T09:00:00Z",
  updated: "2026-03-05T10:30:00Z",
  language: "en-GB",
  picture: "https://harbour.example/pier.jpg",
  alt: "A white boat at a pier",
  caption: "The boat on its first evening.",
  credit: "Lena Oster",
  copyright: "© 2026 Harbour Times",
  license: "https://creativecommons.org/licenses/by/4.0/",
  text: "The council voted on Monday for a second ferry across the harbour, after four hours of debate in a full hall.",
  more: "The boat is to sail from April, three times a night, and costs the town nearly two million a year.",
  link: "https://harbour.example/budget",
} as const;

const S = STORY;
const FIGURE = `<figure><img src="${S.picture}" alt="${S.alt}"><figcaption>${S.caption} <span class="credit">Photo: ${S.credit}</span></figcaption></figure>`;
const TEXT = `<p>${S.text}</p><p>${S.more} <a href="${S.link}">The budget</a></p>`;
const LED = `<p>${S.dateline} (Harbour Times) — ${S.text}</p><p>${S.more} <a href="${S.link}">The budget</a></p>`;
const escaped = (html: string) =>
  html.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");

/** A source by its kind: the file's name, and what it holds. `held` is the same story as one that isn't public. */
export interface SourceFile {
  readonly kind: string;
  readonly name: string;
  readonly content: (held: boolean) => string;
}

const page = (held: boolean): string => `<!doctype html><html lang="${S.language}"><head>
<title>${S.headline} | Harbour Times</title><link rel="canonical" href="${S.url}">
<script type="application/ld+json">${JSON.stringify({
  "@type": "NewsArticle",
  "@id": S.id,
  headline: S.headline,
  description: S.dek,
  articleSection: S.section,
  keywords: S.tag,
  author: { "@type": "Person", name: S.name, url: S.page },
  contributor: S.photographer,
  datePublished: S.published,
  dateModified: S.updated,
  inLanguage: S.language,
  copyrightNotice: S.copyright,
  license: S.license,
  image: { url: S.picture, caption: S.caption, creditText: S.credit },
  ...(held ? { creativeWorkStatus: "Draft" } : {}),
})}</script></head><body><nav><a href="/">Home</a></nav><article><h1>${S.headline}</h1><p class="standfirst">${S.dek}</p>
<p class="byline">By ${S.name}</p>${FIGURE}${LED}<p>${S.bio}</p></article></body></html>`;

const text = (): string =>
  [
    S.headline,
    S.dek,
    `By ${S.name} (${S.email})`,
    "Photographs by Odo Bellwether",
    "Published March 2, 2026, 9:00 GMT. Updated March 5, 2026, 10:30 GMT",
    `${S.caption} Photo: ${S.credit}`,
    `${S.dateline} (Harbour Times) — ${S.text}`,
    S.more,
    S.bio,
  ].join("\n\n");

const rss = (held: boolean): string => `<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:media="http://search.yahoo.com/mrss/"
 xmlns:atom="http://www.w3.org/2005/Atom" xmlns:cc="http://backend.userland.com/creativeCommonsRssModule" xmlns:cms="https://cms.example/">
<channel><title>Harbour Times</title><link>https://harbour.example/</link><language>${S.language}</language><item>
<title>${S.headline}</title><link>${S.url}</link><guid isPermaLink="false">${S.id}</guid>
<pubDate>Mon, 02 Mar 2026 09:00:00 GMT</pubDate><atom:updated>${S.updated}</atom:updated>
<dc:creator>${S.name}</dc:creator><author>${S.email} (${S.name})</author><dc:contributor>${S.photographer}</dc:contributor>
<category>${S.section}</category><category>${S.tag}</category><dc:rights>${S.copyright}</dc:rights><cc:license>${S.license}</cc:license>
<media:content url="${S.picture}" medium="image"><media:title>${S.alt}</media:title><media:description>${S.caption}</media:description><media:credit>${S.credit}</media:credit></media:content>
<description>${S.dek}</description><content:encoded><![CDATA[${LED}]]></content:encoded>${held ? "<cms:status>draft</cms:status>" : ""}
</item></channel></rss>`;

const atom = (
  held: boolean,
): string => `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://www.w3.org/2007/app" xmlns:media="http://search.yahoo.com/mrss/" xml:lang="${S.language}">
<title>Harbour Times</title><id>https://harbour.example/</id><updated>${S.updated}</updated><entry>
<title>${S.headline}</title><id>${S.id}</id><link rel="alternate" href="${S.url}"/><link rel="license" href="${S.license}"/>
<published>${S.published}</published><updated>${S.updated}</updated>
<author><name>${S.name}</name><email>${S.email}</email><uri>${S.page}</uri></author><contributor><name>${S.photographer}</name></contributor>
<category term="${S.section}"/><category term="${S.tag}"/><rights>${S.copyright}</rights>
<media:content url="${S.picture}" medium="image"><media:title>${S.alt}</media:title><media:description>${S.caption}</media:description><media:credit>${S.credit}</media:credit></media:content>
<summary>${S.dek}</summary><content type="html">${escaped(LED)}</content>
${held ? "<app:control><app:draft>yes</app:draft></app:control>" : ""}</entry></feed>`;

const json = (held: boolean): string =>
  JSON.stringify({
    version: "https://jsonfeed.org/version/1.1",
    title: "Harbour Times",
    home_page_url: "https://harbour.example/",
    language: S.language,
    items: [
      {
        id: S.id,
        url: S.url,
        title: S.headline,
        summary: S.dek,
        content_html: FIGURE + LED,
        image: S.picture,
        date_published: S.published,
        date_modified: S.updated,
        authors: [{ name: S.name, url: S.page }],
        tags: [S.section, S.tag],
        ...(held ? { _cms: { status: "draft" } } : {}),
      },
    ],
  });

const wxr = (
  held: boolean,
): string => `<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/"
 xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>Harbour Times</title><link>https://harbour.example</link><language>${S.language}</language>
<wp:wxr_version>1.2</wp:wxr_version><wp:base_site_url>https://harbour.example</wp:base_site_url><wp:base_blog_url>https://harbour.example</wp:base_blog_url>
<wp:author><wp:author_id>1</wp:author_id><wp:author_login>marta</wp:author_login><wp:author_email>${S.email}</wp:author_email><wp:author_display_name>${S.name}</wp:author_display_name></wp:author>
<item><title>pier</title><link>https://harbour.example/pier/</link><dc:creator>marta</dc:creator><guid isPermaLink="false">${S.picture}</guid>
<excerpt:encoded><![CDATA[${S.caption} Photo: ${S.credit}]]></excerpt:encoded><content:encoded></content:encoded><wp:post_id>7</wp:post_id><wp:post_type>attachment</wp:post_type><wp:status>inherit</wp:status>
<wp:attachment_url>${S.picture}</wp:attachment_url><wp:postmeta><wp:meta_key>_wp_attachment_image_alt</wp:meta_key><wp:meta_value>${S.alt}</wp:meta_value></wp:postmeta></item>
<item><title>${S.headline}</title><link>${S.url}</link><pubDate>Mon, 02 Mar 2026 09:00:00 +0000</pubDate><dc:creator>marta</dc:creator>
<guid isPermaLink="false">${S.id}</guid><content:encoded><![CDATA[${LED}]]></content:encoded><excerpt:encoded><![CDATA[${S.dek}]]></excerpt:encoded>
<wp:post_id>8</wp:post_id><wp:post_date>2026-03-02 09:00:00</wp:post_date><wp:post_date_gmt>2026-03-02 09:00:00</wp:post_date_gmt>
<wp:post_modified>2026-03-05 10:30:00</wp:post_modified><wp:post_modified_gmt>2026-03-05 10:30:00</wp:post_modified_gmt>
<wp:post_name>night-ferry-returns</wp:post_name><wp:status>${held ? "private" : "publish"}</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="town">${S.section}</category><category domain="post_tag" nicename="ferries">${S.tag}</category>
<wp:postmeta><wp:meta_key>_thumbnail_id</wp:meta_key><wp:meta_value>7</wp:meta_value></wp:postmeta></item></channel></rss>`;

const ghost = (held: boolean): string =>
  JSON.stringify({
    db: [
      {
        meta: { version: "5.82.0" },
        data: {
          posts: [
            {
              ...{
                id: "1",
                uuid: S.id,
                title: S.headline,
                slug: "night-ferry-returns",
                html: LED,
                type: "post",
              },
              ...{ visibility: "public", status: held ? "draft" : "published", feature_image: S.picture },
              ...{
                custom_excerpt: S.dek,
                published_at: S.published,
                updated_at: S.updated,
                locale: S.language,
              },
            },
          ],
          posts_meta: [
            {
              post_id: "1",
              feature_image_alt: S.alt,
              feature_image_caption: `${S.caption} Photo: ${S.credit}`,
            },
          ],
          users: [{ id: "2", name: S.name, email: S.email, bio: S.bio, website: S.page }],
          posts_authors: [{ post_id: "1", author_id: "2", sort_order: 0 }],
          tags: [
            { id: "3", name: S.section, slug: "town" },
            { id: "4", name: S.tag, slug: "ferries" },
          ],
          posts_tags: [
            { post_id: "1", tag_id: "3", sort_order: 0 },
            { post_id: "1", tag_id: "4", sort_order: 1 },
          ],
          settings: [
            { key: "url", value: "https://harbour.example/" },
            { key: "locale", value: S.language },
          ],
        },
      },
    ],
  });

const blogger = (
  held: boolean,
): string => `<feed xmlns="http://www.w3.org/2005/Atom" xmlns:app="http://purl.org/atom/app#">
<id>tag:blogger.com,1999:blog-7.archive</id><updated>${S.updated}</updated><title>Harbour Times</title><generator uri="http://www.blogger.com">Blogger</generator>
<entry><id>${S.id}</id><published>${S.published}</published><updated>${S.updated}</updated>
<category scheme="http://schemas.google.com/g/2005#kind" term="http://schemas.google.com/blogger/2008/kind#post"/>
<category scheme="http://www.blogger.com/atom/ns#" term="${S.section}"/><category scheme="http://www.blogger.com/atom/ns#" term="${S.tag}"/>
<title>${S.headline}</title><content type="html">${escaped(FIGURE + TEXT)}</content><link rel="alternate" href="${S.url}"/>
<author><name>${S.name}</name><uri>${S.page}</uri><email>noreply@blogger.com</email></author>
${held ? "<app:control><app:draft>yes</app:draft></app:control>" : ""}</entry></feed>`;

const medium =
  (): string => `<!doctype html><html><head><title>${S.headline}</title></head><body><article class="h-entry">
<header><h1 class="p-name">${S.headline}</h1></header><section data-field="subtitle" class="p-summary">${S.dek}</section>
<section class="e-content"><h3 class="graf--title">${S.headline}</h3>${FIGURE}${LED}</section>
<footer><p>By <a href="${S.page}" class="p-author h-card">${S.name}</a> on <a href="${S.url}"><time class="dt-published" datetime="${S.published}">March 2, 2026</time></a>.</p><p><a href="${S.url}" class="p-canonical">Canonical link</a></p></footer></article></body></html>`;

/** As Hugo has it. */
const markdown = (held: boolean) => `---
title: "${S.headline}"
description: "${S.dek}"
date: ${S.published}
lastmod: ${S.updated}
draft: ${held}
categories: [${S.section}]
tags: [${S.tag}]
lang: ${S.language}
dateline: ${S.dateline}
url: /town/night-ferry-returns
author: {name: ${S.name}, email: ${S.email}, url: "${S.page}", bio: "${S.bio}"}
cover: {image: "${S.picture}", alt: "${S.alt}", caption: "${S.caption}", credit: ${S.credit}}
---
${S.text}

${S.more} [The budget](${S.link})
`;

export const SOURCES: readonly SourceFile[] = [
  { kind: "Saved page", name: "page.html", content: page },
  { kind: "Page as text", name: "page.txt", content: text },
  { kind: "RSS", name: "feed.rss", content: rss },
  { kind: "Atom", name: "feed.atom", content: atom },
  { kind: "JSON Feed", name: "feed.json", content: json },
  { kind: "WordPress", name: "export.xml", content: wxr },
  { kind: "Ghost", name: "ghost.json", content: ghost },
  { kind: "Blogger", name: "blogger.xml", content: blogger },
  { kind: "Medium", name: "post.html", content: medium },
  { kind: "Markdown", name: "content/town/night-ferry-returns.md", content: markdown },
];
