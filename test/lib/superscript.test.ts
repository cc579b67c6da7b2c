// What becomes of raised and lowered text, and of footnotes' marks, wherever text is made of HTML.

import { describe, expect, it } from "vitest";
import { cleanBody } from "../../src/html/clean.ts";
import { textOfHtml } from "../../src/import/normalize-html.ts";
import { html } from "../../src/lib/text.ts";
import { ninjs } from "../../src/partners/profiles/ninjs.ts";
import { itemOf } from "../partners/items.ts";
import { SITE, unwrap } from "../pipeline.ts";

const CASES: readonly (readonly [markup: string, line: string])[] = [
  ["10<sup>6</sup> boats", "10⁶ boats"],
  ["10<sup>−9</sup> m, x<sup>n+1</sup>", "10⁻⁹ m, xⁿ⁺¹"],
  ["CO<sub>2</sub> and H<sub>2</sub>O", "CO₂ and H₂O"],
  ["x<sub>max</sub>, V<sub>BE</sub>, t<sub>1, 2</sub>", "xₘₐₓ, V_BE, t_(1, 2)"],
  ["e<sup>iπ</sup> and a<sup>q/2</sup>", "e^iπ and a^(q/2)"],
  ["the 21<sup>st</sup>, le 1<sup>er</sup> mai, XX<sup>e</sup> siècle", "the 21st, le 1er mai, XXe siècle"],
  ["M<sup>me</sup> Curie, el 1.<sup>o</sup>, N<sup>o</sup> 5", "Mme Curie, el 1.º, Nº 5"],
  ["Wire<sup>TM</sup> and Room<sup>®</sup>", "Wire™ and Room®"],
  ["boats<sup>[1]</sup> and vans<sup>*</sup>.", "boats and vans."],
  ['boats<sup><a href="#fn1">1</a></sup> and <a href="#n2"><sup>2</sup></a>vans', "boats and vans"],
  ['boats<a href="#cite_note-1">[1]</a>.', "boats."],
  ['boats<sup><a href="#a">1</a>,<a href="#b">2</a></sup>.', "boats."],
  ["boats<sup>[citation needed]</sup>.", "boats."],
  ["area of 5 km<sup>2</sup>", "area of 5 km²"],
  ['see <a href="#part">the next part</a>', "see the next part"],
];

describe.each(CASES)("%s", (markup, line) => {
  const options = { base: "/a/", siteUrl: "https://news.example.com", images: [], iframeHosts: [] };

  it("in a summary", () => expect(unwrap(cleanBody(`<p>${markup}</p>`, options)).excerpt).toBe(line));
  it("in an imported text", () => expect(textOfHtml(markup)).toBe(line));
  it("in a partner's plain text", () => {
    const written = JSON.parse(ninjs.entry(itemOf("plain", { body: html(`<p>${markup}</p>`) }), SITE));
    expect(written.bodies.find(({ role }: { role: string }) => role === "text").value).toBe(line);
  });
});

it("in a caption that only the body has", () => {
  const src = `/media/${"a".repeat(64)}.png`;
  const figure = `<figure><img src="${src}"><figcaption>10<sup>6</sup> boats<sup>[2]</sup></figcaption></figure>`;
  const cleaned = unwrap(
    cleanBody(figure, { base: "/a/", siteUrl: "https://news.example.com", images: [src], iframeHosts: [] }),
  );
  expect(cleaned.captions.get(src)).toBe("10⁶ boats");
});
