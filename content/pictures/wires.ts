// Three wires along the coast: what stands above the guide to this wire.

import { box, disc, gradient, picture, SCENE_HEIGHT, shape, stroke, WIDTH } from "./paper.ts";

/** Where a pole stands, how high it is, and how much smaller than the first. */
interface Pole {
  readonly x: number;
  readonly foot: number;
  readonly scale: number;
}

const POLES: readonly Pole[] = [
  { x: -330, foot: 1180, scale: 1.55 },
  { x: 300, foot: 1010, scale: 1 },
  { x: 760, foot: 900, scale: 0.64 },
  { x: 1050, foot: 836, scale: 0.42 },
  { x: 1235, foot: 796, scale: 0.28 },
  { x: 1352, foot: 772, scale: 0.19 },
  { x: 1430, foot: 758, scale: 0.13 },
];
/** The highest first. */
const WIRES = [0, 1, 2];

/** Where a wire is fastened to a pole. */
const fastened = ({ x, foot, scale }: Pole, wire: number) => ({
  x: x + 34 * scale,
  y: foot - (800 - wire * 120) * scale,
});

/** A point of a wire, `part` of the way from one pole to the next. */
function onWire(from: Pole, to: Pole, wire: number, part: number): readonly [number, number] {
  const [a, b] = [fastened(from, wire), fastened(to, wire)];
  const sag = 4 * part * (1 - part) * 74 * ((from.scale + to.scale) / 2);
  return [a.x + (b.x - a.x) * part, a.y + (b.y - a.y) * part + sag];
}

function bird(x: number, y: number, size: number, facing: 1 | -1): string {
  return [
    `<g transform="translate(${x.toFixed(0)} ${y.toFixed(0)}) scale(${(size * facing).toFixed(2)} ${size})">`,
    shape("M-26 18L-78 52L-66 34L-86 30z", "#1b2233"),
    shape("M-44 22q4 -44 44 -50q10 -22 32 -16q18 6 16 22l16 8 -18 4q-4 46 -46 48q-28 2 -44 -16z", "#27314a"),
    shape("M46 -20q-2 46 -44 58q34 2 44 -26z", "#f0d9b8"),
    disc(34, -28, 3.4, "#ffffff"),
    stroke("M-6 36v14M8 36v14", "#1b2233", 4),
    "</g>",
  ].join("");
}

/** Poles with three wires lead to a town by the sea; birds sit on the wires. */
export function wires(): string {
  const lines = POLES.slice(1).flatMap((to, index) => {
    const from = POLES[index];
    if (!from) return [];
    return WIRES.map((wire) => {
      const points = Array.from({ length: 25 }, (_, step) => onWire(from, to, wire, step / 24));
      const d = points.map(([x, y], step) => `${step === 0 ? "M" : "L"}${x.toFixed(1)} ${y.toFixed(1)}`);
      return stroke(d.join(""), "#2a2f3f", Math.max(1.4, 5 * to.scale));
    });
  });
  const [near, first, second, third] = POLES;
  if (!near || !first || !second || !third) throw new Error("too few poles");
  const birds = [
    [near, first, 0, 0.8, 1, 1],
    [near, first, 2, 0.66, 1.05, 1],
    [first, second, 1, 0.2, 0.9, 1],
    [first, second, 1, 0.4, 0.84, 1],
    [first, second, 1, 0.65, 0.76, -1],
    [first, second, 0, 0.68, 0.72, -1],
    [first, second, 2, 0.62, 0.72, 1],
    [second, third, 1, 0.3, 0.54, 1],
    [second, third, 0, 0.62, 0.46, -1],
    [second, third, 2, 0.74, 0.42, 1],
  ] as const;
  return picture(
    SCENE_HEIGHT,
    gradient("sky", "#f0a983", "#f7cf9f", "#fbe9c6"),
    gradient("sea", "#d9a58b", "#7d8f9d"),
    gradient("grass", "#6f8f6b", "#3d5f4f"),
    box(0, 0, WIDTH, SCENE_HEIGHT, "url(#sky)"),
    disc(1180, 420, 190, "#fff3d6", 'opacity=".3"'),
    disc(1180, 420, 112, "#fff3d6"),
    ...[
      [180, 250, 300],
      [620, 130, 240],
      [900, 300, 190],
    ].map(([x = 0, y = 0, width = 0]) => box(x, y, width, 22, "#fff6e4", 'rx="11" opacity=".6"')),
    shape("M0 640q230 -110 470 -40t420 20 330 -30 380 10V760H0z", "#c39a8f", 'opacity=".8"'),
    box(0, 690, WIDTH, 380, "url(#sea)"),
    ...[712, 734, 760, 790].map((y, index) =>
      stroke(`M${1090 - index * 26} ${y}h${190 + index * 40}`, "#fff3d6", 6, 'opacity=".6"'),
    ),
    // Two sails, and the town at the end of the line.
    ...[
      [880, 730, 1],
      [650, 716, 0.7],
    ].map(
      ([x = 0, y = 0, size = 1]) =>
        `<g transform="translate(${x} ${y}) scale(${size})">${shape("M0 0v-62l42 62z", "#fff8ea")}${shape("M-6 0v-48l-28 48z", "#f6e3c4")}${shape("M-42 6h92l-16 20h-60z", "#7a3b32")}</g>`,
    ),
    shape("M1380 760q120 -60 230 -50v60z", "#5d7c64"),
    ...[
      [1424, 700, 34, 50, "#f7ead2"],
      [1466, 684, 40, 62, "#e9c9a8"],
      [1514, 674, 36, 66, "#f3e0c2"],
      [1558, 662, 42, 76, "#e7d2bd"],
    ].map(([x, y, width, height, colour]) =>
      [
        box(Number(x), Number(y), Number(width), Number(height), String(colour)),
        shape(`M${Number(x) - 4} ${y}h${Number(width) + 8}l${-Number(width) / 2 - 4} -24z`, "#8a4a3c"),
        box(Number(x) + 12, Number(y) + 16, 10, 13, "#5d4a44"),
      ].join(""),
    ),
    shape("M0 900q260 -130 560 -110t520 -10 520 -30V1067H0z", "url(#grass)"),
    // The path below the wires.
    shape("M-40 1067q520 -190 900 -210t600 -86q-240 80 -560 120T420 1067z", "#d9bb8c"),
    ...POLES.slice(1)
      .toReversed()
      .map(({ x, foot, scale }) =>
        [
          box(x - 13 * scale, foot - 850 * scale, 26 * scale, 850 * scale, "#5a3d2b", `rx="${6 * scale}"`),
          ...WIRES.flatMap((wire) => [
            box(x - 40 * scale, foot - (786 - wire * 120) * scale, 92 * scale, 14 * scale, "#6b4a34"),
            box(
              x + 25 * scale,
              foot - (806 - wire * 120) * scale,
              18 * scale,
              30 * scale,
              "#dfe7e4",
              `rx="${7 * scale}"`,
            ),
          ]),
        ].join("\n"),
      ),
    ...lines,
    ...birds.map(([from, to, wire, part, size, facing]) => {
      const [x, y] = onWire(from, to, wire, part);
      return bird(x, y - 46 * size, size, facing);
    }),
  );
}
