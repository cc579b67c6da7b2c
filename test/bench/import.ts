// Compares the text that `wireroom import` extracts from saved pages with the text that people marked in them: precision and
// recall of sequences of four words, averaged over the pages.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { parseBody } from "../../src/html/parse.ts";
import { linesBelow } from "../../src/import/page/page-tree.ts";
import { readPage } from "../../src/import/page/saved-page.ts";
import type { Row } from "./table.ts";

const GOAL_F1 = 0.972;
const RUN_WORDS = 4;
const ENDING = ".html.gz";

/** `folder` holds `html/KEY.html.gz` and `ground-truth.json`: `{"KEY": {"articleBody": "…"}}`. */
export function benchImport(folder: string | undefined): readonly Row[] {
  if (folder === undefined || !existsSync(join(folder, "ground-truth.json"))) {
    console.error("import: skipped; name a folder with saved pages and their texts after it");
    return [];
  }
  const truth: Readonly<Record<string, { readonly articleBody: string }>> = JSON.parse(
    readFileSync(join(folder, "ground-truth.json"), "utf8"),
  );
  const scores = readdirSync(join(folder, "html"))
    .filter((name) => name.endsWith(ENDING))
    .map((name) => {
      const content = new TextDecoder().decode(gunzipSync(readFileSync(join(folder, "html", name))));
      return score(textOf(name, content), truth[name.slice(0, -ENDING.length)]?.articleBody ?? "");
    });
  const precision = mean(scores.map((one) => one.precision));
  const recall = mean(scores.map((one) => one.recall));
  const f1 = (2 * precision * recall) / (precision + recall);
  return [
    {
      what: `text of ${scores.length} saved pages, F1 (precision, recall)`,
      figure: `${f1.toFixed(3)} (${precision.toFixed(3)}, ${recall.toFixed(3)})`,
      goal: `≥ ${GOAL_F1}`,
      met: f1 >= GOAL_F1,
    },
  ];
}

function textOf(name: string, content: string): string {
  const [article] = readPage({ name, content }).articles;
  if (!article) return "";
  const { body } = article;
  return (body.kind === "html" ? linesBelow(parseBody(body.html)) : body.paragraphs).join("\n");
}

function score(found: string, wanted: string): { readonly precision: number; readonly recall: number } {
  const [got, want] = [runsOf(found), runsOf(wanted)];
  const hits = [...got].reduce((sum, [run, count]) => sum + Math.min(count, want.get(run) ?? 0), 0);
  const share = (runs: ReadonlyMap<string, number>) =>
    runs.size === 0 ? 0 : hits / [...runs.values()].reduce((sum, count) => sum + count, 0);
  return { precision: share(got), recall: share(want) };
}

/** How often each sequence of four words occurs in `text`. */
function runsOf(text: string): ReadonlyMap<string, number> {
  const words = text.match(/[\p{L}\p{N}_]+/gu) ?? [];
  const runs = new Map<string, number>();
  for (let start = 0; words.length > 0 && start < Math.max(1, words.length - RUN_WORDS + 1); start++) {
    const run = words.slice(start, start + RUN_WORDS).join(" ");
    runs.set(run, (runs.get(run) ?? 0) + 1);
  }
  return runs;
}

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
