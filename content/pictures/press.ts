// The press of Merrow and what belongs to it: five illustrations.

import {
  box,
  disc,
  gradient,
  INK,
  numbers,
  picture,
  RED,
  SANS,
  SCENE_HEIGHT,
  SERIF,
  shape,
  stroke,
  WIDTH,
  write,
} from "./paper.ts";

const IRON = "#2b3230";
const IRON_LIT = "#46514d";
const BRASS = "#c9a24b";
const WOOD = "#9c6b3f";
const WOOD_DARK = "#6e4726";
const SHEET = "#f8f2e3";

/** An iron hand press in a workshop: tympan open, a printed sheet in it. */
export function press(): string {
  const printed = Array.from({ length: 11 }, (_, index) =>
    box(-100, -196 + index * 18, index % 4 === 3 ? 120 : 200, 7, INK, 'opacity=".55"'),
  );
  return picture(
    SCENE_HEIGHT,
    gradient("wall", "#d9b27c", "#e9cfa0"),
    gradient("floor", "#8a5c34", "#5f3d21"),
    gradient("pane", "#cfe3e6", "#f7efd2"),
    box(0, 0, WIDTH, SCENE_HEIGHT, "url(#wall)"),
    // Window, and the light that it throws.
    box(130, 110, 380, 470, "#7a5231"),
    box(152, 132, 336, 426, "url(#pane)"),
    stroke("M320 132v426M152 345h336", "#7a5231", 16),
    shape("M152 558L20 1067h640L488 558z", "#fff4d0", 'opacity=".22"'),
    // Sheets on a line.
    stroke("M620 120q420 90 980 10", "#6e4726", 4),
    ...[
      [1120, 160, -2],
      [1285, 158, 2],
      [1450, 148, -1],
    ].map(([x = 0, y = 0, turn = 0]) =>
      [
        `<g transform="rotate(${turn} ${x} ${y})">`,
        box(x, y, 118, 156, SHEET),
        box(x + 14, y + 18, 90, 13, INK, 'opacity=".8"'),
        ...Array.from({ length: 8 }, (_, row) =>
          box(x + 14, y + 46 + row * 12, row % 3 === 2 ? 62 : 90, 5, INK, 'opacity=".4"'),
        ),
        box(x + 50, y - 10, 14, 24, WOOD),
        "</g>",
      ].join(""),
    ),
    box(0, 850, WIDTH, 217, "url(#floor)"),
    ...[890, 945, 1010].map((y) => stroke(`M0 ${y}H${WIDTH}`, "#4c3019", 3, 'opacity=".5"')),
    `<ellipse cx="880" cy="930" rx="560" ry="52" fill="#2a1a0d" opacity=".38"/>`,
    // Rails and the bed that runs on them.
    shape("M330 700h900v32H330z", IRON),
    shape("M360 732h40l-22 196h-40z", IRON),
    box(392, 640, 470, 60, IRON_LIT, 'rx="6"'),
    box(402, 620, 450, 24, "#b9b4aa"),
    box(424, 604, 200, 18, "#8c877e"),
    ...Array.from({ length: 24 }, (_, index) => box(428 + index * 8, 600, 5, 6, "#5f5b55")),
    // Tympan and frisket, open to the left, with the sheet that was just pulled.
    `<g transform="translate(372 470) rotate(-24)">`,
    box(-128, -226, 256, 380, WOOD_DARK, 'rx="6"'),
    box(-112, -210, 224, 348, SHEET),
    box(-100, -196, 200, 30, INK, 'opacity=".85"'),
    ...printed.slice(3).map((line) => line.replace(/y="(-?\d+)"/, (_, y: string) => `y="${Number(y) + 10}"`)),
    box(-100, 50, 200, 70, RED, 'opacity=".85"'),
    "</g>",
    // The staple: two cheeks, a head, feet.
    shape(
      "M770 928q10 -60 60 -70h90q-20 -300 -20 -560h96q-4 260 -4 560h96q-2 -300 -6 -560h98q4 260 -18 560h84q56 8 64 70z",
      IRON,
    ),
    shape("M880 300q-30 -130 130 -150h80q156 24 124 150z", IRON),
    shape("M914 276q-14 -84 110 -96h52q112 14 102 96z", IRON_LIT),
    box(940, 216, 220, 40, "#1d2321", 'rx="20"'),
    write(1050, 246, "MERROW", { size: 28, family: SERIF, weight: "bold", fill: BRASS, anchor: "middle" }),
    disc(1050, 128, 32, BRASS),
    disc(1050, 84, 14, BRASS),
    ...[906, 1136].map((x) => box(x, 300, 80, 14, BRASS)),
    ...[906, 1132].map((x) => box(x, 800, 84, 12, BRASS, 'opacity=".8"')),
    box(918, 330, 22, 460, IRON_LIT, 'rx="11"'),
    box(1152, 330, 22, 460, IRON_LIT, 'rx="11"'),
    // Platen, piston, and the bar that is pulled.
    box(1008, 300, 66, 210, IRON_LIT),
    ...[330, 370, 410, 450].map((y) => box(1000, y, 82, 14, BRASS, 'opacity=".85"')),
    box(918, 508, 246, 56, "#39423f", 'rx="6"'),
    box(896, 560, 290, 22, "#1d2321", 'rx="4"'),
    stroke("M1040 440Q820 470 640 395", "#39423f", 22),
    stroke("M700 418Q668 408 628 392", WOOD, 36),
    // Crank and its girth.
    disc(1240, 716, 46, IRON),
    disc(1240, 716, 16, BRASS),
    stroke("M1240 716l92 66", IRON_LIT, 16),
    stroke("M1332 782h38", WOOD, 30),
  );
}

