// Changes the runtime of a preview: the clock, KV's expirations, and no calls to anybody. It must be imported
// before everything else, so that no module reads the real clock. The offset is in `PREVIEW_OFFSET_SECONDS`.

import { env as bindings } from "cloudflare:workers";
import type { KVNamespace } from "@cloudflare/workers-types";
import { movedDate, unmovedLifetime } from "./clock.ts";

interface PreviewEnv {
  readonly CACHE: KVNamespace;
  readonly PREVIEW_OFFSET_SECONDS: string;
}

const { CACHE, PREVIEW_OFFSET_SECONDS } = bindings as unknown as PreviewEnv;
/** By how much the clock is moved. */
export const offsetSeconds = Number(PREVIEW_OFFSET_SECONDS);

globalThis.Date = movedDate(Date, offsetSeconds * 1000);

const put = CACHE.put.bind(CACHE);
CACHE.put = (key: string, value: string, options = {}) =>
  put(key, value, unmovedLifetime(options, offsetSeconds));

// Partners' servers, subscribers and an outside hub are real, and must not hear of an article that isn't
// published.
globalThis.fetch = () => Promise.reject(new Error("A preview calls nobody"));
