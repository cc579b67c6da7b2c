// The tables of a Ghost export, of all versions: https://ghost.org/docs/migration/custom/. A row that is not
// as Ghost writes it is told of, and costs no other one.

import * as z from "zod/mini";
import { check, type Problem } from "../../lib/problem.ts";
import { isObject, type JsonObject } from "../parse-json.ts";

const key = z.pipe(
  z.union([z.string(), z.number()]),
  z.transform((id) => String(id)),
);
const words = z.nullish(z.string());
// Ghost 0.x wrote milliseconds.
const timestamp = z.nullish(z.union([z.string(), z.number()]));
// SQLite and MySQL write truth as 0 and 1.
const flag = z.nullish(z.union([z.boolean(), z.number()]));

const postSchema = z.object({
  id: key,
  uuid: words,
  title: words,
  slug: words,
  html: words,
  lexical: words,
  mobiledoc: words,
  feature_image: words,
  // What Ghost 0.x calls it.
  image: words,
  custom_excerpt: words,
  canonical_url: words,
  codeinjection_head: words,
  codeinjection_foot: words,
  status: words,
  visibility: words,
  type: words,
  page: flag,
  locale: words,
  language: words,
  published_at: timestamp,
  author_id: z.nullish(key),
});
const userSchema = z.object({
  id: key,
  name: words,
  bio: words,
  website: words,
  profile_image: words,
  image: words,
});
const tagSchema = z.object({ id: key, name: words, visibility: words, hidden: flag });
const postTagSchema = z.object({ post_id: key, tag_id: key, sort_order: z.nullish(z.number()) });
const postAuthorSchema = z.object({ post_id: key, author_id: key, sort_order: z.nullish(z.number()) });
const postMetaSchema = z.object({
  post_id: key,
  feature_image_alt: words,
  feature_image_caption: words,
  email_only: flag,
});
const settingSchema = z.object({ key: z.string(), value: z.unknown() });

/** A row of `posts`. */
export type PostRow = z.infer<typeof postSchema>;
/** A row of `users`. */
export type UserRow = z.infer<typeof userSchema>;
type TagRow = z.infer<typeof tagSchema>;
type PostMetaRow = z.infer<typeof postMetaSchema>;

/** What an export holds, with its rows joined. */
export interface Tables {
  readonly posts: readonly PostRow[];
  readonly metaOf: ReadonlyMap<string, PostMetaRow>;
  /** By the post's id, in their order. */
  readonly tagsOf: ReadonlyMap<string, readonly TagRow[]>;
  /** By the post's id, in their order. */
  readonly authorsOf: ReadonlyMap<string, readonly UserRow[]>;
  readonly settings: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
}

/** Reads the tables of a parsed export; undefined where it has no posts. */
export function readTables(json: unknown): Tables | undefined {
  const data = dataOf(json);
  if (!data) return undefined;
  const problems: Problem[] = [];
  const rows = <T extends z.core.$ZodType>(table: string, schema: T): z.core.output<T>[] => {
    const list = data[table];
    return (Array.isArray(list) ? list : []).flatMap((row: unknown, i) => {
      const read = check(schema, row);
      if (read.ok) return [read.value];
      const title = isObject(row) && typeof row.title === "string" ? ` (${row.title})` : "";
      problems.push(
        ...read.problems.map((p) => ({ ...p, path: `${table}[${i}]${p.path && `.${p.path}`}${title}` })),
      );
      return [];
    });
  };
  const posts = rows("posts", postSchema);
  const users = byId(rows("users", userSchema));
  const tags = byId(rows("tags", tagSchema));
  const authorsOf = joined(
    rows("posts_authors", postAuthorSchema).map((row) => ({ ...row, value: users.get(row.author_id) })),
  );
  // Until version 1.22 a post had one author.
  for (const { id, author_id } of posts) {
    const author = users.get(author_id ?? "");
    if (author && !authorsOf.has(id)) authorsOf.set(id, [author]);
  }
  const settings = rows("settings", settingSchema).flatMap((row): [string, string][] =>
    typeof row.value === "string" ? [[row.key, row.value]] : [],
  );
  return {
    posts,
    metaOf: new Map(rows("posts_meta", postMetaSchema).map((row) => [row.post_id, row])),
    tagsOf: joined(rows("posts_tags", postTagSchema).map((row) => ({ ...row, value: tags.get(row.tag_id) }))),
    authorsOf,
    settings: new Map(settings),
    problems,
  };
}

/** The tables, wherever a version keeps them: `{db: [{data}]}`, `{data}`, or bare. */
function dataOf(json: unknown): JsonObject | undefined {
  if (!isObject(json)) return undefined;
  const database: unknown = Array.isArray(json.db) ? json.db[0] : undefined;
  const places = [isObject(database) ? database.data : undefined, json.data, json];
  return places.filter(isObject).find(({ posts }) => Array.isArray(posts));
}

const byId = <T extends { readonly id: string }>(list: readonly T[]): ReadonlyMap<string, T> =>
  new Map(list.map((row) => [row.id, row]));

interface Join<T> {
  readonly post_id: string;
  readonly sort_order?: number | null | undefined;
  readonly value: T | undefined;
}

function joined<T>(list: readonly Join<T>[]): Map<string, readonly T[]> {
  const groups = Map.groupBy(list, ({ post_id }) => post_id);
  return new Map(
    Array.from(groups, ([id, group]) => [
      id,
      group.toSorted((a, b) => (a.sort_order ?? 0) - (b.sort_order ?? 0)).flatMap(({ value }) => value ?? []),
    ]),
  );
}
