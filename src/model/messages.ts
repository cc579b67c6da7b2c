// What the queues carry.

import type { DocumentKey } from "./feed.ts";

/** REBUILDS: rebuild one document. */
export type RebuildMessage = DocumentKey;
