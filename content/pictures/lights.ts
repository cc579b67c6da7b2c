// Lights at sea: the night boat, a lighthouse, and how its lens is cut.

import {
  box,
  disc,
  GREY,
  gradient,
  INK,
  MARGIN,
  numbers,
  PAPER,
  picture,
  RED,
  SCENE_HEIGHT,
  shape,
  stroke,
  WIDTH,
  write,
} from "./paper.ts";

const NASKH = "Noto Naskh Arabic";

function stars(count: number, below: number, seed: number): string {
  const random = numbers(seed);
  return Array.from({ length: count }, () => {
    const [x, y, size] = [random.next().value, random.next().value, random.next().value];
    return disc(
      Math.round(x * WIDTH),
      Math.round(y * below),
      1.5 + size * 2,
      "#fff6dc",
      `opacity="${(0.35 + size * 0.6).toFixed(2)}"`,
    );
  }).join("");
}

/** A ferry at night, all windows lit, an island ahead. */
export function ferry(): string {
  const sea = 700;
  const windows = (x: number, y: number, count: number) =>
    Array.from({ length: count }, (_, index) =>
      box(x + index * 36, y, 20, 20, index % 7 === 4 ? "#7d6a4a" : "#ffd98c", 'rx="4"'),
    ).join("");
  const random = numbers(5);
  return picture(
    SCENE_HEIGHT,
    gradient("sky", "#0c1730", "#1d345c", "#4a6488"),
    gradient("sea", "#24466b", "#0b1a30"),
    box(0, 0, WIDTH, SCENE_HEIGHT, "url(#sky)"),
    stars(120, 560, 9),
    disc(1280, 190, 150, "#f6ecd0", 'opacity=".1"'),
    disc(1280, 190, 74, "#f6ecd0"),
    disc(1258, 172, 15, "#e2d6b4"),
    disc(1304, 212, 21, "#e2d6b4"),
    shape(`M980 ${sea}q70 -60 150 -74 90 -62 190 -10 130 -6 280 84z`, "#101f38"),
    ...[1120, 1160, 1230, 1300, 1390].map((x, index) => disc(x, sea - 14 - (index % 3) * 16, 5, "#ffd98c")),
    box(0, sea, WIDTH, SCENE_HEIGHT - sea, "url(#sea)"),
    ...Array.from({ length: 9 }, (_, index) =>
      stroke(
        `M${1280 - 90 + index * 6 + Math.round(random.next().value * 20)} ${sea + 20 + index * 34}h${150 - index * 8}`,
        "#f6ecd0",
        6,
        'opacity=".35"',
      ),
    ),
    // Light on the water beneath the windows.
    ...Array.from({ length: 40 }, () => {
      const [x, y, length] = [random.next().value, random.next().value, random.next().value];
      return stroke(
        `M${Math.round(190 + x * 780)} ${Math.round(sea + 96 + y * 220)}h${Math.round(20 + length * 90)}`,
        "#ffd98c",
        5,
        'opacity=".26"',
      );
    }),
    // Funnel, three decks, hull.
    shape("M420 290h96l14 130H404z", RED),
    shape("M417 318h102l4 34H412z", "#f4ecdc"),
    shape("M440 276q-30 -60 -110 -70 -70 -6 -130 -40 60 90 150 84 50 6 74 34z", "#8ea0b8", 'opacity=".35"'),
    shape("M300 420h470l40 70H290z", "#e9e4d8"),
    shape("M230 490h660l46 76H220z", "#f4f0e6"),
    shape("M170 566h850l30 70H160z", "#e2dccd"),
    box(760, 400, 110, 92, "#f4f0e6", 'rx="6"'),
    shape("M776 414h92v34h-92z", "#ffe4a6"),
    box(806, 330, 8, 72, "#cfc9bb"),
    disc(810, 328, 7, "#ff8a5c"),
    windows(330, 444, 12),
    windows(262, 518, 18),
    windows(206, 590, 23),
    shape(`M110 636h1010q-14 80 -70 ${sea - 560}H190q-58 -60 -80 -140z`, "#17324f"),
    shape("M110 636h1010l-4 22H117z", RED),
    write(250, 716, "LARKHOLM", { size: 42, weight: "bold", fill: "#f4ecdc" }),
    ...[570, 640, 710, 780].map((x) => disc(x, 702, 13, "#ffd98c")),
    stroke(`M60 ${sea + 82}q160 -30 330 -8t340 -4 420 10`, "#cfe0ec", 8, 'opacity=".55"'),
    stroke(`M0 ${sea + 112}q220 -26 420 -6t360 0 380 2`, "#cfe0ec", 5, 'opacity=".3"'),
  );
}

