// Headers that tell browsers what an answer is not for. `everywhere` goes on every answer, `onPages` on what is HTML.

import type { Site } from "../model/site.ts";

const YEAR_SECONDS = 31_536_000;

/**
 * Of every answer. HSTS (RFC 6797) only where readers come by https, and for this host alone: what else stands under the
 * publisher's domain, and for how long, is theirs to say, so neither `includeSubDomains` nor `preload`.
 */
export const everywhere = ({ url }: Pick<Site, "url">): Readonly<Record<string, string>> => ({
  "X-Content-Type-Options": "nosniff",
  ...(url.startsWith("https:") ? { "Strict-Transport-Security": `max-age=${YEAR_SECONDS}` } : {}),
});

// No script but the one for copying; pictures, sound and film from anywhere, frames as the clean-up let them stand.
const PAGE_POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src * data:; media-src *; frame-src https:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'";

// What neither a page nor a player in it needs. Full screen, picture in picture and autoplay stay as browsers have them:
// a frame gets them only by its own attributes, and of those the clean-up keeps `allowfullscreen` alone.
const DENIED = [
  ...["accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer"],
  ...["microphone", "midi", "payment", "serial", "usb", "xr-spatial-tracking"],
];

/** Of every page. A window that a page is opened from has no hold on it; players in frames don't care. */
export const onPages: Readonly<Record<string, string>> = {
  "Content-Security-Policy": PAGE_POLICY,
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Permissions-Policy": DENIED.map((feature) => `${feature}=()`).join(", "),
  "Cross-Origin-Opener-Policy": "same-origin",
};

/** Of a feed that a browser opens: it holds its text, and loads the stylesheet of the site that it names. */
export const onFeedViews = ({ url }: Pick<Site, "url">): Readonly<Record<string, string>> => ({
  "Content-Security-Policy": `default-src 'none'; style-src ${url}; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
  "Referrer-Policy": "strict-origin-when-cross-origin",
});
