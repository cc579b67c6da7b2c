// The charts of the report on North Korean troops, from the figures in it.

import { FAINT, GREY, INK, MARGIN, PAPER, RED, SERIF, sheet, WIDTH, write } from "./paper.ts";

const BLOCK_TROOPS = 500;
const BLOCK = 48;
const BLOCK_STEP = (WIDTH - 2 * MARGIN - BLOCK) / 23;

/** Three counts of the same deployment, a block for every 500 soldiers. */
export function troops(): string {
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
export function timeline(): string {
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
