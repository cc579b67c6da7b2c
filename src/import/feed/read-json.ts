// JSON Feed -> its items, one by one, so that a broken one stands alone.

import { DetectError, type JsonFeed, ParseError, parseJsonFeed } from "feedsmith";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { Problem } from "../../lib/problem.ts";
import { isObject, type JsonObject, parseJson } from "../json.ts";
import { heldBackBy } from "../publicity.ts";
import type { ReadFeed, ReadItem } from "./item.ts";
import { jsonHead, jsonItem } from "./json.ts";
import { signsInJson } from "./signs.ts";

/** Reads JSON Feed 1.0 or 1.1. */
export function readJsonFeed(content: string): ReadFeed {
  const parsed = parseJson(content);
  if ("error" in parsed) return failed({ path: "", message: `is not JSON: ${parsed.error}` });
  if (!isObject(parsed.value)) return failed({ path: "", message: "is no JSON Feed" });
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
      const item = isObject(value)
        ? feedOf({ version: envelope.version, title: " ", items: [value] })?.items?.[0]
        : undefined;
      if (!item || !isObject(value)) return {};
      const heldBack = heldBackBy(signsInJson(value));
      return { item: jsonItem(item, value._wireroom, head), ...omitUndefined({ heldBack }) };
    }),
  };
}

const failed = (problem: Problem): ReadFeed => ({ head: { own: false }, items: [], problems: [problem] });

function feedOf(value: JsonObject): JsonFeed.Feed<string> | undefined {
  try {
    return parseJsonFeed(value);
  } catch (error) {
    if (error instanceof DetectError || error instanceof ParseError) return undefined;
    throw error;
  }
}
