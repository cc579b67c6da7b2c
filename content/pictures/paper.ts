// What the pictures have in common: size, colours, fonts, text, and the frame of a chart.

/** Pixels; every picture is so wide. */
export const WIDTH = 1600;
/** Pixels to the left and right of a chart. */
export const MARGIN = 96;

export const PAPER = "#fbf8f2";
export const INK = "#1d1b19";
export const GREY = "#6d675f";
export const FAINT = "#e6dfd3";
export const RED = "#a3231f";
export const SERIF = "Liberation Serif";
export const SANS = "Liberation Sans";

/** How a text looks. */
export interface Style {
  readonly size: number;
  readonly family?: string;
  readonly fill?: string;
  readonly weight?: "bold" | "normal";
  /** Where `x` is: `start` is the right end of a text from right to left. */
  readonly anchor?: "start" | "middle" | "end";
}

const escapeText = (text: string): string => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

/** A line of text, `y` is its baseline. */
export function write(x: number, y: number, text: string, style: Style): string {
  const { size, family = SANS, fill = INK, weight = "normal", anchor = "start" } = style;
  return `<text x="${x}" y="${y}" font-family="${family}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${escapeText(text)}</text>`;
}

/** A chart: `drawing` under a title and a line of explanation, above its source. */
export function sheet(height: number, title: string, dek: string, source: string, drawing: string): string {
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

/** A picture of this height, in pixels, made of SVG elements. */
export const picture = (height: number, ...elements: readonly string[]): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}">
${elements.join("\n")}
</svg>`;

/** Height of an illustration, in pixels: three to two, as lists show pictures. */
export const SCENE_HEIGHT = 1067;

/** A gradient from the top down, to be used as `fill="url(#id)"`. */
export const gradient = (id: string, ...colours: readonly string[]): string =>
  `<linearGradient id="${id}" x2="0" y2="1">${colours
    .map((colour, index) => `<stop offset="${index / (colours.length - 1)}" stop-color="${colour}"/>`)
    .join("")}</linearGradient>`;

/** A rectangle; `more` is what else its element says. */
export const box = (x: number, y: number, width: number, height: number, fill: string, more = ""): string =>
  `<rect x="${x}" y="${y}" width="${width}" height="${height}" fill="${fill}" ${more}/>`;

/** A filled path. */
export const shape = (d: string, fill: string, more = ""): string =>
  `<path d="${d}" fill="${fill}" ${more}/>`;

/** A line along a path. */
export const stroke = (d: string, colour: string, width: number, more = ""): string =>
  `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;

/** A filled circle. */
export const disc = (x: number, y: number, radius: number, fill: string, more = ""): string =>
  `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}" ${more}/>`;

/** Numbers from 0 to 1 that are the same each time. */
export function* numbers(seed: number): Generator<number, never> {
  for (let state = seed; ; ) {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    yield state / 2_147_483_648;
  }
}
