// The site that Markdown files belong to, and a file of it with all that its name and its fields say.

import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { SourceDate } from "../importer.ts";
import type { JsonObject } from "../parse-json.ts";
import type { FrontMatter, People } from "./fields.ts";
import type { MarkdownFile } from "./front-matter.ts";
import type { Generator } from "./generators.ts";

/** The site that files belong to. */
export interface MarkdownSite {
  readonly generator: Generator;
  readonly settings: JsonObject;
  readonly people: People;
  /** Fields that files have by their folder, as Jekyll's `defaults` and Eleventy's data files say. */
  readonly defaultsOf: (path: string) => JsonObject;
}

/** A file of the site. */
export interface SiteFile {
  /** From the site's folder, with `/`. */
  readonly path: string;
  readonly content: string;
}

/** A file with all that its name and its fields say. */
export interface Page {
  readonly file: SiteFile;
  readonly markdown: MarkdownFile;
  readonly front: FrontMatter;
  readonly named: NamedFile;
  readonly published?: SourceDate | undefined;
  readonly zone?: string | undefined;
  /** The path of its page; undefined where nothing says it. */
  readonly address?: string | undefined;
}

export interface NamedFile {
  /** Without ending, date and `index`. */
  readonly path: string;
  readonly name: string;
  readonly language?: string;
  readonly date?: SourceDate;
  /** Jekyll's categories by folder. */
  readonly categories: readonly string[];
}

/** What a file's path says: `_posts/2019-05-14-ferry.md`, `posts/ferry/index.de.md`. */
export function namedFile(path: string, generator: Generator): NamedFile {
  const below = path.replace(generator.base, "");
  const [, folder = "", file = ""] = /^(.*\/)?([^/]*)$/.exec(below) ?? [];
  const [, stem = "", language] = /^(.*?)(?:\.([a-z]{2}(?:-[a-zA-Z]{2,4})?))?\.\w+$/.exec(file) ?? [];
  const isIndex = /^_?index$/i.test(stem);
  const last = isIndex ? (/([^/]*)\/$/.exec(folder)?.[1] ?? "") : stem;
  const [, day, rest] = /^(\d{4}-\d{1,2}-\d{1,2})[-_](.+)$/.exec(last) ?? [];
  const name = rest ?? last;
  const parent = isIndex ? folder.replace(/[^/]*\/$/, "") : folder;
  const before = generator.name === "Jekyll" ? path.replace(/(?:^|\/)_(?:posts|drafts)\/.*$/s, "") : "";
  return {
    path: parent + name,
    name,
    categories:
      /^(?:|_\w+|src|docs)$/.test(before) || before === path
        ? []
        : before.split("/").filter((one) => !one.startsWith("_")),
    ...omitUndefined({ language }),
    ...(day === undefined ? {} : { date: dayOf(day) }),
  };
}

const dayOf = (written: string): SourceDate => ({
  kind: "day",
  value: written
    .split("-")
    .map((part) => part.padStart(2, "0"))
    .join("-"),
});
