// The tide on Merrow quay: an illustration for each hour that the article shows, and the curve, all from one equation.

import {
  box,
  disc,
  GREY,
  gradient,
  INK,
  MARGIN,
  numbers,
  picture,
  RED,
  SANS,
  SCENE_HEIGHT,
  SERIF,
  shape,
  sheet,
  stroke,
  WIDTH,
  write,
} from "./paper.ts";

/** Minutes from one low water to the next. */
const PERIOD = 745;
const LOW = "06:10";
const MEAN_METRES = 2.4;
const AMPLITUDE_METRES = 1.8;

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));

/** The water's height above chart datum, in metres, `minutes` after low water. */
const levelAfter = (minutes: number): number =>
  MEAN_METRES - AMPLITUDE_METRES * Math.cos((2 * Math.PI * minutes) / PERIOD);

const METRE = 95;
const DATUM_Y = 900;
const yOf = (metres: number): number => Math.round(DATUM_Y - metres * METRE);
const QUAY_Y = yOf(5.2);
const QUAY_WIDTH = 530;
const SHORE_Y = 470;

interface Daylight {
  readonly sky: readonly [string, string, string];
  readonly sea: readonly [string, string];
  readonly sun: readonly [x: number, y: number, colour: string];
  /** How much of the night still lies over everything, from 0 to 1. */
  readonly shade: number;
}

const DAYLIGHT: Readonly<Record<string, Daylight>> = {
  "06:10": {
    sky: ["#39466b", "#b07f93", "#f2b48c"],
    sea: ["#8f8298", "#39445f"],
    sun: [1010, 452, "#fbd9a2"],
    shade: 0.34,
  },
  "08:14": {
    sky: ["#7fa3b8", "#d5cdb4", "#f6ddb0"],
    sea: ["#9aa9a4", "#466a78"],
    sun: [1110, 300, "#fdf0cc"],
    shade: 0.16,
  },
  "09:16": {
    sky: ["#7db2c9", "#bcd6d6", "#efe6c8"],
    sea: ["#86b0b4", "#35687a"],
    sun: [1200, 220, "#fdf4d8"],
    shade: 0.08,
  },
  "10:18": {
    sky: ["#6fb0cf", "#a9d3dc", "#e6ebd6"],
    sea: ["#74aeb9", "#2a6479"],
    sun: [1290, 160, "#fff8e2"],
    shade: 0.03,
  },
  "12:22": {
    sky: ["#5aa6cf", "#93cbe0", "#dcecdf"],
    sea: ["#5fa9ba", "#1f5f78"],
    sun: [1400, 110, "#fffbee"],
    shade: 0,
  },
};

/** Merrow quay at one of the times of `DAYLIGHT`, with the water where the tide has it then. */
export function quay(clock: string): string {
  const light = DAYLIGHT[clock];
  if (!light) throw new Error(`no light is known for ${clock}`);
  const level = levelAfter(minutesOf(clock) - minutesOf(LOW));
  const y = yOf(level);
  const [sunX, sunY, sunColour] = light.sun;
  return picture(
    SCENE_HEIGHT,
    gradient("sky", ...light.sky),
    gradient("sea", ...light.sea),
    gradient("mud", "#a08d6c", "#7b6a50", "#554a3b"),
    box(0, 0, WIDTH, SCENE_HEIGHT, "url(#sky)"),
    disc(sunX, sunY, 150, sunColour, 'opacity=".22"'),
    disc(sunX, sunY, 92, sunColour, 'opacity=".3"'),
    disc(sunX, sunY, 52, sunColour),
    farShore(),
    box(0, SHORE_Y, WIDTH, SCENE_HEIGHT - SHORE_Y, "url(#mud)"),
    gullies(),
    box(0, y, WIDTH, SCENE_HEIGHT - y, "url(#sea)"),
    ripples(y, sunX, sunColour),
    wall(),
    gauge(),
    // The wall below the water is seen through it.
    box(0, y, QUAY_WIDTH, SCENE_HEIGHT - y, "url(#sea)", 'opacity=".72"'),
    stroke(`M0 ${y}H${WIDTH}`, "#ffffff", 3, 'opacity=".4"'),
    boat(y),
    onTheQuay(),
    box(0, 0, WIDTH, SCENE_HEIGHT, "#1f2a4d", `opacity="${light.shade}"`),
    light.shade > 0.3 ? lampLight() : "",
  );
}

