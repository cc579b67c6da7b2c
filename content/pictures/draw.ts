// Draws the demo's two pictures from the figures in the article: SVG made here, turned into PNG by Chromium.
// Run it with `node content/pictures/draw.ts` after a change; the PNGs are committed beside their article.

import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const ARTICLE_DIR = resolve(import.meta.dirname, "../articles/north-korean-troops-in-russia");
const WIDTH = 1600;
const MARGIN = 96;

const PAPER = "#fbf8f2";
const INK = "#1d1b19";
const GREY = "#6d675f";
const FAINT = "#e6dfd3";
const RED = "#a3231f";
const SERIF = "Liberation Serif";
const SANS = "Liberation Sans";

interface Style {
  readonly size: number;
  readonly family?: string;
  readonly fill?: string;
  readonly weight?: "bold" | "normal";
  readonly anchor?: "start" | "middle" | "end";
}

const escapeText = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

function write(x: number, y: number, text: string, style: Style): string {
  const { size, family = SANS, fill = INK, weight = "normal", anchor = "start" } = style;
  return `<text x="${x}" y="${y}" font-family="${family}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${escapeText(text)}</text>`;
}

function sheet(height: number, title: string, dek: string, source: string, drawing: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">
<rect width="${WIDTH}" height="${height}" fill="${PAPER}"/>
<rect x="${MARGIN}" y="64" width="${WIDTH - 2 * MARGIN}" height="3" fill="${INK}"/>
<rect x="${MARGIN}" y="64" width="88" height="14" fill="${RED}"/>
${write(MARGIN, 154, title, { size: 60, family: SERIF, weight: "bold" })}
${write(MARGIN, 210, dek, { size: 30, fill: GREY })}
${drawing}
<rect x="${MARGIN}" y="${height - 100}" width="${WIDTH - 2 * MARGIN}" height="1.5" fill="${FAINT}"/>
${write(MARGIN, height - 54, source, { size: 23, fill: GREY })}
${write(WIDTH - MARGIN, height - 54, "WIREROOM DESK", { size: 23, fill: INK, weight: "bold", anchor: "end" })}
</svg>`;
}

const BLOCK_TROOPS = 500;
const BLOCK = 48;
const BLOCK_STEP = (WIDTH - 2 * MARGIN - BLOCK) / 23;

/** Three counts of the same deployment, a block for every 500 soldiers. */
function troops(): string {
  const rows = [
    {
      count: 1_500,
      figure: "1,500",
      label: "or so arrived in the first wave",
      by: "South Korea’s intelligence service, 18 October",
      fill: INK,
    },
    {
      count: 3_000,
      figure: "3,000",
      label: "or more were shipped to Russia’s east",
      by: "The White House, 23 October",
      fill: RED,
    },
    {
      count: 12_000,
      figure: "12,000",
      label: "are to be sent in all",
      by: "South Korea’s intelligence service, 18 October",
      fill: "#c9a27a",
    },
  ];
  const most = Math.max(...rows.map((row) => row.count)) / BLOCK_TROOPS;
  const drawing = rows.map(({ count, figure, label, by, fill }, row) => {
    const y = 330 + row * 168;
    const blocks = Array.from({ length: most }, (_, index) => {
      const x = MARGIN + index * BLOCK_STEP;
      return `<rect x="${x}" y="${y}" width="${BLOCK}" height="${BLOCK}" rx="4" fill="${index < count / BLOCK_TROOPS ? fill : FAINT}" fill-opacity="${index < count / BLOCK_TROOPS ? 1 : 0.55}"/>`;
    });
    const after = MARGIN + figure.length * 31;
    return [
      write(MARGIN, y - 18, figure, {
        size: 58,
        family: SERIF,
        weight: "bold",
        fill: fill === "#c9a27a" ? "#8c6236" : fill,
      }),
      write(after + 8, y - 20, label, { size: 31 }),
      write(WIDTH - MARGIN, y - 20, by, { size: 25, fill: GREY, anchor: "end" }),
      ...blocks,
    ].join("\n");
  });
  return sheet(
    900,
    "Three counts of one deployment",
    "North Korean soldiers in Russia. Each block stands for 500.",
    "Figures as given by Seoul and Washington up to 24 October 2024",
    drawing.join("\n"),
  );
}

/** The dates in the article, from the oldest to the day it was written. */
function timeline(): string {
  const events = [
    { date: "June", lines: ["Kim Jong Un and Putin", "pledge support", "in case of war"] },
    { date: "18 October", lines: ["South Korean spies", "count some 1,500, the", "first of 12,000"] },
    { date: "21 October", lines: ["At the U.N., Pyongyang", "calls such reports", "“groundless”"] },
    { date: "23 October", lines: ["Washington confirms", "at least 3,000, and for", "the first time"] },
    { date: "24 October", lines: ["“Cannon fodder”:", "South Korea’s defence", "minister, in parliament"] },
  ];
  const first = MARGIN + 15;
  const step = (WIDTH - 2 * MARGIN - 262) / (events.length - 1);
  const y = 380;
  const marks = events.map(({ date, lines }, index) => {
    const x = first + index * step;
    const last = index === events.length - 1;
    return [
      `<circle cx="${x}" cy="${y}" r="${last ? 17 : 13}" fill="${last ? RED : PAPER}" stroke="${last ? RED : INK}" stroke-width="5"/>`,
      write(x - 15, y - 48, date, { size: 35, family: SERIF, weight: "bold", fill: last ? RED : INK }),
      ...lines.map((line, row) => write(x - 15, y + 76 + row * 35, line, { size: 26, fill: INK })),
    ].join("\n");
  });
  const line = `<rect x="${first}" y="${y - 2.5}" width="${step * (events.length - 1)}" height="5" fill="${INK}"/>`;
  return sheet(
    680,
    "From a pledge to a deployment",
    "What was said and done, as known on 24 October 2024. Not to scale.",
    "All dates are in 2024",
    [line, ...marks].join("\n"),
  );
}

/** Has Chromium paint `svg` as a PNG of the same size. */
function paint(svg: string, height: number, file: string): void {
  const work = mkdtempSync(join(tmpdir(), "draw-"));
  const page = join(work, "page.html");
  writeFileSync(
    page,
    `<!doctype html><meta charset="utf-8"><style>body{margin:0}svg{display:block}</style>${svg}`,
  );
  const quiet = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
  const still = ["--disable-component-update", "--disable-sync", "--hide-scrollbars", "--no-sandbox"];
  execFileSync(
    "chromium",
    [
      "--headless",
      ...quiet,
      ...still,
      `--user-data-dir=${join(work, "profile")}`,
      `--window-size=${WIDTH},${height}`,
      `--screenshot=${file}`,
      `file://${page}`,
    ],
    { stdio: "ignore" },
  );
  rmSync(work, { recursive: true, force: true });
}

paint(troops(), 900, join(ARTICLE_DIR, "troops.png"));
paint(timeline(), 680, join(ARTICLE_DIR, "timeline.png"));
