// A finished document as it goes out: its type, and its bytes with gzip and without.

import { WIRE_FORMATS } from "../formats/index.ts";
import type { DocumentKey, FeedDocument } from "./feed.ts";

/** The Content-Type of a document for everybody but browsers. */
export const contentTypeOf = ({ format }: Pick<DocumentKey, "format">): string =>
  `${WIRE_FORMATS[format].mediaType}; charset=utf-8`;

/** gzip at zlib's default level. */
export const gzip = (bytes: Uint8Array): Promise<ArrayBuffer> =>
  new Response(new Blob([bytes]).stream().pipeThrough(new CompressionStream("gzip"))).arrayBuffer();

/** A document's bytes. */
export const identityOf = ({ gzip }: Pick<FeedDocument, "gzip">): Promise<ArrayBuffer> =>
  new Response(new Blob([gzip]).stream().pipeThrough(new DecompressionStream("gzip"))).arrayBuffer();