function farShore(): string {
  const random = numbers(7);
  const houses = Array.from({ length: 13 }, (_, index) => {
    const x = 640 + index * 62 + random.next().value * 18;
    const width = 44 + random.next().value * 16;
    const height = 40 + random.next().value * 34;
    const wallColour = ["#f0e7d6", "#e3cfb0", "#d9d9d0", "#e8c8b4", "#cfd8d6"][index % 5] ?? "";
    const top = SHORE_Y - height;
    return [
      box(x, top, width, height, wallColour),
      shape(
        `M${x - 5} ${top}l${width / 2 + 5} -26 ${width / 2 + 5} 26z`,
        index % 3 === 0 ? "#8a4a3c" : "#5b5f66",
      ),
      box(x + width / 2 - 6, top + 14, 12, 15, "#4b5560", 'opacity=".75"'),
    ].join("");
  });
  return [
    shape(`M0 ${SHORE_Y}V350q260 -90 520 -20t540 -30 540 -10V${SHORE_Y}z`, "#8ea58f"),
    shape(`M0 ${SHORE_Y}V410q420 -70 800 -10t800 -20V${SHORE_Y}z`, "#6d8a74"),
    ...houses,
    // A chapel on the rise.
    box(1480, SHORE_Y - 96, 66, 96, "#efe8da"),
    shape(`M1474 ${SHORE_Y - 96}h78l-39 -34z`, "#5b5f66"),
    box(1450, SHORE_Y - 140, 34, 140, "#e6dccb"),
    shape(`M1446 ${SHORE_Y - 140}h42l-21 -60z`, "#5b5f66"),
  ].join("\n");
}

const gullies = (): string =>
  [
    stroke("M760 480q60 120 -30 210t90 190", "#5d5241", 16, 'opacity=".45"'),
    stroke("M1330 480q-90 90 20 190t-70 220", "#5d5241", 12, 'opacity=".4"'),
    stroke("M1040 500q40 60 -10 120t60 150", "#bda885", 8, 'opacity=".5"'),
    ...[
      [620, 640, 26],
      [900, 600, 18],
      [1180, 700, 30],
      [1440, 620, 22],
      [1500, 780, 34],
      [690, 800, 30],
    ].map(
      ([x = 0, y = 0, r = 0]) =>
        `<ellipse cx="${x}" cy="${y}" rx="${r * 1.7}" ry="${r * 0.6}" fill="#4f4638" opacity=".55"/>`,
    ),
  ].join("\n");

function ripples(y: number, sunX: number, sunColour: string): string {
  const random = numbers(Math.round(y));
  const lines = Array.from({ length: 34 }, () => {
    const [x, down, length] = [random.next().value, random.next().value, random.next().value];
    const at = y + 18 + down * (SCENE_HEIGHT - y - 30);
    return stroke(
      `M${Math.round(x * WIDTH)} ${Math.round(at)}h${Math.round(40 + length * 130)}`,
      "#ffffff",
      4,
      'opacity=".13"',
    );
  });
  const glitter = Array.from({ length: 9 }, (_, index) => {
    const width = 200 - index * 16 + random.next().value * 40;
    return stroke(
      `M${Math.round(sunX - width / 2)} ${y + 14 + index * 24}h${Math.round(width)}`,
      sunColour,
      7,
      'opacity=".42"',
    );
  });
  return [...lines, ...glitter.filter((_, index) => y + 14 + index * 24 < SCENE_HEIGHT)].join("\n");
}

