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

/** Statements that keep what is said of pictures that are stored here; none for other pictures. */
export function describePictures(
  db: D1Database,
  images: readonly Described[],
  now: Instant,
): readonly D1PreparedStatement[] {
  const rows = images.flatMap((image) => {
    const sha256 = hashOf(image.src);
    if (sha256 === undefined) return [];
    const { alt = "", caption = "", credit = "", copyright = "" } = image;
    const name = typeof credit === "string" ? credit : credit.name;
    const words = folded([alt, caption, name, copyright].join(" "));
    return [{ sha256, alt, caption, credit: name, copyright, words }];
  });
  const sql = `INSERT INTO library (sha256, added_at, alt, caption, credit, copyright, words)
    SELECT value->>'sha256', ?2, value->>'alt', value->>'caption', value->>'credit', value->>'copyright', value->>'words'
    FROM json_each(?1) WHERE true
    ON CONFLICT DO UPDATE SET alt = excluded.alt, caption = excluded.caption, credit = excluded.credit,
      copyright = excluded.copyright, words = excluded.words WHERE words <> excluded.words`;
  const statement = db.prepare(sql);
  return rows.length === 0 ? [] : [statement.bind(JSON.stringify(rows), now)];
}
