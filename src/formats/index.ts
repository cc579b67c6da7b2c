// Every public wire format, by name. Dispatch is this table.

import { atom } from "./atom.ts";
import type { Format, WireFormat } from "./format.ts";
import { json } from "./json.ts";
import { rss } from "./rss.ts";

/** The wire formats. */
export const WIRE_FORMATS: Readonly<Record<Format, WireFormat>> = { rss, atom, json };

/**
 * Raise it with every change of what an entry or an envelope holds: it is part of the fingerprint that entries and
 * documents carry, and so has them made again. `test/formats/fixtures.test.ts` fails when that was forgotten.
 */
export const RENDERER = 13;