function wall(): string {
  const random = numbers(3);
  const stones: string[] = [];
  for (let row = 0, y = QUAY_Y + 34; y < SCENE_HEIGHT; row += 1, y += 58) {
    for (let x = row % 2 === 0 ? 0 : -62; x < QUAY_WIDTH; x += 124) {
      const width = Math.min(120, QUAY_WIDTH - x);
      const tone = ["#9a938a", "#8f8880", "#a39c92", "#948a7e"][Math.floor(random.next().value * 4)] ?? "";
      stones.push(box(x, y, width, 54, tone, 'rx="4"'));
    }
  }
  return [
    box(0, QUAY_Y, QUAY_WIDTH, SCENE_HEIGHT - QUAY_Y, "#777068"),
    ...stones,
    // Where the water has been: dark as far as the highest tide, green as far as the half of them.
    box(0, yOf(4.35), QUAY_WIDTH, SCENE_HEIGHT - yOf(4.35), "#3d3a36", 'opacity=".32"'),
    box(0, yOf(2.3), QUAY_WIDTH, SCENE_HEIGHT - yOf(2.3), "#3f5a34", 'opacity=".38"'),
    ...Array.from({ length: 18 }, (_, index) => {
      const x = 8 + index * 29;
      return shape(
        `M${x} ${yOf(2.3)}q6 ${30 + (index % 4) * 14} 12 ${44 + (index % 3) * 22}q4 -40 10 ${-44 - (index % 3) * 22}z`,
        "#4b6a3a",
        'opacity=".7"',
      );
    }),
    box(0, QUAY_Y, QUAY_WIDTH + 14, 36, "#c3bbae"),
    box(0, QUAY_Y + 32, QUAY_WIDTH + 14, 6, "#6b655d"),
  ].join("\n");
}

function gauge(): string {
  const x = 404;
  const parts = [box(x, yOf(5), 84, yOf(-0.6) - yOf(5), "#f6f2e6", 'rx="3"')];
  for (let metres = 0; metres <= 5; metres += 1) {
    parts.push(
      write(x + 74, yOf(metres) + (metres === 5 ? 34 : 14), String(metres), {
        size: 42,
        weight: "bold",
        anchor: "end",
        family: SANS,
      }),
    );
    if (metres === 5) continue;
    for (const [part, width] of [
      [0, 34],
      [0.2, 20],
      [0.4, 20],
      [0.6, 20],
      [0.8, 20],
    ] as const) {
      parts.push(box(x, yOf(metres + part) - 5, width, 10, part === 0 ? RED : INK));
    }
  }
  return parts.join("\n");
}

function boat(y: number): string {
  const x = 700;
  return [
    `<ellipse cx="${x + 235}" cy="${y + 58}" rx="250" ry="22" fill="#0f2633" opacity=".28"/>`,
    // Hull, a stripe at its edge, and what stands on deck.
    shape(`M${x} ${y - 92}q240 44 500 -18q-16 96 -72 144H${x + 84}q-62 -46 -84 -126z`, "#b0392f"),
    shape(`M${x} ${y - 92}q240 44 500 -18l-5 24q-250 56 -489 16z`, "#f2ebdc"),
    shape(`M${x + 60} ${y - 2}h394q-12 20 -26 36H${x + 84}q-14 -14 -24 -36z`, "#6f2621"),
    shape(`M${x + 120} ${y - 74}v-112h150l22 112z`, "#f7f3e8"),
    shape(`M${x + 106} ${y - 186}h172l8 -20H${x + 98}z`, "#2f5d62"),
    shape(`M${x + 140} ${y - 168}h52v46h-52zm70 0h48l9 46h-57z`, "#3d5866"),
    box(x + 192, y - 352, 12, 150, "#6b4a30"),
    stroke(
      `M${x + 198} ${y - 346}L${x + 470} ${y - 104}M${x + 198} ${y - 346}L${x + 20} ${y - 92}`,
      "#4a4038",
      3,
    ),
    shape(`M${x + 204} ${y - 348}l58 16 -58 18z`, RED),
    box(x + 330, y - 112, 66, 40, "#d8963a", 'rx="5"'),
    box(x + 402, y - 104, 50, 30, "#c27f2c", 'rx="5"'),
    disc(x + 62, y - 36, 17, "#f2ebdc"),
    disc(x + 62, y - 36, 8, "#b0392f"),
    // The rope to the quay hangs slack when the boat is high, and is steep when it is low.
    stroke(
      `M${x + 12} ${y - 84}Q${x - 90} ${Math.max(y - 40, QUAY_Y + 40)} 492 ${QUAY_Y - 14}`,
      "#d9c7a0",
      6,
    ),
  ].join("\n");
}

