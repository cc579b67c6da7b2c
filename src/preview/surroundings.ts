// What differs round the Worker of a preview. Imported before anything else of it, so that no module has seen the real
// clock. The offset is a variable: `PREVIEW_OFFSET_SECONDS`.

import { env as bindings } from "cloudflare:workers";
import type { KVNamespace } from "@cloudflare/workers-types";
import { movedDate, unmovedLifetime } from "./clock.ts";

interface Surroundings {
  readonly CACHE: KVNamespace;
  readonly PREVIEW_OFFSET_SECONDS: string;
}

const { CACHE, PREVIEW_OFFSET_SECONDS } = bindings as unknown as Surroundings;
/** By how much the clock is moved. */
export const offsetSeconds = Number(PREVIEW_OFFSET_SECONDS);

globalThis.Date = movedDate(Date, offsetSeconds * 1000);

const put = CACHE.put.bind(CACHE);
CACHE.put = (key: string, value: string, options = {}) =>
  put(key, value, unmovedLifetime(options, offsetSeconds));

// Partners' servers, subscribers and an outside hub are real, and must hear nothing of what only might be.
globalThis.fetch = () => Promise.reject(new Error("A preview calls nobody"));