/** A lighthouse at dusk, with its beam. */
export function lighthouse(): string {
  const random = numbers(21);
  return picture(
    SCENE_HEIGHT,
    gradient("sky", "#1e2c50", "#5b4f7c", "#d98b77", "#f4c08a"),
    gradient("sea", "#6a5d7d", "#1f2c48"),
    gradient("tower", "#fbf6ea", "#efe4cf"),
    `<linearGradient id="beam"><stop offset="0" stop-color="#fff1b8" stop-opacity=".85"/><stop offset="1" stop-color="#fff1b8" stop-opacity="0"/></linearGradient>`,
    `<linearGradient id="back" x1="1" x2="0"><stop offset="0" stop-color="#fff1b8" stop-opacity=".6"/><stop offset="1" stop-color="#fff1b8" stop-opacity="0"/></linearGradient>`,
    box(0, 0, WIDTH, 760, "url(#sky)"),
    stars(60, 300, 4),
    shape("M1095 214L0 40V330z", "url(#back)"),
    shape("M1105 214L1600 120V310z", "url(#beam)"),
    shape("M0 700q180 -40 360 -6t300 10v60H0z", "#33385b", 'opacity=".8"'),
    box(0, 740, WIDTH, 327, "url(#sea)"),
    ...Array.from({ length: 46 }, () => {
      const [x, y, length] = [random.next().value, random.next().value, random.next().value];
      return stroke(
        `M${Math.round(x * 1000)} ${Math.round(762 + y * 290)}h${Math.round(30 + length * 120)}`,
        "#f4c08a",
        5,
        'opacity=".28"',
      );
    }),
    // A ship that is still far.
    shape("M250 716h150l-18 30H270z", "#20263f"),
    shape("M290 690h70v28h-70z", "#39405f"),
    disc(330, 684, 4, "#ffd98c"),
    // Rocks, tower with its bands, gallery, lantern.
    shape(
      "M720 1067q40 -150 150 -190 60 -110 170 -90 130 -40 210 60 120 10 170 90 110 30 180 130z",
      "#2a2637",
    ),
    shape("M840 1067q50 -110 150 -130 110 -60 220 10 110 30 170 120z", "#3a3448"),
    shape("M1020 850l32 -560h106l32 560z", "url(#tower)"),
    ...[
      [340, 440],
      [560, 670],
    ].map(([from = 0, to = 0]) => {
      const half = (y: number) => 53 + ((y - 290) / 560) * 32;
      return shape(
        `M${1105 - half(from)} ${from}H${1105 + half(from)}L${1105 + half(to)} ${to}H${1105 - half(to)}z`,
        "#b0392f",
      );
    }),
    shape("M1158 290l32 560h-40l-26 -560z", "#2a2637", 'opacity=".16"'),
    ...[490, 720].map((y) => box(1095, y, 20, 38, "#3a3448", 'rx="10"')),
    box(1030, 274, 150, 18, "#2a2637"),
    stroke("M1036 274v-30M1066 274v-30M1144 274v-30M1174 274v-30M1030 246h150", "#2a2637", 6),
    box(1062, 168, 86, 106, "#ffe9a8"),
    disc(1105, 214, 80, "#fff1b8", 'opacity=".35"'),
    disc(1105, 214, 26, "#fffbe6"),
    stroke("M1062 168v106M1091 168v106M1119 168v106M1148 168v106", "#2a2637", 5),
    shape("M1050 168h110q-8 -58 -55 -70 -47 12 -55 70z", "#8c2c25"),
    disc(1105, 92, 9, "#2a2637"),
    // The keeper's house.
    box(1240, 800, 170, 92, "#efe4cf"),
    shape("M1226 800h198l-34 -50h-130z", "#8c2c25"),
    box(1272, 826, 30, 34, "#ffd98c"),
    box(1338, 834, 34, 58, "#5d4a44"),
  );
}

