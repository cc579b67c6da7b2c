// JSON-LD of a page: which of its nodes is the article. Blocks that can't be read don't keep the others from being read.

import { readJson } from "../json.ts";
import { type Follow, isNode, listOf, type Node, typesOf } from "./schema.ts";

/** A page's article as its JSON-LD has it. */
export interface LinkedData {
  readonly article?: Node;
  readonly follow: Follow;
  /** Sentences on what could not be read. */
  readonly notes: readonly string[];
}

/** True for schema.org's articles: `NewsArticle`, `BlogPosting`, … */
export const isArticle = (node: Node): boolean => typesOf(node).some((type) => ARTICLE.test(type));

const ARTICLE = /^(?:\w*Article|\w*BlogPosting|Report)$/;

/** Finds the article; of several the one that says it is the page at `url`, else the one that says most. */
export function readLinkedData(blocks: readonly string[], url: string | undefined): LinkedData {
  const notes: string[] = [];
  const nodes = blocks.flatMap((block, index) => {
    const parsed = parsedJson(block);
    if (parsed === undefined) notes.push(`JSON-LD block ${index + 1} is not JSON, and was passed over`);
    return nodesIn(parsed, 0);
  });
  const byId = new Map<unknown, Node>();
  for (const node of nodes) {
    const id = node["@id"];
    if (typeof id === "string" && Object.keys(node).length > Object.keys(byId.get(id) ?? {}).length)
      byId.set(id, node);
  }
  const follow: Follow = (node) => byId.get(node["@id"]) ?? node;
  const weigh = (node: Node): number => (isPage(node, url) ? 100 : 0) + Object.keys(node).length;
  const [article] = nodes.filter(isArticle).toSorted((a, b) => weigh(b) - weigh(a));
  return { ...(article ? { article: follow(article) } : {}), follow, notes };
}

function parsedJson(block: string): unknown {
  // Some wrap it as scripts once were, and some leave line ends in strings.
  const json = block
    .replace(/^\s*(?:\/\/\s*)?(?:<!--|<!\[CDATA\[)/, "")
    .replace(/(?:\/\/\s*)?(?:-->|\]\]>)\s*$/, "");
  return readJson(json) ?? readJson(json.replace(/[\n\r\t]/g, " "));
}

// Nobody nests further, and what does is no article's.
const DEEPEST_LEVEL = 12;

function nodesIn(value: unknown, level: number): readonly Node[] {
  if (level > DEEPEST_LEVEL || typeof value !== "object" || value === null) return [];
  const inner = Object.values(value).flatMap((each) => nodesIn(each, level + 1));
  return isNode(value) ? [value, ...inner] : inner;
}

function isPage(node: Node, url: string | undefined): boolean {
  const own = [node.url, ...listOf(node.mainEntityOfPage), node["@id"]].map((each) =>
    isNode(each) ? each["@id"] : each,
  );
  return url !== undefined && own.some((each) => typeof each === "string" && samePage(each, url));
}

// What differs in scheme, fragment or a last slash alone.
const samePage = (a: string, b: string): boolean => bare(a) === bare(b);

const bare = (url: string): string =>
  url
    .replace(/^https?:\/\//, "")
    .replace(/#.*$/s, "")
    .replace(/\/$/, "");
