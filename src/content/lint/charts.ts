// A chart or map as a photograph's file type: lists cut it, for only PNG and GIF are taken for drawings. Words don't prove what a
// picture is, so they change nothing; the writer is asked.

import { isCropped } from "../../article/image.ts";
import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { Rule } from "./material.ts";

/** What drawings are called, by the beginning of the word; of signs that aren't parted into words, anywhere in the first ones. */
const WORDS = [
  ...[
    "chart",
    "barchart",
    "graph",
    "graphic",
    "infographic",
    "diagram",
    "map",
    "plot",
    "screenshot",
    "flowchart",
  ],
  ...[
    "diagramm",
    "grafik",
    "infografik",
    "schaubild",
    "landkarte",
    "karte",
    "liniendiagramm",
    "balkendiagramm",
  ],
  ...["graphique", "carte", "schéma", "infographie", "diagramme"],
  ...["gráfico", "gráfica", "mapa", "diagrama", "infografía", "infográfico", "esquema"],
  ...["grafico", "mappa", "schema", "infografica", "diagramma", "grafiek", "kaart", "plattegrond"],
  ...["wykres", "schemat", "diagram", "график", "графік", "карта", "мапа", "диаграмма", "діаграма", "схема"],
  ...["خريطة", "مخطط", "رسم بياني"],
];
const DRAWN = new RegExp(`(?<![\\p{L}\\p{M}])(?:${WORDS.join("|")})s?(?![\\p{L}\\p{M}])`, "iu");
const DRAWN_UNPARTED = /グラフ|地図|図表|図解|그래프|지도|도표|图表|圖表|地图|地圖|图解/u;
/** What a caption says first is what it shows: "Map of the route", not "Rescuers look at a map". */
const FIRST_WORDS = /^\s*(?:\S+\s+){0,2}\S+/u;
const FIRST_SIGNS = 12;

/** The first picture, if it is called a drawing, lists would cut it, and nobody said whether they may. */
export const charts: Rule = ({ images }) => {
  const [first] = images.placed;
  if (!first) return [];
  const { image, line } = first;
  const local = images.pictures.find(({ address }) => address === image.src);
  const type = image.type ?? local?.facts.type;
  const isCut = isCropped({ ...image, ...omitUndefined({ type }) });
  const name = (local?.file ?? image.src).split(/[/\\]/).at(-1) ?? "";
  if (image.crop !== undefined || !isCut || ![image.alt, image.caption ?? "", named(name)].some(isDrawn))
    return [];
  const message = `isn't said of "${name.slice(0, 80)}", which is called a chart, map or screenshot: lists cut its edges off. Under images of the front matter say crop: false, or crop: true where they may`;
  return [{ path: "images[0].crop", line: line(".src"), message }];
};

/** A file's name as words, without its ending. */
const named = (name: string): string => name.replace(/\.[a-z0-9]+$/i, "").replace(/[^\p{L}\p{M}]+/gu, " ");

function isDrawn(words: string): boolean {
  const start = FIRST_WORDS.exec(words.slice(0, 200).normalize())?.[0] ?? "";
  return DRAWN.test(start) || DRAWN_UNPARTED.test(words.slice(0, FIRST_SIGNS));
}
