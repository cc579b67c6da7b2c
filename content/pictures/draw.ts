// Draws the demonstration's pictures: SVG made here, some of it from figures, painted by Chromium. Charts are PNG, which lists
// show whole; illustrations are JPEG. Run `node content/pictures/draw.ts` after a change, with names of files to draw no
// others; the pictures are committed beside their articles.

import { writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { startBrowser } from "../../test/browser/chromium.ts";
import { filmNight, transit } from "./dark.ts";
import { ferry, lens, lighthouse } from "./lights.ts";
import { firstSheet, press, roller, stick, typeCase } from "./press.ts";
import { timeline, troops } from "./report.ts";
import { curve, quay } from "./tide.ts";
import { wires } from "./wires.ts";

const ARTICLES = join(import.meta.dirname, "../articles");
const JPEG_QUALITY = 84;

const PICTURES: Readonly<Record<string, string>> = {
  "north-korean-troops-in-russia/troops.png": troops(),
  "north-korean-troops-in-russia/timeline.png": timeline(),
  "how-to-read-this-wire/wires.jpg": wires(),
  "six-hours-of-tide/0610.jpg": quay("06:10"),
  "six-hours-of-tide/0814.jpg": quay("08:14"),
  "six-hours-of-tide/0916.jpg": quay("09:16"),
  "six-hours-of-tide/1018.jpg": quay("10:18"),
  "six-hours-of-tide/1222.jpg": quay("12:22"),
  "six-hours-of-tide/twelfths.png": curve(),
  "the-press-that-waited/press.jpg": press(),
  "the-press-that-waited/case.jpg": typeCase(),
  "the-press-that-waited/stick.jpg": stick(),
  "the-press-that-waited/roller.jpg": roller(),
  "the-press-that-waited/sheet.jpg": firstSheet(),
  "a-film-anybody-may-show/screen.jpg": filmNight(),
  "how-a-small-lamp-reaches-the-horizon/lighthouse.jpg": lighthouse(),
  "how-a-small-lamp-reaches-the-horizon/lens.png": lens(),
  "the-night-boat-to-larkholm/ferry.jpg": ferry(),
  "venus-crosses-the-sun/transit.jpg": transit(),
};

const wanted = process.argv.slice(2);
const browser = await startBrowser();
const page = await browser.newPage();
for (const [path, svg] of Object.entries(PICTURES)) {
  if (wanted.length > 0 && !wanted.includes(basename(path))) continue;
  const [, width, height] = /width="(\d+)" height="(\d+)"/.exec(svg) ?? [];
  await page.setViewportSize({ width: Number(width), height: Number(height) });
  await page.setContent(`<!doctype html><style>body{margin:0}svg{display:block}</style>${svg}`);
  const bytes = await page.screenshot(
    path.endsWith(".png") ? { type: "png" } : { type: "jpeg", quality: JPEG_QUALITY },
  );
  writeFileSync(join(ARTICLES, path), bytes);
  console.log(`${path}  ${Math.round(bytes.length / 1000)} kB`);
}
await browser.close();
