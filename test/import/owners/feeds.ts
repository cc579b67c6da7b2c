// Items of feeds, generated: an article's parts in the elements and the markup that systems give them.

import fc from "fast-check";
import { STORIES, type Story } from "./stories.ts";

type Part = (story: Story) => string;

const one = (...parts: readonly Part[]) => fc.constantFrom(...parts);

const picture = one(
  ({ caption, credit }) =>
    `<figure><img src="https://pics.example/a.jpg"><figcaption>${caption} (${credit}/Fotodienst)</figcaption></figure>`,
  ({ caption, credit }) =>
    `<figure><figcaption>${caption}</figcaption><span class="credit">${credit}</span><img src="https://pics.example/a.jpg" alt=""/></figure>`,
  ({ caption, facts }) =>
    `<figure class="slide"><figcaption>${caption}</figcaption><img src="https://pics.example/a.jpg"><div class="body"><p>${facts}</p></div></figure>`,
  ({ caption, facts }) =>
    `<figure><img src="https://pics.example/a.jpg"><figcaption>${caption}</figcaption>${facts}</figure>`,
  ({ caption, facts }) =>
    `<figure><img src="https://pics.example/a.jpg"><figcaption>${caption}</figcaption><div>${facts}<br>Wexmoor.</div></figure>`,
  ({ caption }) =>
    `<div class="wp-caption"><img src="https://pics.example/a.jpg"><p class="wp-caption-text">${caption}</p></div>`,
  ({ caption }) => `<p><img src="https://pics.example/a.jpg" alt="${caption}"></p>`,
);
const quote = one(
  ({ quote }) => `<blockquote>${quote}</blockquote>`,
  ({ quote }) => `<aside>${quote}</aside>`,
  ({ quote }) => `<details><summary>?</summary>${quote}</details>`,
  ({ quote }) => `<q>${quote}</q>`,
);
const correction = one(
  ({ correction }) => `<p><em>${correction}</em></p>`,
  ({ correction }) => `<footer>${correction}</footer>`,
  ({ correction }) => `<del>Was</del> <ins>${correction}</ins>`,
  ({ correction }) => `<table><tr><td>${correction}</td></tr></table>`,
);
const heading = one(
  ({ heading }) => `<h2>${heading}</h2>`,
  ({ heading }) => `<header><h3>${heading}</h3></header>`,
  ({ heading }) => `<p><mark>${heading}</mark></p>`,
);

/** An item. */
export const layouts = fc.record({
  story: fc.constantFrom(...STORIES),
  parts: fc
    .tuple(picture, quote, correction, heading)
    .chain((parts) => fc.shuffledSubarray([...parts], { maxLength: 3 })),
  places: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 3, maxLength: 3 }),
  paragraph: fc.constantFrom("p", "div", "section", "li", "br"),
  dek: fc.constantFrom("none", "summary", "html", "start"),
  format: fc.constantFrom("rss", "description", "atom", "json"),
});

/** One item. */
export type Layout = typeof layouts extends fc.Arbitrary<infer T> ? T : never;

/** A feed of the one item. */
export function feedOf({ story, parts, places, paragraph, dek, format }: Layout): string {
  const text = story.paragraphs.map((words) =>
    paragraph === "br" ? `${words}<br><br>` : `<${paragraph}>${words}</${paragraph}>`,
  );
  for (const [at, part] of parts.entries()) text.splice(places[at] ?? 0, 0, part(story));
  const html = text.join("\n");
  const summary = {
    none: "",
    summary: story.dek,
    html: `<p>${story.dek}</p>`,
    start: `${story.paragraphs[0].slice(0, 60)}…`,
  }[dek];
  const { headline, names } = story;
  if (format === "json")
    return JSON.stringify({
      version: "https://jsonfeed.org/version/1.1",
      title: "Zenith",
      items: [
        { id: "1", title: headline, content_html: html, summary, authors: names.map((name) => ({ name })) },
      ],
    });
  const escaped = (value: string) => value.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  if (format === "atom")
    return `<feed xmlns="http://www.w3.org/2005/Atom"><title>Zenith</title><entry><id>1</id><title>${headline}</title>${names.map((name) => `<author><name>${name}</name></author>`).join("")}<summary type="html">${escaped(summary)}</summary><content type="html">${escaped(html)}</content></entry></feed>`;
  const content =
    format === "rss"
      ? `<description>${escaped(summary)}</description><content:encoded><![CDATA[${html}]]></content:encoded>`
      : `<description>${escaped(html)}</description>`;
  return `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Zenith</title><item><title>${headline}</title>${names.map((name) => `<dc:creator>${name}</dc:creator>`).join("")}${content}</item></channel></rss>`;
}

/** The words that the item shows. */
export const shownIn = ({ story, parts, dek, format }: Layout): string =>
  [
    story.headline,
    ...story.names,
    ...story.paragraphs,
    ...parts.map((part) =>
      part(story)
        .replace(/alt="([^"]*)"/g, ">$1<")
        .replace(/<[^>]*>/g, " "),
    ),
    ...(dek === "none" || dek === "start" || format === "description" ? [] : [story.dek]),
  ].join("\n");
