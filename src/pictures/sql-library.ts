// The library in D1: what was last said of each picture, by an article or a story.

import type { D1Database, D1PreparedStatement } from "@cloudflare/workers-types";
import { hashOf } from "../article/own-pictures.ts";
import type { Instant } from "../lib/time.ts";

/** An image, as an article or a draft has it. */
export interface Described {
  readonly src: string;
  readonly alt?: string | undefined;
  readonly caption?: string | undefined;
  readonly credit?: string | { readonly name: string } | undefined;
  readonly copyright?: string | undefined;
}

/** A text as the search compares it: lower case, without accents. */
export const folded = (text: string): string => text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");

/** Adds a picture that was sent just now, if it isn't there yet. @throws Error, when D1 fails. */
export async function addToLibrary(db: D1Database, sha256: string, now: Instant): Promise<void> {
  const sql = "INSERT INTO library (sha256, added_at) VALUES (?, ?) ON CONFLICT DO NOTHING";
  await db.prepare(sql).bind(sha256, now).run();
}

/** A condition in SQL; ?2 is now, and its own values are ?3 and so on. */
interface Condition {
  readonly sql: string;
  readonly values: readonly unknown[];
}

/**
 * Statements that keep what is said of pictures that are stored here; none for other pictures. `told` "last" replaces what
 * was said before, `told` "before" is for what the library was told earlier, and fills in only where it knows nothing.
 */
export function describePictures(
  db: D1Database,
  images: readonly Described[],
  now: Instant,
  told: "last" | "before",
  { sql: condition, values }: Condition = { sql: "true", values: [] },
): readonly D1PreparedStatement[] {
  const rows = images.flatMap((image) => {
    const sha256 = hashOf(image.src);
    if (sha256 === undefined) return [];
    const { alt = "", caption = "", credit = "", copyright = "" } = image;
    const name = typeof credit === "string" ? credit : credit.name;
    const words = folded([alt, caption, name, copyright].join(" "));
    return [{ sha256, alt, caption, credit: name, copyright, words }];
  });
  // The same words may have other capitals, or stand in another field.
  const differs =
    "(alt, caption, credit, copyright) <> (excluded.alt, excluded.caption, excluded.credit, excluded.copyright)";
  const sql = `INSERT INTO library (sha256, added_at, alt, caption, credit, copyright, words)
    SELECT value->>'sha256', ?2, value->>'alt', value->>'caption', value->>'credit', value->>'copyright', value->>'words'
    FROM json_each(?1) WHERE ${condition}
    ON CONFLICT DO UPDATE SET alt = excluded.alt, caption = excluded.caption, credit = excluded.credit,
      copyright = excluded.copyright, words = excluded.words WHERE ${differs}${told === "last" ? "" : " AND trim(words) = ''"}`;
  const statement = db.prepare(sql);
  return rows.length === 0 ? [] : [statement.bind(JSON.stringify(rows), now, ...values)];
}
