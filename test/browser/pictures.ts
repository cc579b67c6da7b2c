// Pictures for the articles of the browser tests: landscapes of a few shapes, drawn as SVG and turned into PNG by the
// browser itself.

import { createHash } from "node:crypto";
import type { Browser } from "playwright-core";
import type { TestImage } from "../worker/articles.ts";

const WIDTH = 1200;

/** What can be drawn: colours from the sky down, and a shape. */
const SCENES = {
  harbour: {
    sky: ["#27405e", "#d98a5b", "#f3cf9a"],
    shapes: `<circle cx="820" cy="470" r="70" fill="#fbe3b0"/><path d="M0 520h1200v280H0z" fill="#2b4a63"/>
      <path d="M0 520l180-60 150 60z M900 520l200-90 100 90z" fill="#1c2f43"/>
      <path d="M300 560h360l-50 70H350z" fill="#f4f1ea"/><path d="M380 500h180v60H380z M420 460h90v40h-90z" fill="#dfd8ca"/>
      <path d="M120 690h960M200 740h700M520 650h480" stroke="#e9b583" stroke-width="5" opacity=".45"/>`,
  },
  strait: {
    sky: ["#0d1526", "#1c2d4a", "#3c5675"],
    shapes: `<circle cx="900" cy="190" r="60" fill="#f3ead0"/><path d="M0 470h1200v330H0z" fill="#101c30"/>
      <path d="M0 470l260-50 240 50z M780 470l420-70v70z" fill="#0a111f"/><path d="M420 520h420l-60 60H470z" fill="#c9ced6"/>
      <path d="M500 450h230v70H500z" fill="#e8ebef"/><path d="M520 472h20v20h-20zm50 0h20v20h-20zm50 0h20v20h-20zm50 0h20v20h-20z" fill="#f2b950"/>
      <path d="M860 500h80M840 560h130M870 620h70M480 640h300M380 710h560" stroke="#f3ead0" stroke-width="5" opacity=".4"/>`,
  },
  mountains: {
    sky: ["#8fb1c9", "#c9d8dc", "#eef0e6"],
    shapes: `<path d="M0 560L220 250l180 220 190-330 240 360 150-180 220 240v240H0z" fill="#5b7484"/>
      <path d="M220 250l70 86-60 20-60-16z M590 140l88 132-80-20-76 26z" fill="#f7f7f2"/>
      <path d="M0 640l260-110 300 120 280-90 360 130v110H0z" fill="#3c5348"/><path d="M0 720l500-60 700 80v60H0z" fill="#27382f"/>`,
  },
  city: {
    sky: ["#1d2233", "#4b3f63", "#c3707a"],
    shapes: `<path d="M0 800V520h110v-90h120v160h80V330h140v260h70V210h120v380h90V420h130v120h90V300h120v290h130v210z" fill="#161826"/>
      <path d="M340 380h16v20h-16zm40 60h16v20h-16zm180-160h16v20h-16zm40 70h16v20h-16zm-20 90h16v20h-16zm420-80h16v20h-16zm30 60h16v20h-16zM150 470h16v20h-16zm690 0h16v20h-16z" fill="#f6cf7d"/>`,
  },
  field: {
    sky: ["#f2d9a8", "#f7e9cb", "#fdf6e4"],
    shapes: `<circle cx="260" cy="230" r="90" fill="#e2674a"/><path d="M0 460q300-80 600-20t600-40v400H0z" fill="#b9a04c"/>
      <path d="M0 580q400-90 700 0t500-30v250H0z" fill="#87883f"/><path d="M0 700q500-90 1200-10v110H0z" fill="#545f2f"/>
      <path d="M860 470v-150m-46 46l46-46 46 46m-92 46l46-46 46 46" stroke="#4a4a2c" stroke-width="9" fill="none"/>`,
  },
  portrait: {
    sky: ["#7d8c8a", "#a9b3ab", "#cfd3c6"],
    shapes: `<path d="M250 800q0-300 350-300t350 300z" fill="#2e3b46"/><circle cx="600" cy="330" r="190" fill="#d7a886"/>
      <path d="M400 330q-10-240 200-230t200 230q-60-120-200-120t-200 120z" fill="#33261f"/>`,
  },
} as const;

/** One of the pictures that can be drawn. */
export type Scene = keyof typeof SCENES;

/** Draws a picture, 1200 pixels wide. */
export async function draw(browser: Browser, scene: Scene, height = 800): Promise<TestImage> {
  const { sky, shapes } = SCENES[scene];
  const stops = sky.map((color, index) => `<stop offset="${index / 2.6}" stop-color="${color}"/>`).join("");
  const page = await browser.newPage({ viewport: { width: WIDTH, height } });
  await page.setContent(
    `<body style="margin:0"><svg viewBox="0 0 1200 800" width="${WIDTH}" height="${height}" preserveAspectRatio="xMidYMid slice">
      <linearGradient id="sky" x2="0" y2="1">${stops}</linearGradient><path d="M0 0h1200v800H0z" fill="url(#sky)"/>${shapes}</svg>`,
  );
  const bytes = await page.screenshot();
  await page.close();
  const sha256 = createHash("sha256").update(bytes).digest("hex");
  return { bytes, sha256, src: `/media/${sha256}.png` };
}
