// Notes in an article's file which slug the article had before: the folder then says itself that it moved. Pure.

import { isMap, isScalar, parseDocument } from "yaml";
import { fail, ok, type Result } from "../lib/problem.ts";
import { splitFrontMatter } from "./front-matter.ts";

/**
 * The file with `slug` as the last of `movedFrom`; all else in it stays as it is. An `id` that only repeats that slug goes:
 * an article keeps the id that it has. Problems where there is no front matter, or none that can be read.
 */
export function withMovedFrom(file: string, slug: string): Result<string> {
  const parts = splitFrontMatter(file);
  if ("problem" in parts) return fail(parts.problem);
  const { yaml, yamlStart } = parts;
  const document = parseDocument(yaml);
  if (document.errors.length > 0 || !isMap(document.contents))
    return fail({ path: "", message: "has front matter that can't be read: npx wireroom check says why" });
  const pairs = document.contents.items.flatMap(({ key, value }) => {
    const [from, to] = [rangeOf(key)?.[0], rangeOf(value)?.[1] ?? rangeOf(key)?.[1]];
    return isScalar(key) && from !== undefined && to !== undefined ? [{ name: key.value, from, to }] : [];
  });
  const edits: { from: number; to: number; text: string }[] = [];
  const id = pairs.find(({ name }) => name === "id");
  if (id && document.get("id") === slug) edits.push({ from: id.from, to: endOfLine(yaml, id.to), text: "" });
  const before: unknown = document.toJS().movedFrom;
  const slugs = (Array.isArray(before) ? before : []).filter((each) => each !== slug);
  const field = `movedFrom: [${[...slugs, slug].join(", ")}]`;
  const old = pairs.find(({ name }) => name === "movedFrom");
  const newline = yaml.includes("\r\n") ? "\r\n" : "\n";
  if (old) {
    // A list over several lines ends where its last entry does.
    const text = yaml.slice(old.from, old.to).trimEnd();
    edits.push({ from: old.from, to: old.from + text.length, text: field });
  } else edits.push({ from: yaml.length, to: yaml.length, text: field + newline });
  const edited = edits
    .sort((a, b) => b.from - a.from)
    .reduce((text, { from, to, text: put }) => text.slice(0, from) + put + text.slice(to), yaml);
  return ok(file.slice(0, yamlStart) + edited + file.slice(yamlStart + yaml.length));
}

const rangeOf = (node: unknown): readonly [number, number, number] | null | undefined =>
  typeof node === "object" && node !== null && "range" in node
    ? (node.range as readonly [number, number, number] | null)
    : undefined;

function endOfLine(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end === -1 ? text.length : end + 1;
}
