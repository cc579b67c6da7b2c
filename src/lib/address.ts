// Addresses in articles: absolute http(s) URLs, or paths on this site, which start with a slash.

import * as z from "zod/mini";
import { t } from "./translate.ts";

/** `/media/<64 hex digits>.<ext>`: an image that is stored here. The first group is its SHA-256. */
export const MEDIA_PATH = /^\/media\/([0-9a-f]{64})\.(jpg|png|gif|webp|avif)$/;

/** SHA-256 of an image, from its absolute `src`; undefined for an image elsewhere. */
export const mediaHash = (src: string, siteUrl: string): string | undefined =>
  src.startsWith(`${siteUrl}/`) ? MEDIA_PATH.exec(src.slice(siteUrl.length))?.[1] : undefined;

/**
 * `/media/w<pixels>/<64 hex digits>.webp`: a narrower rendition. Groups: its width, and the SHA-256 of the
 * original.
 */
export const RENDITION_PATH = /^\/media\/w([1-9][0-9]{0,3})\/([0-9a-f]{64})\.webp$/;

// The URL standard lets these stand; RFC 3986, which all feed formats follow, has them percent-encoded.
const NO_URI_CHARACTER = /[[\]{}|\\^`]|%(?![0-9a-f]{2})/gi;

/** Path, query and fragment as RFC 3986 spells them. */
function afterHost({ pathname, search, hash }: URL): string {
  const fragment = hash === "" ? "" : `#${hash.slice(1).replaceAll("#", "%23")}`;
  return (pathname + search + fragment).replace(NO_URI_CHARACTER, encodeURIComponent);
}

/** An absolute http or https URL without credentials, as RFC 3986 spells it; undefined for anything else. */
export function webUrl(value: string): string | undefined {
  if (!URL.canParse(value)) return undefined;
  const url = new URL(value);
  const plain = url.username === "" && url.password === "";
  return (url.protocol === "https:" || url.protocol === "http:") && plain
    ? url.origin + afterHost(url)
    : undefined;
}

/** A web URL, or a path on this site in the same spelling; undefined for anything else. */
export function webAddress(value: string): string | undefined {
  if (!/^\/(?![/\\])/.test(value)) return webUrl(value);
  const path = afterHost(new URL(value, "https://site.invalid"));
  // `/.//host/x` comes out as `//host/x`, which would be read as another site's address the next time.
  return path.startsWith("//") ? undefined : path;
}

/** Decodes percent-encoded text (RFC 3986 §2.1); undefined if a `%` encodes nothing. */
export function percentDecoded(written: string): string | undefined {
  try {
    return decodeURIComponent(written);
  } catch {
    // A URIError: the text isn't percent-encoded.
    return undefined;
  }
}

/** Any address in an article as an absolute URL: paths go under `siteUrl`, which has no slash at its end. */
export const absolute = (siteUrl: string, address: string): string =>
  address.startsWith("/") ? siteUrl + address : address;

const field = (read: (value: string) => string | undefined, message: string) =>
  z.string().check(
    // The checks after this one could not read what is no address.
    z.refine((value) => read(value.trim()) !== undefined, { error: message, abort: true }),
    z.overwrite((value) => read(value.trim()) ?? value),
    // As it is stored: percent-encoded it may be three times as long as it was sent.
    z.maxLength(2000),
  );

/** Schema: an absolute http(s) URL. */
export const webUrlField = field(
  webUrl,
  t("must be a full web address, like {example}", { example: "https://example.com/page" }),
);

/** Schema: an absolute http(s) URL, or a path on this site. */
export const webAddressField = field(
  webAddress,
  t("must be a full web address, or a path that starts with /"),
);

/** Schema: the name of a host whose players an article may hold. */
export const hostField = z
  .string()
  .check(
    z.regex(
      /^[a-z0-9-]+(\.[a-z0-9-]+)+$/,
      t("must be a host name, like {example}", { example: "www.youtube.com" }),
    ),
  );
