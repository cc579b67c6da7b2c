// What is seen in the dark: Venus before the Sun, to scale, and a film in the open.

import {
  box,
  disc,
  gradient,
  numbers,
  picture,
  SANS,
  SCENE_HEIGHT,
  SERIF,
  shape,
  stroke,
  WIDTH,
  write,
} from "./paper.ts";

// Geocentric, in arcseconds and minutes, as HM Nautical Almanac Office predicts the transit of 11 December 2117.
const SUN_DIAMETER = 1948.6;
const VENUS_DIAMETER = 63.1;
const SEPARATION = 723.7;
const MIDDLE = 11 * 60 + 48;
const DURATION = 340;

/** Where Venus stands at which hour of Seoul, on the Sun; both in one scale, the path drawn level. */
export function transit(): string {
  const radius = 790;
  const [x, y] = [WIDTH / 2, 1010];
  const scale = (2 * radius) / SUN_DIAMETER;
  const reach = Math.sqrt(((SUN_DIAMETER + VENUS_DIAMETER) / 2) ** 2 - SEPARATION ** 2) * scale;
  const at = (minutes: number) => x + ((minutes - MIDDLE) / (DURATION / 2)) * reach;
  const path = y - SEPARATION * scale;
  const places = ["08:58", "10:00", "11:00", "12:00", "13:00", "14:00", "14:38"].map((clock, index) => {
    const [hour = 0, minute = 0] = clock.split(":").map(Number);
    const place = at(hour * 60 + minute);
    const isEdge = index === 0 || index === 6;
    return [
      disc(
        place,
        path,
        (VENUS_DIAMETER / 2) * scale,
        "#17110c",
        isEdge ? 'stroke="#f7d58a" stroke-width="2.5"' : "",
      ),
      isEdge
        ? write(place + (index === 0 ? -52 : 52), path + 14, clock, {
            size: 38,
            family: SANS,
            weight: "bold",
            fill: "#fbe9c0",
            anchor: index === 0 ? "end" : "start",
          })
        : write(place, path + 84, clock, {
            size: 34,
            family: SANS,
            weight: "bold",
            fill: "#5a2508",
            anchor: "middle",
          }),
    ].join("\n");
  });
  return picture(
    900,
    `<radialGradient id="sun"><stop offset="0" stop-color="#ffe08a"/><stop offset=".75" stop-color="#fdb64a"/><stop offset=".97" stop-color="#ee8420"/><stop offset="1" stop-color="#d9650f"/></radialGradient>`,
    box(0, 0, WIDTH, 900, "#17110c"),
    disc(x, y, radius + 26, "#d9650f", 'opacity=".14"'),
    disc(x, y, radius + 10, "#ee8420", 'opacity=".22"'),
    disc(x, y, radius, "url(#sun)"),
    stroke(
      `M${at(MIDDLE - DURATION / 2)} ${path}H${at(MIDDLE + DURATION / 2)}`,
      "#5a2508",
      2.5,
      'stroke-dasharray="3 12" opacity=".8"',
    ),
    ...places,
    write(96, 112, "11 December 2117", { size: 58, family: SERIF, weight: "bold", fill: "#fbe9c0" }),
    write(WIDTH - 96, 106, "Times in Seoul", { size: 32, fill: "#d8bd8a", anchor: "end" }),
    write(x, 660, "the Sun", { size: 54, family: SERIF, fill: "#7a3a0c", anchor: "middle" }),
    write(x, 724, "To scale: Venus is a thirty-first as wide", {
      size: 33,
      fill: "#7a3a0c",
      anchor: "middle",
    }),
  );
}

/** A film in the open: the screen before its film begins, and those who wait for it. */
export function filmNight(): string {
  const random = numbers(17);
  const next = () => random.next().value;
  const heads = [0, 1, 2].flatMap((row) =>
    Array.from({ length: 11 - row }, (_, index) => {
      const size = 34 + row * 13;
      const px = 60 + index * (150 + row * 17) + next() * 34 + row * 30;
      const py = 838 + row * 82 + next() * 14;
      const tone = ["#1b2136", "#151a2c", "#0d1120"][row] ?? "";
      return [
        disc(Math.round(px), Math.round(py), size, tone),
        box(
          Math.round(px - size * 1.75),
          Math.round(py + size * 0.85),
          Math.round(size * 3.5),
          SCENE_HEIGHT,
          tone,
          `rx="${size}"`,
        ),
        index % 4 === 2
          ? shape(
              `M${Math.round(px - size)} ${Math.round(py - size * 0.4)}q${size} ${-size * 1.2} ${size * 2} 0z`,
              row === 2 ? "#2b1b22" : "#33263a",
            )
          : "",
      ].join("");
    }),
  );
  return picture(
    SCENE_HEIGHT,
    gradient("sky", "#0e1530", "#27315c", "#6b5578"),
    `<radialGradient id="screen"><stop offset="0" stop-color="#fffdf2"/><stop offset="1" stop-color="#e9dfbf"/></radialGradient>`,
    box(0, 0, WIDTH, SCENE_HEIGHT, "url(#sky)"),
    ...Array.from({ length: 90 }, () =>
      disc(
        Math.round(next() * WIDTH),
        Math.round(next() * 480),
        1.4 + next() * 1.8,
        "#fff6dc",
        `opacity="${(0.3 + next() * 0.6).toFixed(2)}"`,
      ),
    ),
    shape(
      "M0 800V600q90 -130 190 -70 60 -120 160 -30v300zM1250 800V520q90 -90 160 10 100 -110 190 40v230z",
      "#141a33",
    ),
    // Lanterns on a string.
    stroke(`M0 150q400 150 800 40t800 -60`, "#0b0f20", 4),
    ...[
      [130, 192, "#f2b950"],
      [330, 232, "#e2674a"],
      [1250, 140, "#f2b950"],
      [1440, 130, "#7fb3a6"],
    ].map(
      ([lx, ly, colour]) =>
        `${disc(Number(lx), Number(ly) + 22, 40, String(colour), 'opacity=".22"')}${disc(Number(lx), Number(ly) + 22, 20, String(colour))}`,
    ),
    box(400, 770, 24, 220, "#10152a"),
    box(1176, 770, 24, 220, "#10152a"),
    box(336, 216, 928, 580, "#fff4cf", 'opacity=".16" rx="14"'),
    box(356, 236, 888, 540, "#10152a", 'rx="8"'),
    box(372, 252, 856, 508, "url(#screen)"),
    // The leader that counts down.
    `<circle cx="800" cy="506" r="196" fill="none" stroke="#6c6654" stroke-width="6"/><circle cx="800" cy="506" r="164" fill="none" stroke="#6c6654" stroke-width="6"/>`,
    shape("M800 506V252H1228V506z", "#cfc4a0", 'opacity=".55"'),
    stroke("M372 506H1228M800 252V760", "#6c6654", 5),
    write(800, 606, "3", { size: 290, family: SERIF, weight: "bold", anchor: "middle", fill: "#2b2820" }),
    shape("M372 760L800 1067L1228 760z", "#fff4cf", 'opacity=".12"'),
    ...heads,
  );
}
