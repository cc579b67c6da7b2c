// JSON Feed -> its items, one by one, so that a broken one stands alone.

import { DetectError, type JsonFeed, ParseError, parseJsonFeed } from "feedsmith";
import type { Problem } from "../../model/problem.ts";
import type { ReadFeed, ReadItem } from "./feed.ts";
import { jsonHead, jsonItem } from "./json.ts";

type Fields = Readonly<Record<string, unknown>>;

/** Reads JSON Feed 1.0 or 1.1. */
export function readJsonFeed(content: string): ReadFeed {
  const parsed = parsedJson(content);
  if ("problem" in parsed) return failed(parsed.problem);
  if (!isFields(parsed.value)) return failed({ path: "", message: "is no JSON Feed" });
  const { items, ...envelope } = parsed.value;
  // Without an item a feed that says nothing of itself would be none.
  const feed = feedOf({ ...envelope, items: [{ id: "1" }] });
  if (!feed) return failed({ path: "version", message: "is not that of a JSON Feed" });
  if (!Array.isArray(items)) return failed({ path: "items", message: "must be a list" });
  const head = jsonHead(feed, envelope._wireroom);
  return {
    head,
    problems: [],
    items: items.map((value: unknown): ReadItem => {
      const item = isFields(value)
        ? feedOf({ version: envelope.version, title: " ", items: [value] })?.items?.[0]
        : undefined;
      return item && isFields(value) ? { item: jsonItem(item, value._wireroom, head) } : {};
    }),
  };
}

const failed = (problem: Problem): ReadFeed => ({ head: { own: false }, items: [], problems: [problem] });

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function feedOf(value: Fields): JsonFeed.Feed<string> | undefined {
  try {
    return parseJsonFeed(value);
  } catch (error) {
    if (error instanceof DetectError || error instanceof ParseError) return undefined;
    throw error;
  }
}

function parsedJson(content: string): { readonly value: unknown } | { readonly problem: Problem } {
  try {
    return { value: JSON.parse(content.replace(/^\ufeff/, "")) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return { problem: { path: "", message: `is not JSON: ${error.message}` } };
  }
}
