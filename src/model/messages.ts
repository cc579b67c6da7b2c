// What the queues carry.

import type { DocumentKey } from "./feed.ts";

/**
 * REBUILDS: rebuild one document, compare some with what KV holds, or render one article again (after a change of
 * settings, or a killed image).
 */
export type RebuildMessage =
  | ({ readonly kind: "document" } & DocumentKey)
  | { readonly kind: "audit"; readonly documents: readonly DocumentKey[] }
  | { readonly kind: "article"; readonly id: string };
