// Synced patterns of the block editor: pieces of text that any number of posts show, each an item of the
// export (`wp_block`).

import type { WxrItem } from "./wxr.ts";

/** The patterns of an export. */
export interface Patterns {
  /** The content of the pattern with this id; undefined where the export hasn't got it. */
  find(id: string): string | undefined;
  /** How many of them nobody has asked for. */
  unused(): number;
}

/** The type of such items. */
export const PATTERN_TYPE = "wp_block";

/** Makes the patterns of an export's items of that type. */
export function patternsOf(items: readonly WxrItem[]): Patterns {
  const byId = new Map(
    items.map(({ fields }) => [fields.get("wp:post_id") ?? "", fields.get("content:encoded") ?? ""]),
  );
  const unused = new Set(byId.keys());
  return {
    find(id) {
      unused.delete(id);
      return byId.get(id);
    },
    unused: () => unused.size,
  };
}
