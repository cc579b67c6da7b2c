// Whatever an article and a policy contain, every profile writes a well-formed document: no element that the
// policy doesn't allow, no word beyond the cut, and no trace of a picture that the partner has no right to.

import fc from "fast-check";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import { visit } from "unist-util-visit";
import { expect, it } from "vitest";
import type { Env } from "../../src/env.ts";
import { IsolateCache } from "../../src/isolate.ts";
import { renderItem } from "../../src/partners/partner-item.ts";
import { checkPolicy, type Policy, PROFILE_NAMES } from "../../src/partners/policy.ts";
import { PROFILES } from "../../src/partners/profiles/index.ts";
import { elementsOf, textsAt } from "../formats/strict.ts";
import { SITE, store } from "../pipeline.ts";
import { instant } from "./items.ts";

const HOSTILE = [
  ...[
    "]]>",
    "<![CDATA[",
    "<!--",
    "-->",
    "</item>",
    "</content:encoded>",
    "<b>",
    "&",
    "&amp;",
    "&#1;",
    "<",
    ">",
  ],
  ...[
    '"',
    "'",
    "$&",
    "\\",
    "\0",
    "\u001f",
    "\ufffe",
    "\uffff",
    "\ud800",
    "\u2028",
    "\u202e",
    "مرحبا",
    "👩‍👧",
    "{token}",
  ],
];
const texts = fc
  .array(fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "binary", maxLength: 5 })), { maxLength: 6 })
  .map((parts) => `x${parts.join("")}`);
const FREE = "https://cdn.example/free.png";
const OWN = "https://cdn.example/kept-back.png";
const WRAPPERS = [
  ...[
    "div",
    "section",
    "blockquote",
    "ul><li",
    "ol><li",
    "table><tr><td",
    "figure",
    "details",
    "aside",
    "b",
    "a href='#'",
  ],
  "dl><dd",
] as const;
const closed = (open: string) =>
  open
    .split("><")
    .toReversed()
    .map((tag) => `</${tag.split(" ")[0]}>`)
    .join("");
const MEDIA = [
  `<img src="${FREE}">`,
  `<img src="${OWN}">`,
  `<figure><img src="${OWN}" alt="kept"></figure>`,
  `<a href="${OWN}#a">picture</a>`,
  `<video src="https://v.example/f.mp4" poster="${OWN}"></video>`,
  `<iframe src="https://player.example.com/1" title="x"></iframe>`,
  "<table><tr><td>open",
  "<p dir=rtl>",
  "</div></p></ul>",
  "<br>",
];
const piece = fc.letrec<{ piece: string }>((tie) => ({
  piece: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    fc.constantFrom("<p>word</p>", `<p>${"many words ".repeat(80)}</p>`),
    fc.constantFrom(...MEDIA),
    texts,
    fc
      .tuple(fc.constantFrom(...WRAPPERS), fc.array(tie("piece"), { maxLength: 3 }))
      .map(([open, inner]) => `<${open}>${inner.join("")}${closed(open)}`),
  ),
})).piece;

const article = fc.record(
  {
    headline: texts.map((one) => one.padEnd(30, "x").slice(0, 140)),
    dek: texts,
    tags: fc.array(texts, { maxLength: 2 }),
    bylines: fc.constant([{ name: "Ana" }]),
    published: fc.constant("2024-10-24T11:30:00Z"),
    language: fc.constantFrom("en", "ar", "de"),
    images: fc.constant([
      { src: OWN, caption: "kept-back caption", syndicate: false },
      { src: FREE, type: "image/png", length: 9, width: 1600, height: 900, credit: "Kay", alt: "x" },
    ]),
    corrections: fc.array(
      texts.map((text) => ({ at: "2024-10-25T09:00:00Z", kind: "correction", text })),
      {
        maxLength: 1,
      },
    ),
    rights: fc.record({ copyright: texts, terms: texts }),
    body: fc.array(piece, { maxLength: 6 }).map((parts) => ({ html: parts.join("\n") })),
  },
  { requiredKeys: ["headline", "published", "images", "body", "bylines"] },
);

