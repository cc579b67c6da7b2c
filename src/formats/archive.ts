// How RSS and Atom say where a document stands in the feed's archive (RFC 5005).

import type { Envelope } from "./format.ts";
import { element, NAMESPACES } from "./xml.ts";

/** The mark of a page of the archive (§4) and the links along the chain, as elements called `link`, with their `type`. */
export function* archiveElements(
  { archive }: Envelope,
  link: "link" | "atom:link",
  type: string,
): Generator<string> {
  // Declared on the element alone: the feed that goes on has no use for the namespace.
  if (archive.page !== undefined) yield element("fh:archive", { "xmlns:fh": NAMESPACES.fh });
  const links = {
    current: archive.current,
    "prev-archive": archive.previous,
    "next-archive": archive.next,
  };
  for (const [rel, href] of Object.entries(links)) {
    if (href !== undefined) yield element(link, { rel, type, href });
  }
}
