// The headers of previews: no script may run in them, and nobody keeps or indexes them.

import { PAGE_SECURITY_HEADERS } from "../../http/security-headers.ts";

/** The Content-Security-Policy of a preview. */
export const PREVIEW_POLICY =
  "default-src 'none'; style-src 'self'; img-src * data:; media-src *; frame-src https:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

/** The headers of an article's page, but no scripts: they would run with an editor's session. */
export const PREVIEW_HEADERS: Readonly<Record<string, string>> = {
  ...PAGE_SECURITY_HEADERS,
  "Content-Security-Policy": PREVIEW_POLICY,
  "Content-Type": "text/html; charset=utf-8",
  "X-Robots-Tag": "noindex",
  "Cache-Control": "no-store",
};
