// Really Simple Licensing 1.0 (https://rslstandard.org/rsl): the licence of the site for machines, and that
// of an article in a feed. Nothing of it is written unless site.yaml has `rsl`.

import type { Article } from "../article/article.ts";
import { articlePath } from "../article/resolve.ts";
import type { Rsl, Site } from "../article/site.ts";
import { absolute, webUrl } from "../lib/address.ts";
import { element, escapeXml, NAMESPACES } from "./xml.ts";

type License = Rsl["licenses"][number];
type Payment = NonNullable<License["payment"]>;

/** §2.2. */
export const RSL_MEDIA_TYPE = "application/rsl+xml";
/** Path of the site's licence. */
export const RSL_PATH = "/license.xml";

/** The licence of everything on the site (§3.3: its `url` is a path, as in robots.txt). */
export const rslDocument = (rsl: Rsl, { url }: Pick<Site, "url">): string =>
  `<?xml version="1.0" encoding="UTF-8"?>
${element("rsl", { xmlns: NAMESPACES.rsl }, `\n${content("", { url: "/" }, rsl, url)}\n`)}
`;

/**
 * An article's licence as the element `rsl:content` of its item (§4.7); none unless its `rights` name terms.
 * They are prose and say only who owns the article and where its terms are, so the permissions are those of
 * the site.
 */
export function rslItem({ slug, rights }: Article, { rsl, url }: Site): readonly string[] {
  const terms = rights?.terms ?? rights?.license;
  if (!rsl || terms === undefined) return [];
  // The page on this site, even if another one is canonical: an item must not license another origin. It
  // shows the terms.
  const page = url + articlePath(slug);
  const own = {
    ...rsl,
    terms: webUrl(terms) ?? rights?.license ?? page,
    ...(rights?.copyright ? { copyright: { name: rights.copyright } } : {}),
  };
  // Declared here, not at the root, so that documents without such an article keep their bytes.
  return [content("rsl:", { "xmlns:rsl": NAMESPACES.rsl, url: page }, own, url)];
}

/** The site's licence as a value of the header `Link` (§4.5, with an absolute address), if it has one. */
export const rslLinks = ({ rsl, url }: Site): readonly string[] =>
  rsl ? [`<${url}${RSL_PATH}>; rel="license"; type="${RSL_MEDIA_TYPE}"`] : [];

function content(
  prefix: "" | "rsl:",
  attributes: Readonly<Record<string, string>>,
  { licenses, copyright, terms, server }: Rsl,
  siteUrl: string,
): string {
  const write = (name: string, values: Parameters<typeof element>[1], ...children: (string | undefined)[]) =>
    element(prefix + name, values, children.filter((child) => child !== undefined).join("\n"));
  const address = (name: string, value: string | undefined) =>
    value === undefined ? undefined : write(name, {}, escapeXml(absolute(siteUrl, value)));
  const rules = (name: "permits" | "prohibits", rule: License["permits"]) =>
    Object.entries(rule ?? {}).map(([type, tokens]) => write(name, { type }, tokens.join(" ")));
  const payment = ({ type, standard, custom, amount }: Payment) =>
    write(
      "payment",
      { type },
      address("standard", standard),
      address("custom", custom),
      amount && write("amount", { currency: amount.currency }, String(amount.value)),
    );
  const license = ({ permits, prohibits, payment: price }: License) =>
    write(
      "license",
      {},
      ...rules("permits", permits),
      ...rules("prohibits", prohibits),
      price && payment(price),
    );
  const { name, ...contact } = copyright ?? {};
  return write(
    "content",
    { ...attributes, server },
    ...licenses.map(license),
    name && write("copyright", contact, escapeXml(name)),
    address("terms", terms),
  );
}