/** Half the height of the drawn lenses, in pixels; how thick the whole one is in its middle; and the radius of its face. */
const LENS = { half: 250, middle: 196, radius: 300 } as const;
const RINGS = 6;

/** How thick the whole lens is, so far above or below its middle. */
const thicknessAt = (y: number): number => LENS.middle - (LENS.radius - Math.sqrt(LENS.radius ** 2 - y ** 2));

/** The outlines of the whole lens and of one in rings, its flat side at `x`, its middle at `y`. */
function outline(x: number, y: number, inRings: boolean): string {
  const points: string[] = [];
  const ring = LENS.half / RINGS;
  for (let step = -LENS.half; step <= LENS.half; step += 1) {
    const outer = Math.ceil(Math.abs(step) / ring) * ring;
    const cut = inRings ? thicknessAt(Math.max(outer, ring)) - 26 : 0;
    points.push(`L${(x - thicknessAt(step) + cut).toFixed(1)} ${y + step}`);
  }
  return `M${x} ${y - LENS.half}${points.join("")}L${x} ${y + LENS.half}z`;
}

/** A whole lens and one in rings, in Arabic, and what both make of a lamp's light. */
export function lens(): string {
  const y = 610;
  const arabic = (
    x: number,
    at: number,
    text: string,
    size: number,
    fill = INK,
    anchor: "start" | "middle" | "end" = "middle",
  ) =>
    write(x, at, text, { size, family: NASKH, weight: "bold", fill, anchor }).replace(
      "<text",
      '<text direction="rtl"',
    );
  const one = (x: number, name: string, remark: string, inRings: boolean) => {
    const lamp = x + 300;
    const rays = [-210, -140, -70, 0, 70, 140, 210].map((up) =>
      stroke(`M${lamp} ${y}L${x} ${y + up}H${x - 330}`, "#d9a13a", 6),
    );
    return [
      ...rays,
      shape(
        outline(x, y, inRings),
        "#8fb9c4",
        `stroke="${INK}" stroke-width="4" fill-opacity=".82" stroke-linejoin="round"`,
      ),
      disc(lamp, y, 46, "#f3c95c", 'opacity=".4"'),
      disc(lamp, y, 22, "#e9a92c"),
      arabic(lamp, y + 96, "المصباح", 36, GREY),
      arabic(x - 70, 950, name, 46),
      arabic(x - 70, 1004, remark, 34, GREY),
    ].join("\n");
  };
  return picture(
    SCENE_HEIGHT + 53,
    box(0, 0, WIDTH, SCENE_HEIGHT + 53, PAPER),
    box(MARGIN, 64, WIDTH - 2 * MARGIN, 3, INK),
    box(WIDTH - MARGIN - 88, 64, 88, 14, RED),
    arabic(WIDTH - MARGIN, 162, "ضوءٌ واحد وعدستان", 62, INK, "start"),
    arabic(WIDTH - MARGIN, 230, "الأشعة نفسها تخرج متوازية، والزجاج أقلّ بكثير.", 36, GREY, "start"),
    one(1190, "عدسة كاملة", "سميكة وثقيلة", false),
    one(430, "عدسة فرينل", "حلقاتٌ لها ميلُ السطح نفسه", true),
    box(MARGIN, 1046, WIDTH - 2 * MARGIN, 1.5, "#e6dfd3"),
    arabic(WIDTH - MARGIN, 1092, "رسم توضيحي، ليس بمقياس", 28, GREY, "start"),
    write(MARGIN, 1092, "WIREROOM DESK", { size: 23, weight: "bold" }),
  );
}
