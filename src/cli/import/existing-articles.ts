// Articles that exist already: which of them an earlier import wrote, from which source, and whether they
// were edited since.

import { readFile } from "node:fs/promises";
import { parseDocument } from "yaml";
import * as z from "zod/mini";
import { hexSha256 } from "../../content/local-image.ts";
import { readJson } from "../../import/parse-json.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import { check } from "../../lib/problem.ts";

/** Where an imported article came from. */
export interface Origin {
  /** The source's file, relative to the folder of articles. */
  readonly from: string;
  /** What the source says that it is; missing where it says nothing. */
  readonly source?: string;
  /** Which of the source's items it was; missing where it is all of it. */
  readonly item?: string;
}

/** Pictures that an import wrote beside an article: the SHA-256 of each, by its name. */
export type Pictures = Readonly<Record<string, string>>;

/** An article that is there. */
export interface Existing {
  readonly slug: string;
  readonly file: string;
  readonly id?: string;
  readonly headline?: string;
  /** Missing for one that no import wrote, or whose line about it was taken out. */
  readonly origin?: Origin;
  /** Digest of what the import wrote. */
  readonly digest?: string;
  readonly pictures?: Pictures;
  /** True where the file isn't what the import wrote. */
  readonly edited: boolean;
  /** True where the folder has another name than the import gave it. */
  readonly renamed: boolean;
  readonly draft: boolean;
  /** True where a second article's file stands in the folder, which is somebody's own. */
  readonly isBeside?: boolean;
}

// A dot would stop at U+2028, which a name may hold.
const LINE = /^# imported (\{[^\r\n]*\})\r?\n/m;
const DIGEST_CHARACTERS = 16;

/**
 * The file's text with a line that says where it came from, and by which it is known whether it was changed.
 */
export function withOrigin(text: string, slug: string, origin: Origin, pictures?: Pictures): string {
  const line = `# imported ${JSON.stringify({ ...origin, slug, digest: digestOf(text), pictures })}\n`;
  return text.replace("---\n", (opening) => opening + line);
}

/** Reads an article's file. */
export async function readExisting(slug: string, file: string): Promise<Existing> {
  const source = await readFile(file, "utf8");
  const [line, json] = LINE.exec(source.slice(0, source.indexOf("\n---") + 1)) ?? [];
  const {
    from,
    source: said,
    item,
    slug: named,
    digest,
    pictures,
  } = json === undefined ? {} : readLine(json);
  const [, yaml = ""] = /^---\r?\n([\s\S]*?)\r?\n---/.exec(source) ?? [];
  const fields = parseDocument(yaml);
  const [id, headline] = ["id", "headline"].map((name) => fields.get(name));
  return {
    slug,
    file,
    ...(typeof id === "string" ? { id } : {}),
    ...(typeof headline === "string" ? { headline } : {}),
    ...(from === undefined ? {} : { origin: omitUndefined({ from, source: said, item }) }),
    ...omitUndefined({ digest, pictures }),
    renamed: named !== slug,
    edited: line === undefined || digestOf(source.replace(line, "")) !== digest,
    draft: fields.get("draft") === true,
  };
}

const lineSchema = z.object({
  from: z.string(),
  source: z.exactOptional(z.string()),
  item: z.exactOptional(z.string()),
  slug: z.string(),
  digest: z.string(),
  pictures: z.exactOptional(z.record(z.string(), z.string())),
});

/** What the line says; nothing where somebody has changed it into something else. */
function readLine(json: string): Partial<z.infer<typeof lineSchema>> {
  const checked = check(lineSchema, readJson(json));
  return checked.ok ? checked.value : {};
}

/** Names a text by its content; git may write the same file with other line ends. */
export const digestOf = (text: string): string =>
  hexSha256(Buffer.from(text.replaceAll("\r\n", "\n"))).slice(0, DIGEST_CHARACTERS);
