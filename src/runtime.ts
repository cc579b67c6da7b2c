// What the Worker and its objects work with: their bindings, the publisher's settings, and an empty memory.

import settings from "../content/site.yaml";
import type { Env, Runtime } from "./env.ts";
import { RENDERER } from "./formats/index.ts";
import { IsolateCache } from "./isolate.ts";
import { sha256 } from "./lib/digest.ts";

const FINGERPRINT_DIGITS = 16;

/** A new runtime for these bindings. Hashing is not allowed before an isolate's first event, so this isn't done at once. */
export async function runtimeOf(env: Env): Promise<Runtime> {
  const site = env.SITE_URL ? { ...settings, url: new URL(env.SITE_URL).origin } : settings;
  // What no document shows: a new redirect has none built again.
  const { redirects: _, iframeHosts: __, pictures: ___, retractionDays: ____, ...shown } = site;
  const fingerprint = (await sha256(JSON.stringify([RENDERER, shown]))).slice(0, FINGERPRINT_DIGITS);
  return { env, site, fingerprint, isolate: new IsolateCache() };
}
