// The table in docs/import.md of what an import keeps of each source. With `--update` (`-u`), this writes it there.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { detectSource } from "../../src/cli/import/detect-source.ts";
import { toHtml } from "../../src/cli/import/generator-site.ts";
import type { ImportedArticle } from "../../src/import/importer.ts";
import { GENERATORS, NO_GENERATOR } from "../../src/import/markdown/generators.ts";
import { readMarkdownSite } from "../../src/import/markdown/markdown-site.ts";
import { SOURCES, type SourceFile, STORY } from "./survives-sources.ts";

const PAGE = "../../docs/import.md";
const START = "<!-- test/import/survives.test.ts writes this table -->\n";
const END = "\n<!-- end -->";

/** A site of Hugo, as far as its settings say something. */
const SITE = {
  generator: GENERATORS.find(({ name }) => name === "Hugo") ?? NO_GENERATOR,
  settings: { baseURL: "https://harbour.example/" },
  people: {},
  defaultsOf: () => ({}),
};
const NOTHING_AROUND = {
  toHtml,
  pictureOf: () => undefined,
  coverIn: () => undefined,
  now: "2026-11-30T00:00:00Z",
};

function imported({ name, content }: SourceFile, held: boolean): ImportedArticle {
  if (name.endsWith(".md")) {
    const article = readMarkdownSite([{ path: name, content: content(held) }], SITE, NOTHING_AROUND)[0]
      ?.articles[0];
    if (!article) throw new Error(`${name} has no article`);
    return article;
  }
  const detected = detectSource(content(held), name);
  if (!detected.ok) throw new Error(JSON.stringify(detected.problems));
  const [article, ...others] = detected.value.read({ name, content: content(held) }).articles;
  if (!article || others.length > 0) throw new Error(`${name}: ${others.length} articles too many`);
  return article;
}

const SAME_PAGE = /^https:\/\/harbour\.example\/(?:town\/)?night-ferry-returns\/?$/;

/** Whether each field is what the source says of it. */
const FIELDS: Readonly<Record<string, (article: ImportedArticle) => unknown>> = {
  "the text": ({ body }) => [STORY.text, STORY.more].every((words) => JSON.stringify(body).includes(words)),
  "its links": ({ body }) => JSON.stringify(body).includes(STORY.link),
  headline: ({ headline }) => headline === STORY.headline,
  "standfirst (`dek`)": ({ dek }) => dek === STORY.dek,
  "author's name": ({ bylines = [] }) => bylines[0]?.name === STORY.name,
  "author's e-mail address": ({ bylines = [] }) => bylines[0]?.email === STORY.email,
  "author's page": ({ bylines = [] }) => bylines[0]?.url === STORY.page,
  "author's bio": ({ bylines = [] }) => bylines[0]?.bio === STORY.bio,
  "who else worked on it": ({ bylines = [] }) =>
    bylines.some(({ name, role = "author" }) => name === STORY.photographer && role !== "author"),
  dateline: ({ dateline }) => dateline === STORY.dateline,
  "section, by its name": ({ sections = [] }) => sections.includes(STORY.section),
  tags: ({ sections = [], tags = [] }) => [...sections, ...tags].includes(STORY.tag),
  "time of publication": ({ published }) =>
    published?.kind === "instant" && published.value === STORY.published,
  "time of the last change": ({ updated }) => updated?.kind === "instant" && updated.value === STORY.updated,
  language: ({ language }) => language?.startsWith("en"),
  "lead picture": ({ images = [] }) => images[0]?.src === STORY.picture,
  "its alternative text": ({ images = [] }) => images[0]?.alt === STORY.alt,
  "its caption": ({ images = [] }) => images[0]?.caption === STORY.caption,
  "its credit": ({ images = [] }) => images[0]?.credit === STORY.credit,
  copyright: ({ rights }) => rights?.copyright === STORY.copyright,
  licence: ({ rights }) => rights?.license === STORY.license,
  // Ghost's addresses have no section.
  "address, or a redirect from it": ({ url, oldAddresses = [] }) =>
    [url, ...oldAddresses].some((one) => one !== undefined && SAME_PAGE.test(one)),
  id: ({ id }) => id === STORY.id,
};

function table(): string {
  const open = SOURCES.map((source) => imported(source, false));
  const held = SOURCES.map((source) =>
    source.content(true) === source.content(false) ? undefined : imported(source, true),
  );
  const rows = [
    ...Object.entries(FIELDS).map(([name, survives]) => [
      name,
      ...open.map((one) => (survives(one) ? "yes" : "–")),
    ]),
    ["that it isn't public", ...held.map((one) => (one?.draft ? "yes" : "–"))],
  ];
  const heads = ["", ...SOURCES.map(({ kind }) => kind)];
  return [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

it("docs/import.md says what an import keeps of each source", async () => {
  const page = readFileSync(join(import.meta.dirname, PAGE), "utf8");
  const [before, rest = ""] = page.split(START);
  const [, after] = rest.split(END);
  await expect(`${before}${START}${table()}${END}${after}`).toMatchFileSnapshot(PAGE);
});

it.each(SOURCES.map((source) => [source.kind, source] as const))(
  "%s: the text has no words twice",
  (_, source) => {
    const { body } = imported(source, false);
    expect(JSON.stringify(body).split(STORY.more)).toHaveLength(2);
  },
);
