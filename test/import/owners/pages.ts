// Saved pages, generated: each part of an article in any of the places and the markup that newspapers give it.

import fc from "fast-check";
import { wordsOf } from "./owners.ts";
import { STORIES, type Story } from "./stories.ts";

type Part = (story: Story) => string;

const one = (...parts: readonly Part[]) => fc.constantFrom(...parts);
const maybe = (part: fc.Arbitrary<Part>) => fc.option(part, { nil: () => "" });

const headline = one(
  ({ headline }) => `<h1>${headline}</h1>`,
  ({ headline }) => `<h1 class="headline"><span>${headline}</span></h1>`,
  ({ headline }) => `<h1 itemprop="headline">${headline}</h1>`,
);
const dek = one(
  ({ dek }) => `<p class="standfirst">${dek}</p>`,
  ({ dek }) => `<div class="article__dek"><span>${dek}</span></div>`,
  ({ dek }) => `<h2 class="subtitle">${dek}</h2>`,
  ({ dek }) => `<h2>${dek}</h2>`,
  ({ dek }) => `<p>${dek}</p>`,
  ({ dek }) => `<p><em>${dek}</em></p>`,
);
const byline = one(
  ({ byline }) => `<p>${byline}</p>`,
  ({ byline }) => `<div class="byline">${byline}</div>`,
  ({ byline }) => `<span class="author vcard">${byline}</span>`,
  ({ byline, names: [first, second] }) =>
    `<p class="byline">${byline.replace(first, `<a rel="author" href="/a">${first}</a>`).replace(second, `<a rel="author" href="/b">${second}</a>`)}</p>`,
  ({ byline, day }) => `<div class="meta"><span class="author">${byline}</span> | <time>${day}</time></div>`,
  ({ byline }) => `<address>${byline}</address>`,
);
const date = one(
  ({ day }) => `<p>${day}</p>`,
  ({ day }) => `<time datetime="2026-03-02T10:00:00Z">${day}</time>`,
  ({ day }) => `<p class="date">${day}</p>`,
  ({ day, updated }) => `<div class="dates"><span>${day}</span> <span>${updated}</span></div>`,
);
const picture = one(
  ({ caption, credit }) =>
    `<figure><img src="a.jpg" alt=""><figcaption>${caption} <span class="credit">${credit}</span></figcaption></figure>`,
  ({ caption, credit }) =>
    `<figure><img src="a.jpg"><figcaption>${caption} (${credit}/Fotodienst)</figcaption></figure>`,
  ({ caption, credit }) =>
    `<div class="image"><img src="a.jpg"><p class="caption">${caption}</p><p class="credit">Photo: ${credit}</p></div>`,
  ({ caption }) => `<div class="wp-caption"><img src="a.jpg"><p class="wp-caption-text">${caption}</p></div>`,
  ({ caption, credit }) =>
    `<figure><div><img src="a.jpg"></div><figcaption><p>${caption}</p><p>Foto: ${credit}</p></figcaption></figure>`,
);
const related = one(
  ({ related, relatedTitle }) =>
    `<aside class="related"><h3>${relatedTitle}</h3><ul>${items(related)}</ul></aside>`,
  ({ related, relatedTitle }) => `<div class="related"><h3>${relatedTitle}</h3>${items(related)}</div>`,
  ({ related, relatedTitle }) => `<h3>${relatedTitle}</h3><ul>${items(related)}</ul>`,
  ({ related: [first], relatedTitle }) => `<p>${relatedTitle}: <a href="/r">${first}</a></p>`,
  ({ related }) => `<section class="recommended">${items(related)}</section>`,
);
const items = (related: readonly string[]): string =>
  related.map((title, at) => `<li><a href="/r${at}">${title}</a></li>`).join("");
