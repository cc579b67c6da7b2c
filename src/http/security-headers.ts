// Security headers: `securityHeaders` on every response, `PAGE_SECURITY_HEADERS` on HTML pages as well.

import type { Site } from "../article/site.ts";

const YEAR_SECONDS = 31_536_000;

/**
 * For every response. HSTS (RFC 6797) only where the site is on https, and only for this host: the publisher
 * decides about the rest of their domain, so neither `includeSubDomains` nor `preload` is sent.
 */
export const securityHeaders = ({ url }: Pick<Site, "url">): Readonly<Record<string, string>> => ({
  "X-Content-Type-Options": "nosniff",
  ...(url.startsWith("https:") ? { "Strict-Transport-Security": `max-age=${YEAR_SECONDS}` } : {}),
});

// The only script is the one that copies an address. Pictures, sound and film may come from anywhere; the
// clean-up has already decided which frames stay.
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src * data:; media-src *; frame-src https:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

// Features that neither a page nor a player in it needs. Full screen, picture in picture and autoplay keep
// the browser's defaults: a frame gets them only by its own attributes, and the clean-up keeps only
// `allowfullscreen`.
const DENIED = [
  ...["accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer"],
  ...["microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking"],
];

/** For every page. The page that opened a window can't control it; players in frames aren't affected. */
export const PAGE_SECURITY_HEADERS: Readonly<Record<string, string>> = {
  "Content-Security-Policy": PAGE_POLICY,
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Permissions-Policy": DENIED.map((feature) => `${feature}=()`).join(", "),
  "Cross-Origin-Opener-Policy": "same-origin",
};

/** For a feed that is opened in a browser: its only resource is the site's stylesheet. */
export const feedViewHeaders = ({ url }: Pick<Site, "url">): Readonly<Record<string, string>> => ({
  "Content-Security-Policy": `default-src 'none'; style-src ${url}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
  "Referrer-Policy": "strict-origin-when-cross-origin",
});