const onTheQuay = (): string =>
  [
    box(474, QUAY_Y - 34, 36, 36, "#2e2c2a", 'rx="6"'),
    box(466, QUAY_Y - 42, 52, 14, "#2e2c2a", 'rx="7"'),
    // A lamp, and pots that are stacked to dry.
    box(96, QUAY_Y - 270, 12, 270, "#38352f"),
    stroke(`M102 ${QUAY_Y - 264}q10 -34 62 -30`, "#38352f", 10),
    shape(`M144 ${QUAY_Y - 294}h40l14 34h-68z`, "#38352f"),
    ...[
      [210, 0],
      [300, 0],
      [255, 60],
    ].map(([x = 0, up = 0]) =>
      [
        box(x, QUAY_Y - 58 - up, 84, 58, "#a9773f", 'rx="16"'),
        stroke(
          `M${x + 8} ${QUAY_Y - 30 - up}h68M${x + 28} ${QUAY_Y - 56 - up}v54M${x + 56} ${QUAY_Y - 56 - up}v54`,
          "#5d3f20",
          5,
        ),
      ].join(""),
    ),
  ].join("\n");

const lampLight = (): string =>
  [
    disc(164, QUAY_Y - 248, 120, "#ffd98a", 'opacity=".22"'),
    disc(164, QUAY_Y - 248, 58, "#ffd98a", 'opacity=".38"'),
    `<ellipse cx="164" cy="${QUAY_Y - 256}" rx="26" ry="12" fill="#fff0c4"/>`,
  ].join("");

/** The curve from low water to high, and the twelfths by which the rule has it rise. */
export function curve(): string {
  const [left, right, bottom, top] = [MARGIN + 60, WIDTH - MARGIN, 880, 330];
  const half = PERIOD / 2;
  const x = (minutes: number) => left + (minutes / half) * (right - left);
  const y = (metres: number) => bottom - ((metres - 0.6) / 3.6) * (bottom - top);
  const twelfth = (bottom - top) / 12;
  const step = (right - left) / 6;
  let below = 0;
  const bars = [1, 2, 3, 3, 2, 1].map((twelfths, hour) => {
    const blocks = Array.from({ length: twelfths }, (_, index) =>
      box(
        left + hour * step + 5,
        bottom - (below + index + 1) * twelfth + 3,
        step - 10,
        twelfth - 6,
        hour === 2 || hour === 3 ? "#8fb3b8" : "#c4d6d4",
        'rx="4"',
      ),
    );
    below += twelfths;
    const words = twelfths === 1 ? "one" : twelfths === 2 ? "two" : "three";
    return [
      ...blocks,
      write(left + (hour + 0.5) * step, bottom - (below + 0.35) * twelfth - (hour > 2 ? 0 : 18), words, {
        size: 30,
        family: SERIF,
        weight: "bold",
        anchor: "middle",
      }),
    ].join("\n");
  });
  const points = Array.from({ length: 121 }, (_, index) => (index / 120) * half);
  const line = points.map(
    (at, index) => `${index === 0 ? "M" : "L"}${x(at).toFixed(1)} ${y(levelAfter(at)).toFixed(1)}`,
  );
  const hours = ["06:10", "07:12", "08:14", "09:16", "10:18", "11:20", "12:22"].map((clock, index) =>
    write(left + index * step, bottom + 44, clock, {
      size: 26,
      fill: GREY,
      anchor: index === 6 ? "end" : "middle",
    }),
  );
  const heights = [0.6, 1.5, 2.4, 3.3, 4.2].map((metres) =>
    [
      stroke(`M${left} ${y(metres)}H${right}`, "#d8d0c2", 1.5),
      write(left - 16, y(metres) + 9, `${metres.toFixed(1)}`, { size: 26, fill: GREY, anchor: "end" }),
    ].join(""),
  );
  return sheet(
    1067,
    "One, two, three, three, two, one",
    "Merrow quay, low water to high, in metres. Each block is a twelfth of the rise; the line is the water.",
    "The curve is a cosine of 12 hours and 25 minutes",
    [...heights, ...bars, stroke(line.join(""), RED, 7), ...hours].join("\n"),
  );
}
