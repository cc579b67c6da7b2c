// `wireroom check` over many articles, each with a picture, in a new process with all its threads.

import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pngChunk } from "../photograph.ts";
import { benchArticle } from "./prose.ts";
import { type Row, timed } from "./table.ts";

const FEW = 1_000;
const MANY = 10_000;
const ARTICLE_WORDS = 700;
const PICTURE_BYTES = 100_000;
const LIMIT_SECONDS = 30;

const MAIN = join(import.meta.dirname, "../../bin/wireroom.cjs");

/** One row: the time per article with many articles, divided by that with few; all must end within the limit. */
export async function benchCheck(): Promise<readonly Row[]> {
  const few = await seconds(FEW);
  const many = await seconds(MANY);
  const ratio = many / MANY / (few / FEW);
  return [
    {
      what: `check, an article of ${MANY} (${many.toFixed(1)} s for all, ≤ ${LIMIT_SECONDS} s) against one of ${FEW}`,
      figure: ratio.toFixed(2),
      goal: "≤ 1.2",
      met: ratio <= 1.2 && many <= LIMIT_SECONDS,
    },
  ];
}

async function seconds(count: number): Promise<number> {
  const dir = mkdtempSync(join(tmpdir(), "check-"));
  try {
    for (let index = 0; index < count; index++) writeArticle(join(dir, `articles/report-${index}`), index);
    return (await timed(() => execFileSync(process.execPath, [MAIN, "check", dir]))) / 1000;
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function writeArticle(folder: string, index: number): void {
  const { headline, dek, published, body } = benchArticle(index, ARTICLE_WORDS);
  const text = body.html.replaceAll("</p>", "\n").replaceAll("<p>", "");
  const image = "images: [{ src: lead.png, alt: A ferry at dusk, credit: Theo Ash }]";
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, "index.md"),
    `---\nheadline: ${headline}\ndek: ${dek}\npublished: ${published}\n${image}\n---\n${text}`,
  );
  writeFileSync(join(folder, "lead.png"), picture(index));
}

/** A PNG of 1600 by 900, whose pixels are filler bytes, which nothing decodes. */
const picture = (index: number): Uint8Array =>
  Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    pngChunk("IHDR", Buffer.from("00000640000003840800000000", "hex")),
    pngChunk("IDAT", Buffer.alloc(PICTURE_BYTES, index % 251)),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
