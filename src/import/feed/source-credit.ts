// The last paragraph that WordPress adds to each item of a feed: "The post … appeared first on …", in the
// site's language. Its links tell: one to the post, one to the site.

/** HTML without that paragraph. `link` is the item's page, `title` its title as text. */
export function withoutCredit(
  html: string,
  { link, title }: { readonly link?: string; readonly title?: string },
): string {
  const start = html.lastIndexOf("<p");
  if (start === -1 || html.length - start > LONGEST) return html;
  const parts = CREDIT.exec(html.slice(start));
  if (!parts) return html;
  const [, before = "", post = "", name = "", between = "", site = "", after = ""] = parts;
  const said = (before + between + after).trim();
  if (said === "" || said.length > LONGEST_WORDS) return html;
  const isPost = isSame(post, link) || (title !== undefined && name.trim() === title);
  return isPost && isHomeOf(site, link ?? post) ? html.slice(0, start).trimEnd() : html;
}

const LONGEST = 3000;
const LONGEST_WORDS = 80;
const LINK = String.raw`<a\s[^<>]*?href=["']([^"'<>]*)["'][^<>]*>`;
const CREDIT = new RegExp(
  String.raw`^<p(?:\s[^<>]*)?>([^<]*)${LINK}([^<]*)</a>([^<]*)${LINK}[^<]*</a>([^<]*)(?:</p>)?\s*$`,
  "i",
);

const parse = (address: string | undefined): URL | undefined =>
  address !== undefined && URL.canParse(address) ? new URL(address) : undefined;
const hostOf = ({ host }: URL): string => host.replace(/^www\./, "");
const pathOf = ({ pathname }: URL): string => pathname.replace(/\/+$/, "");

function isSame(one: string, other: string | undefined): boolean {
  const [a, b] = [parse(one), parse(other)];
  return a !== undefined && b !== undefined && hostOf(a) === hostOf(b) && pathOf(a) === pathOf(b);
}

function isHomeOf(site: string, page: string): boolean {
  const [home, of] = [parse(site), parse(page)];
  if (!home || !of || hostOf(home) !== hostOf(of)) return false;
  return pathOf(home) !== pathOf(of) && `${pathOf(of)}/`.startsWith(`${pathOf(home)}/`);
}
