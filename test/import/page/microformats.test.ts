// An h-entry: what its classes say of the article.

import { describe, expect, it } from "vitest";
import { readPage } from "../../../src/import/page/saved-page.ts";

const TEXT =
  '<div class="e-content"><p>The lamp at the end of the quay went out at two in the morning, and nobody saw it until the ferry came in at six.</p><p>The keeper has a new one, he says, and will put it up on Monday, if the wind lets him climb the ladder. <a class="u-url" href="https://ida.example/within">x</a></p></div>';
const HEAD = `<h2 class="p-name">The lamp is out</h2>
<p class="p-summary">A short night at the quay.</p>
<p><a class="p-author h-card u-url" href="https://ida.example/about">Ida Fenn</a>
<time class="dt-published" datetime="2024-05-06T07:08:00+02:00">6 May</time>
<time class="dt-updated" datetime="2024-05-07T07:08:00+02:00">7 May</time>
<a class="u-url" href="https://ida.example/2024/lamp">Permalink</a></p>`;
const COMMENT =
  '<div class="p-comment h-cite"><a class="u-url" href="https://bo.example/1">Bo</a><p class="p-content">I saw it out, too, and said so in the pub.</p><time class="dt-published" datetime="2024-05-08T00:00:00Z">8 May</time></div>';
const CATEGORIES =
  '<p><a class="p-category" href="/t/lamps">lamps</a> <a class="p-category" href="/t/quay">quay</a></p>';
const page = (entry: string) =>
  `<!doctype html><html lang="en"><head><title>Harbour notes</title></head><body><div class="h-card"><a class="p-name u-url" href="https://owner.example/">Owner</a></div><main>${entry}</main></body></html>`;
const entry = (...parts: readonly string[]) => `<div class="h-entry">${parts.join("")}</div>`;
const read = (content: string) => readPage({ name: "x.html", content }).articles[0];

it("says what the article is, and not what its author, its text or its comments are", () => {
  expect(read(page(entry(HEAD, TEXT, CATEGORIES, COMMENT)))).toMatchObject({
    headline: "The lamp is out",
    dek: "A short night at the quay.",
    bylines: [{ name: "Ida Fenn", url: "https://ida.example/about" }],
    published: { kind: "instant", value: "2024-05-06T07:08:00+02:00" },
    updated: { kind: "instant", value: "2024-05-07T07:08:00+02:00" },
    url: "https://ida.example/2024/lamp",
    tags: ["lamps", "quay"],
  });
});

describe("its address", () => {
  it("is that of the canonical link, where there is one", () => {
    const content = page(entry(HEAD, TEXT)).replace(
      "</head>",
      '<link rel="canonical" href="https://ida.example/canonical"></head>',
    );
    expect(read(content)?.url).toBe("https://ida.example/canonical");
  });

  it("is unknown where it is relative, or where the page lists several entries", () => {
    expect(read(page(entry(HEAD.replace("https://ida.example/2024", ""), TEXT)))?.url).toBeUndefined();
    const other = entry('<a class="u-url" href="https://ida.example/b">b</a>');
    expect(read(page(entry(HEAD, TEXT) + other))?.url).toBeUndefined();
  });
});
