// The tags of XML that may be broken, one after the other, by saxes. What stands between them is not looked at.

import { SaxesParser } from "saxes";

type TagParser = SaxesParser<{ position: true; xmlns: false }>;

/** An element's name without its prefix, in lower case. */
export const localName = (name: string): string => name.slice(name.indexOf(":") + 1).toLowerCase();

/** Goes through `xml`; `listen` says what is done at which tag. Places are those of `xml`. */
export function followTags(xml: string, listen: (parser: TagParser) => void): void {
  const parser: TagParser = new SaxesParser({ position: true, xmlns: false });
  // What is not well-formed is followed as far as it goes.
  parser.on("error", () => {});
  listen(parser);
  // An `&` that starts no reference, which many feeds have, would swallow all up to the next semicolon; half a surrogate
  // pair makes the parser throw.
  parser.write(xml.toWellFormed().replaceAll("&", "_")).close();
}

/** Where the tag starts whose name or end was just read. */
export const tagStart = (xml: string, { position }: TagParser): number => xml.lastIndexOf("<", position - 1);
