// The context of the Worker and its objects: bindings, the publisher's settings, and empty caches.

import settings from "../content/site.yaml";
import type { Env, Runtime } from "./env.ts";
import { RENDERER } from "./formats/index.ts";
import { IsolateCache } from "./isolate.ts";
import { sha256 } from "./lib/digest.ts";

const FINGERPRINT_DIGITS = 16;

/**
 * A new runtime for these bindings. Not made when the module loads, since hashing isn't allowed before the
 * first event.
 */
export async function runtimeOf(env: Env): Promise<Runtime> {
  const site = env.SITE_URL ? { ...settings, url: new URL(env.SITE_URL).origin } : settings;
  // Settings that no document shows: a new redirect must not rebuild any.
  const { redirects: _, iframeHosts: __, pictures: ___, retractionDays: ____, ...shown } = site;
  const fingerprint = (await sha256(JSON.stringify([RENDERER, shown]))).slice(0, FINGERPRINT_DIGITS);
  return { env, site, fingerprint, isolate: new IsolateCache() };
}