/** A case of type from above; the most used letters have the largest boxes. */
export function typeCase(): string {
  const random = numbers(11);
  const next = () => random.next().value;
  // Letter, column, row, columns, rows: in eighths of the case's width and sixths of its height.
  const boxes: readonly (readonly [string, number, number, number, number])[] = [
    ["j", 0, 0, 1, 1],
    ["b", 1, 0, 1.5, 1],
    ["c", 2.5, 0, 1.5, 1],
    ["d", 4, 0, 1.5, 1],
    ["e", 4, 1, 2, 2],
    ["i", 5.5, 0, 1, 1],
    ["s", 6.5, 0, 1.5, 1],
    ["k", 0, 1, 1, 1],
    ["l", 1, 1, 1.5, 1],
    ["m", 2.5, 1, 1.5, 1],
    ["n", 2.5, 2, 1.5, 2],
    ["h", 6, 1, 1, 2],
    ["o", 7, 1, 1, 2],
    ["x", 0, 2, 1, 1],
    ["v", 1, 2, 1.5, 1],
    ["u", 1, 3, 1.5, 1],
    ["z", 0, 3, 1, 1],
    ["t", 4, 3, 1.5, 2],
    ["a", 5.5, 3, 1.5, 2],
    ["r", 7, 3, 1, 2],
    ["q", 0, 4, 1, 1],
    ["w", 1, 4, 1.5, 1],
    ["y", 2.5, 4, 1.5, 1],
    [",", 0, 5, 1, 1],
    [".", 1, 5, 1.5, 1],
    ["g", 2.5, 5, 1.5, 1],
    ["p", 4, 5, 1.5, 1],
    ["f", 5.5, 5, 1.5, 1],
    ["-", 7, 5, 1, 1],
  ];
  const [left, top, column, row] = [110, 90, 172.5, 148];
  return picture(
    SCENE_HEIGHT,
    gradient("table", "#5e7a72", "#3f5851"),
    box(0, 0, WIDTH, SCENE_HEIGHT, "url(#table)"),
    box(left - 34, top - 34, 8 * column + 92, 6 * row + 92, "#2b3b36", 'rx="14" opacity=".45"'),
    box(left - 46, top - 46, 8 * column + 92, 6 * row + 92, WOOD_DARK, 'rx="12"'),
    box(left - 22, top - 22, 8 * column + 44, 6 * row + 44, WOOD, 'rx="4"'),
    ...boxes.map(([letter, x, y, width, height]) => {
      const [bx, by, bw, bh] = [left + x * column, top + y * row, width * column, height * row];
      const sorts = Array.from({ length: Math.round(width * height * 10) }, () => {
        const [sx, sy] = [bx + 30 + next() * (bw - 78), by + 30 + next() * (bh - 84)];
        const tone = ["#b9b6ae", "#9d9a93", "#cfccc3", "#85827b"][Math.floor(next() * 4)] ?? "";
        return [
          `<g transform="rotate(${Math.round(next() * 180)} ${(sx + 9).toFixed(0)} ${(sy + 24).toFixed(0)})">`,
          box(Math.round(sx), Math.round(sy), 17, 48, tone, 'rx="2"'),
          box(Math.round(sx), Math.round(sy), 17, 9, "#55524c", 'rx="2"'),
          "</g>",
        ].join("");
      });
      return [
        box(bx + 6, by + 6, bw - 12, bh - 12, "#4d3119", 'rx="4"'),
        ...sorts,
        box(bx + 14, by + bh - 48, 34, 34, SHEET, 'rx="4"'),
        write(bx + 31, by + bh - 24, letter, { size: 26, family: SERIF, weight: "bold", anchor: "middle" }),
      ].join("\n");
    }),
  );
}