const tags = [
  "p",
  "a",
  "div",
  "img",
  "b",
  "ul",
  "li",
  "figure",
  "blockquote",
  "table",
  "td",
  "iframe",
  "video",
  "x1",
];
const policy = fc.record(
  {
    content: fc.oneof(
      fc.constantFrom("full", "excerpt"),
      fc.record({ paragraphs: fc.integer({ min: 1, max: 4 }) }),
    ),
    attribution: texts,
    html: fc.record({
      tags: fc.subarray(tags, { minLength: 1 }),
      embeds: fc.constantFrom([], ["player.example.com"]),
    }),
    link: fc.record({
      parameters: fc.dictionary(fc.constantFrom("utm_source", "__proto__", "a.b", "constructor"), texts, {
        maxKeys: 2,
      }),
    }),
    images: fc.record({ rights: fc.constantFrom("syndicate", "credited") }),
  },
  { requiredKeys: [] },
);

/** What `renderItem` gives for an article that was just published. */
async function itemOf(input: unknown, asked: object, profile: (typeof PROFILE_NAMES)[number]) {
  const stored = await store({ article: input });
  const checked = checkPolicy({ id: "x", name: "X", profile, ...asked }, SITE);
  if (!stored.ok || !checked.ok) return undefined;
  const now = instant("2024-10-24T11:30:00Z");
  const candidate = {
    ...{
      id: stored.value.id,
      slug: "a-slug",
      headline: "",
      version: 2,
      published: now,
      changedAt: now,
      noticed: true,
    },
    ...{ tags: [], syndicate: true, sponsored: false, corrections: 0, known: false },
  };
  const record = { policy: checked.value, digest: "d", generation: 1 };
  const runtime = { env: {} as Env, site: SITE, fingerprint: "f", isolate: new IsolateCache() };
  const context = { ...runtime, record, profile: PROFILES[profile] };
  const rendered = await renderItem({ candidate, state: "published" }, { article: stored.value }, context);
  return { rendered, policy: checked.value, stored: stored.value };
}

function htmlOf(profile: (typeof PROFILE_NAMES)[number], body: string): string {
  const { open, close } = PROFILES[profile].envelope(
    {
      ...{
        id: "tag:x,2024:x",
        title: SITE.title,
        description: SITE.description,
        link: `${SITE.url}/`,
        language: "en",
      },
      ...{ updated: instant("2024-10-24T11:30:00Z"), ttlMinutes: 5, tombstones: [], archive: {} },
    },
    SITE,
  );
  const document = open + body + close;
  if (profile === "json") return JSON.parse(document).items[0].content_html;
  if (profile === "ninjs") return JSON.parse(document)[0].bodies?.[0].value ?? "";
  const elements = elementsOf(document);
  if (profile === "atom") return textsAt(elements, "feed/entry/content")[0] ?? "";
  return textsAt(elements, "rss/channel/item/content:encoded")[0] ?? "";
}

const starts = (html: string): number => html.match(/<[a-z]/g)?.length ?? 0;

const allowedBy = (policy: Policy, profile: (typeof PROFILE_NAMES)[number]) => {
  const own = PROFILES[profile].tags;
  const { tags } = policy.html;
  return tags && own ? tags.filter((tag) => own.includes(tag)) : (tags ?? own);
};

it.each(PROFILE_NAMES)(
  "%s",
  async (profile) => {
    await fc.assert(
      fc.asyncProperty(article, policy, async (input, asked) => {
        const item = await itemOf(input, asked, profile);
        if (!item) return;
        const { rendered, policy } = item;
        expect(JSON.stringify(rendered)).not.toContain("kept-back");
        expect(JSON.stringify(rendered.problems)).not.toContain("can't be written");
        if (rendered.body === "") return;
        const html = htmlOf(profile, rendered.body);
        const allowed = allowedBy(policy, profile);
        // Elements stand where a parser of HTML leaves them.
        const tree = fromHtml(html, { fragment: true });
        expect(starts(toHtml(tree)), html).toBe(starts(html));
        visit(tree, "element", ({ tagName, properties }) => {
          if (allowed && !["tbody", "tr", "colgroup"].includes(tagName)) expect(allowed).toContain(tagName);
          if (tagName === "iframe")
            expect(policy.html.embeds).toContain(new URL(String(properties.src)).host);
        });
      }),
      { numRuns: 100 },
    );
  },
  60_000,
);
