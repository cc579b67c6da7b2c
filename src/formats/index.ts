// The public wire formats by name, and the number of the renderer.

import { atom } from "./atom.ts";
import type { Format, WireFormat } from "./format.ts";
import { json } from "./json.ts";
import { rss } from "./rss.ts";

/** The wire formats. */
export const WIRE_FORMATS: Readonly<Record<Format, WireFormat>> = { rss, atom, json };

/**
 * Raise it with every change of what an entry or an envelope contains. It is part of the fingerprints of
 * stored entries and documents, so a new number has them rendered again. `test/formats/fixtures.test.ts`
 * fails if it was forgotten.
 */
export const RENDERER = 13;