/** A composing stick with a line of type: upside down, as a compositor reads it. */
export function stick(): string {
  const letters = [..."THE MERROW PACKET"];
  const width = 64;
  const from = 218;
  const sorts = letters.map((letter, index) => {
    const x = from + index * width;
    if (letter === " ") return box(x, 520, width - 4, 120, "#8b8881", 'rx="3"');
    return [
      box(x, 470, width - 4, 170, "#c6c3ba", 'rx="3"'),
      box(x, 470, width - 4, 12, "#e7e4db", 'rx="3"'),
      box(x, 622, width - 4, 18, "#77746d", 'rx="3"'),
      `<g transform="translate(${x + width / 2 - 2} 522) scale(1 -1)">`,
      write(0, 0, letter, {
        size: 70,
        family: SERIF,
        weight: "bold",
        anchor: "middle",
        fill: "#2a2826",
      }).replace('y="0"', 'y="-28" dy="0"'),
      "</g>",
    ].join("\n");
  });
  return picture(
    SCENE_HEIGHT,
    gradient("bench", "#b98350", "#8d5c33"),
    gradient("steel", "#e3e1da", "#a9a69e"),
    box(0, 0, WIDTH, SCENE_HEIGHT, "url(#bench)"),
    ...[140, 330, 560, 790, 980].map((y, index) =>
      stroke(`M0 ${y}q400 ${index % 2 === 0 ? 26 : -22} 800 0t800 0`, "#6e4726", 4, 'opacity=".35"'),
    ),
    // The manuscript that is being set.
    `<g transform="rotate(-7 420 250)">`,
    box(150, 70, 620, 300, "#5a3a20", 'opacity=".3"'),
    box(140, 60, 620, 300, SHEET),
    ...Array.from({ length: 7 }, (_, row) =>
      stroke(
        `M180 ${112 + row * 34}q40 -16 80 0t80 0 80 0 80 0${row % 3 === 2 ? "" : " 80 0 80 0"}`,
        "#2f4a63",
        4,
      ),
    ),
    "</g>",
    box(166, 690, 1290, 60, "#3d2714", 'rx="10" opacity=".35"'),
    box(150, 640, 1290, 62, "url(#steel)", 'rx="8"'),
    box(150, 430, 44, 240, "url(#steel)", 'rx="6"'),
    box(1306, 450, 66, 210, "#8f8c84", 'rx="6"'),
    disc(1339, 676, 26, BRASS),
    ...sorts,
    // Tweezers, and two letters that wait.
    stroke("M960 900L1380 800M960 900L1392 832", "#d5d3cb", 14),
    stroke("M900 914l64 -14", "#d5d3cb", 22),
    ...[
      [360, 850, 18],
      [520, 890, -32],
    ].map(
      ([x = 0, y = 0, turn = 0]) =>
        `<g transform="rotate(${turn} ${x} ${y})">${box(x, y, 52, 124, "#c6c3ba", 'rx="3"')}${box(x, y, 52, 26, "#55524c", 'rx="3"')}</g>`,
    ),
  );
}

