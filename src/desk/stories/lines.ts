// The text of a draft's body, one line for each block.

import type { Root, RootContent } from "hast";
import { parseBody, TooMuchMarkup } from "../../html/parse.ts";
import { holdsBlock, isBlock, isElement, wordsIn } from "../../html/tree.ts";

/** The lines of a draft's body, which may be any JSON. HTML that can't be parsed is returned unchanged. */
export function linesOf(body: unknown): readonly string[] {
  const html = typeof body === "object" && body !== null && "html" in body ? body.html : "";
  if (typeof html !== "string" || html === "") return [];
  try {
    return linesIn(parseBody(html));
  } catch (error) {
    if (error instanceof TooMuchMarkup) return [html];
    throw error;
  }
}

function linesIn(tree: Root): readonly string[] {
  const lines: string[] = [];
  let open: RootContent[] = [];
  const end = (): void => {
    lines.push(wordsIn({ type: "root", children: open }));
    open = [];
  };
  const walk = (children: readonly RootContent[]): void => {
    for (const child of children) {
      if (!isBlock(child)) {
        open.push(child);
        continue;
      }
      end();
      if (isElement(child) && holdsBlock(child.children)) walk(child.children);
      else open.push(child);
      end();
    }
  };
  walk(tree.children);
  end();
  return lines.filter((line) => line !== "");
}
