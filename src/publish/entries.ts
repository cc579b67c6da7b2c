// A record -> its entries in every public format, each parsed back strictly before anybody keeps it.

import { readerBody } from "../formats/body.ts";
import { WIRE_FORMATS } from "../formats/index.ts";
import { withdrawnNotice } from "../formats/notice.ts";
import { headlineOf } from "../formats/view.ts";
import { reasonOf } from "../log.ts";
import { sha256 } from "../model/digest.ts";
import { FORMATS } from "../model/feed.ts";
import { fail, ok, type Result } from "../model/problem.ts";
import { resolveArticle } from "../model/resolve.ts";
import type { Site } from "../model/site.ts";
import type { ArticleRecord, HashedEntry, RenderedEntry } from "../store/articles.ts";

/**
 * Renders an article, or the notice of a withdrawn one. Fails for a person or section that the site hasn't; a notice
 * names neither, and so never does.
 */
export function renderEntries(
  { article, withdrawn }: Pick<ArticleRecord, "article" | "withdrawn">,
  site: Site,
): Result<readonly RenderedEntry[]> {
  const { section: _, ...rest } = article;
  const resolved = resolveArticle(withdrawn ? { ...rest, bylines: [] } : article, site);
  if (!resolved.ok) return resolved;
  const shown = withdrawn ? withdrawnNotice(resolved.value, withdrawn, site) : resolved.value;
  try {
    const headline = headlineOf(shown, site);
    const content = readerBody(shown, site);
    return ok(
      FORMATS.map((format) => {
        const body = WIRE_FORMATS[format].entry(shown, site, content);
        WIRE_FORMATS[format].verify(body, shown);
        return { format, body, dated: shown.updated ?? shown.published, headline };
      }),
    );
  } catch (error) {
    // A text that a serializer or the strict parse can't take refuses this article alone, with the reason.
    return fail({ path: "", message: `can't be written as a feed entry: ${reasonOf(error)}` });
  }
}

/** Entries with the hashes that documents are told apart by. */
export const withHashes = (entries: readonly RenderedEntry[]): Promise<readonly HashedEntry[]> =>
  Promise.all(entries.map(async (entry) => ({ ...entry, hash: await sha256(entry.body) })));
