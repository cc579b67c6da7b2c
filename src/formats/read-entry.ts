// An entry read back as a feed reader does: what it would show.

import { escapeHtml } from "../lib/text.ts";
import type { Format } from "./format.ts";
import { parseStrictly } from "./xml.ts";

/** What a reader takes from an entry. `title`, `summary` and `content` are HTML, empty for none; the rest is text. */
export interface Reading {
  readonly title: string;
  readonly summary: string;
  readonly content: string;
  readonly by: string;
  readonly date: string;
  readonly tags: readonly string[];
}

/** The parts of a JSON Feed item that are shown. */
interface JsonItem {
  readonly title?: string;
  readonly summary?: string;
  readonly content_html?: string;
  readonly date_published?: string;
  readonly authors?: readonly { readonly name?: string }[];
  readonly tags?: readonly string[];
}

/** Reads an entry that was verified. @throws Error, when it isn't well-formed. */
export function readEntry(format: Format, entry: string): Reading {
  if (format === "json") {
    const item = JSON.parse(entry) as JsonItem;
    return {
      title: escapeHtml(item.title ?? ""),
      summary: escapeHtml(item.summary ?? ""),
      content: item.content_html ?? "",
      by: (item.authors ?? []).flatMap(({ name }) => name ?? []).join(", "),
      date: item.date_published ?? "",
      tags: item.tags ?? [],
    };
  }
  const texts = format === "atom" ? parseStrictly(entry, "atom") : parseStrictly(entry);
  const root = format === "atom" ? "entry" : "item";
  const all = (name: string): readonly string[] => texts.get(`${root}/${name}`) ?? [];
  const names = format === "atom" ? ATOM : RSS;
  return {
    // In RSS a title is text (RSS profile, "title").
    title: format === "atom" ? (all("title")[0] ?? "") : escapeHtml(all("title")[0] ?? ""),
    summary: all(names.summary)[0] ?? "",
    content: all(names.content)[0] ?? "",
    by: all(names.by).join(", "),
    date: all(names.date)[0] ?? "",
    tags: all("category").filter((tag) => tag !== ""),
  };
}

const RSS = {
  summary: "description",
  content: "content:encoded",
  by: "dc:creator",
  date: "pubDate",
} as const;
const ATOM = { summary: "summary", content: "content", by: "author/name", date: "published" } as const;