const facts = one(
  ({ facts }) => `<aside><p>${facts}</p></aside>`,
  ({ facts }) => `<div class="infobox">${facts}</div>`,
  ({ facts }) => `<div class="promo">${facts}</div>`,
  ({ facts }) => `<section class="factbox"><p>${facts}</p></section>`,
);
const quote = one(
  ({ quote }) => `<blockquote><p>${quote}</p></blockquote>`,
  ({ quote }) => `<aside class="pullquote">${quote}</aside>`,
  ({ quote }) => `<div class="quote"><p>“${quote}”</p></div>`,
);
const heading = one(
  ({ heading }) => `<h2>${heading}</h2>`,
  ({ heading }) => `<p><strong>${heading}</strong></p>`,
);
const bio = one(
  ({ bio }) => `<p>${bio}</p>`,
  ({ bio }) => `<p><em>${bio}</em></p>`,
  ({ bio }) => `<div class="author-bio"><p>${bio}</p></div>`,
  ({ bio }) => `<footer><p>${bio}</p></footer>`,
);
const signOff = one(
  ({ signOff }) => `<p>${signOff}</p>`,
  ({ signOff }) => `<p><em>${signOff}</em></p>`,
  ({ signOff }) => `<div class="contributors">${signOff}</div>`,
);
const correction = one(
  ({ correction }) => `<p>${correction}</p>`,
  ({ correction }) => `<p><em>${correction}</em></p>`,
  ({ correction }) => `<div class="correction"><p>${correction}</p></div>`,
  ({ correction }) => `<footer class="correction">${correction}</footer>`,
);
const dateline = one(
  ({ dateline }) => dateline,
  ({ dateline }) => `<strong>${dateline}</strong>`,
  ({ dateline }) => `<span class="dateline">${dateline}</span>`,
);

const head = one(
  () => "",
  ({ names: [name] }) => `<meta name="author" content="${name}">`,
  ({ names, headline, dek }) =>
    `<script type="application/ld+json">${JSON.stringify({ "@type": "NewsArticle", headline, description: dek, author: names.map((name) => ({ "@type": "Person", name })), datePublished: "2026-03-02T10:00:00Z" })}</script>`,
  ({ dek }) =>
    `<meta property="og:type" content="article"><meta property="og:description" content="${dek}"><meta property="article:published_time" content="2026-03-02T10:00:00Z">`,
  () => `<meta name="description" content="All about canals."><meta name="author" content="Zenith Weekly">`,
);

/** Any page. */
export const layouts = fc.record({
  story: fc.constantFrom(...STORIES),
  head,
  headline,
  above: fc
    .tuple(dek, byline, date, picture)
    .chain((parts) => fc.shuffledSubarray([...parts], { minLength: 2 })),
  inHeader: fc.boolean(),
  dateline: maybe(dateline),
  inside: fc
    .tuple(related, facts, quote, heading, picture)
    .chain((parts) => fc.shuffledSubarray([...parts], { maxLength: 3 })),
  places: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 3 }),
  below: fc
    .tuple(bio, signOff, correction, related)
    .chain((parts) => fc.shuffledSubarray([...parts], { maxLength: 3 })),
  outside: fc.boolean(),
  wrap: fc.constantFrom(
    ["<article>", "</article>"],
    ["<main>", "</main>"],
    ["<main><article>", "</article></main>"],
    ['<div class="article-body">', "</div>"],
    ['<div class="c1"><div class="entry-content">', "</div></div>"],
    ['<div itemprop="articleBody">', "</div>"],
    ["<div>", "</div>"],
  ),
  menus: fc.boolean(),
});

/** One page. */
export type Layout = typeof layouts extends fc.Arbitrary<infer T> ? T : never;

/** The page as HTML. */
export function pageOf(layout: Layout): string {
  const { story, wrap, inside, places, menus } = layout;
  // A picture with its words stands on a page once.
  const pictures = new Set<Part>();
  const isAgain = (part: Part) => part(story).includes("<img") && (pictures.size > 0 || !pictures.add(part));
  const write = (parts: readonly Part[]) => parts.flatMap((part) => (isAgain(part) ? [] : [part(story)]));
  const [opening, ...others] = story.paragraphs;
  const text = [opening, ...others].map(
    (paragraph, at) => `<p>${at === 0 ? layout.dateline(story) : ""}${paragraph}</p>`,
  );
  for (const [at, part] of write(inside).entries()) text.splice(places[at] ?? 1, 0, part);
  const top = [layout.headline(story), ...write(layout.above)].join("\n");
  const about = layout.inHeader ? `<header>${top}</header>` : top;
  const [open, close] = wrap;
  const below = write(layout.below).join("\n");
  const content = layout.outside
    ? `${about}${open}${text.join("\n")}${below}${close}`
    : `${open}${about}${text.join("\n")}${below}${close}`;
  const menu = menus ? '<nav><a href="/">Zenith</a> <a href="/sport">Sport</a></nav>' : "";
  return `<!doctype html><html lang="${story.language}"><head><title>${story.headline} | Zenith Weekly</title>${layout.head(story)}</head><body>${menu}${content}</body></html>`;
}

/** The words that `html` shows, without its menus. */
export const shownIn = (html: string): ReadonlySet<string> =>
  new Set(wordsOf(html.replace(/<nav>.*?<\/nav>/g, "").replace(/^[\s\S]*<body>|<[^>]*>/g, " ")));
