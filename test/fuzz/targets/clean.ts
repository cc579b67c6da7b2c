// The clean-up of HTML: cleaning its result again changes nothing, parsing and printing the result changes nothing, and the
// result holds only what an article may hold.

import type { Element, Properties } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import { visit } from "unist-util-visit";
import { replaceImages, withSite } from "../../../src/article/body.ts";
import { ADDRESSES, ALLOWED_HTML } from "../../../src/html/allowed-html.ts";
import { type CleanOptions, cleanBody } from "../../../src/html/clean.ts";
import { escapeHtml, legal } from "../../../src/lib/text.ts";
import { anyHtml } from "../html.ts";
import { must, type Outcome, target } from "../target.ts";

const OPTIONS: CleanOptions = {
  base: "/articles/story/",
  siteUrl: "https://news.example.com",
  images: ["https://example.org/a.png"],
  iframeHosts: ["player.example.com"],
};
const TAGS = new Set(ALLOWED_HTML.tagNames);
const SCHEMES = /^(?:https?|mailto|tel):/;

/** HTML through the clean-up. */
export const clean = target({
  name: "HTML clean-up",
  inputs: 40_000,
  arbitrary: anyHtml,
  check: checkCleaned,
});

/** Cleans `html`, and checks the result. */
export function checkCleaned(html: string): Outcome {
  const cleaned = cleanBody(html, OPTIONS);
  if (!cleaned.ok) {
    must(
      cleaned.problems.every(({ path, message }) => path === "body.html" && message !== ""),
      () => "a problem without a path",
    );
    return "refused";
  }
  const { body } = cleaned.value;
  const shown = withSite(
    replaceImages(body, (src) => `<img src="${escapeHtml(src)}" alt="">`),
    "",
  );
  const again = cleanBody(shown, OPTIONS);
  must(
    again.ok && again.value.body === body,
    () => `cleaned twice is ${JSON.stringify(again)}, once ${body}`,
  );

  const text = withSite(
    replaceImages(body, () => ""),
    OPTIONS.siteUrl,
  );
  must(legal(text) === text, () => `holds an illegal character: ${JSON.stringify(text)}`);
  const tree = fromHtml(text, { fragment: true });
  const written = toHtml(tree);
  // The serializer doesn't know that a parser drops the line end after `<pre>`.
  must(written === text || text.includes("<pre"), () => `a parser makes ${written} of ${text}`);
  visit(tree, (node) => {
    must(node.type !== "comment" && node.type !== "doctype", () => `holds a ${node.type}`);
    if (node.type === "element") mustBeAllowed(node);
  });
  return "taken";
}

function mustBeAllowed({ tagName, properties }: Element): void {
  must(TAGS.has(tagName), () => `holds <${tagName}>`);
  const allowed = [...(ALLOWED_HTML.attributes?.[tagName] ?? []), ...(ALLOWED_HTML.attributes?.["*"] ?? [])];
  const names = new Set(allowed.map((one) => (typeof one === "string" ? one : one[0])));
  for (const name of Object.keys(properties)) must(names.has(name), () => `<${tagName}> has ${name}`);
  for (const name of ADDRESSES) mustBeHarmless(properties, name);
}

function mustBeHarmless(properties: Properties, name: string): void {
  const address = properties[name];
  if (address === undefined || address === null) return;
  must(SCHEMES.test(String(address)), () => `${name} is ${String(address)}`);
}