/** A roller on its slab, the ink drawn out to a thin film. */
export function roller(): string {
  return picture(
    SCENE_HEIGHT,
    gradient("table", "#ddb87f", "#c59b60"),
    gradient("film", "#8f1d1a", "#b23a2f", "#a02a24"),
    `<linearGradient id="round" x2="0" y2="1"><stop offset="0" stop-color="#5a1613"/><stop offset=".35" stop-color="#d5594b"/><stop offset="1" stop-color="#5a1613"/></linearGradient>`,
    box(0, 0, WIDTH, SCENE_HEIGHT, "url(#table)"),
    ...[90, 300, 830, 1010].map((y, index) =>
      stroke(`M0 ${y}q400 ${index % 2 === 0 ? 20 : -24} 800 0t800 0`, "#8d6533", 4, 'opacity=".3"'),
    ),
    box(238, 128, 1130, 850, "#7c5a2e", 'rx="10" opacity=".4"'),
    box(220, 110, 1130, 850, "#e9e6dd", 'rx="10"'),
    box(220, 110, 1130, 26, "#fbf9f3", 'rx="10"'),
    // The film, with the edges that strokes leave.
    shape(
      "M350 250q20 -40 60 -34l760 -6q50 4 44 60l-10 440q4 60 -70 56l-720 14q-74 0 -70 -60z",
      "url(#film)",
    ),
    ...Array.from({ length: 13 }, (_, index) =>
      stroke(
        `M${380 + (index % 3) * 14} ${268 + index * 36}H${1180 - (index % 4) * 22}`,
        "#d36a5c",
        5,
        'opacity=".35"',
      ),
    ),
    // What is still in a heap, and the knife.
    shape("M300 820q-24 -70 60 -76 30 -44 92 -16 84 -6 72 60 6 56 -80 58 -90 22 -144 -26z", "#7e1814"),
    shape("M344 782q40 -30 96 -12", "none", 'stroke="#c9574a" stroke-width="10" stroke-linecap="round"'),
    `<g transform="rotate(-16 640 880)">${box(520, 862, 250, 34, "#cfccc4", 'rx="4"')}${box(770, 856, 210, 46, WOOD, 'rx="20"')}</g>`,
    // The roller lies across.
    `<g transform="rotate(9 800 470)">`,
    box(430, 420, 760, 150, "#3d0f0c", 'rx="20" opacity=".35"'),
    box(420, 392, 760, 150, "url(#round)", 'rx="16"'),
    box(386, 448, 40, 38, "#4a4741"),
    box(1174, 448, 40, 38, "#4a4741"),
    stroke("M396 466v-96q0 -30 30 -30h744q32 0 32 30v96", "#4a4741", 22),
    shape("M742 340h116l-14 -60h-88z", "#4a4741"),
    box(748, 78, 104, 216, WOOD, 'rx="40"'),
    box(748, 226, 104, 16, BRASS),
    "</g>",
  );
}

/** The first sheet, on the line. */
export function firstSheet(): string {
  const text = (x: number, y: number, rows: number) =>
    Array.from({ length: rows }, (_, row) =>
      box(x, y + row * 21, row % 5 === 4 ? 118 : 196, 9, INK, 'opacity=".58"'),
    ).join("");
  return picture(
    SCENE_HEIGHT,
    gradient("wall", "#54706b", "#7d958c"),
    box(0, 0, WIDTH, SCENE_HEIGHT, "url(#wall)"),
    shape("M980 0h420L900 1067H360z", "#fff3cf", 'opacity=".13"'),
    stroke(`M0 96q800 70 ${WIDTH} -6`, "#e4d5b2", 7),
    `<g transform="rotate(-1.4 800 140)">`,
    box(444, 152, 740, 880, "#20302c", 'opacity=".4"'),
    box(424, 134, 740, 880, SHEET),
    write(794, 240, "The Merrow Packet", { size: 78, family: SERIF, weight: "bold", anchor: "middle" }),
    box(462, 268, 664, 5, INK),
    write(794, 302, "PULLED BY HAND · THE FIRST SHEET · PRICE: YOUR COMPANY", {
      size: 19,
      family: SANS,
      anchor: "middle",
    }),
    box(462, 318, 664, 2, INK),
    write(794, 386, "The Old Press Prints Again", {
      size: 50,
      family: SERIF,
      weight: "bold",
      anchor: "middle",
    }),
    text(462, 424, 27),
    text(696, 694, 14),
    text(930, 694, 14),
    // A woodcut of the harbour, in the second colour.
    box(696, 420, 430, 250, RED),
    disc(1010, 500, 44, SHEET),
    shape("M716 610h390v40H716z", SHEET, 'opacity=".9"'),
    shape("M770 570h240l-34 46H800z", INK),
    shape("M856 430v132h104z", SHEET),
    shape("M844 450v112h-70z", SHEET),
    stroke("M730 630h90m40 8h110m30 -10h80", RED, 5),
    "</g>",
    ...[
      [520, 116],
      [1050, 106],
    ].map(([x = 0, y = 0]) => `${box(x, y, 30, 74, "#c48f55", 'rx="5"')}${box(x + 12, y, 6, 74, "#7c5229")}`),
    // Its neighbours, half in the picture.
    `<g transform="rotate(2 1500 120)">${box(1290, 120, 420, 700, SHEET, 'opacity=".92"')}${box(1326, 190, 360, 40, INK, 'opacity=".8"')}${text(1326, 270, 20)}${text(1560, 270, 20)}</g>`,
    `<g transform="rotate(-3 100 120)">${box(-120, 130, 420, 640, SHEET, 'opacity=".92"')}${text(70, 270, 20)}${box(-60, 190, 320, 40, INK, 'opacity=".8"')}</g>`,
  );
}
