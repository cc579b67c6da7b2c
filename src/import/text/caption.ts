// The words under a picture, and whose picture it is.

import { creditPlace } from "./credit-place.ts";
import type { Recognised } from "./recognised.ts";

/** What a caption says; a line may be a credit alone. */
export interface Caption {
  readonly caption?: string;
  readonly credit?: string;
  readonly copyright?: string;
}

/** Longer lines are text. */
const MAX_LENGTH = 1500;

/** `1 of 3 |`, `[1/2]`, `Image 2 of 5:`; "1/3 cup of sugar" has nothing that ends the count. */
const COUNTER =
  /^(?:(?:image|photo|picture|slide|foto|bild|imagen|immagine|imagem|afbeelding)s? )?[[(]?\d{1,3} ?(?:of|von|de|sur|di|van|\/) ?\d{1,3}(?:[\])](?: ?[|:.–—-])?| ?[|:–—]| -)\s*/i;
const BUTTON =
  /(?:^|[\s|·,])+(?:view (?:full |image )?gallery|open gallery|hide caption|toggle caption|enlarge(?: this)? image|(?:purchase|acquire) licensing rights|opens new tab|voir la galerie|agrandir l['’]image|bildergalerie öffnen|ver galería)$/i;
/** A label before the words, which is no part of them. */
const LABEL =
  /^(?:(?:photo|picture|image|foto|bild|imagen|immagine)s? ?:|(?:image|photo) caption[,:]|caption:|légende ?:|bildunterschrift:)\s*/i;
const RIGHTS_RESERVED =
  /rights reserved|droits réservés|rechte vorbehalten|derechos reservados|diritti riservati|direitos reservados|rechten voorbehouden/i;

/** What says that a line is about a picture, and how surely. */
const SIGNS: readonly (readonly [string, number, RegExp])[] = [
  [
    "is labelled as a caption",
    0.9,
    /^(?:(?:image|photo) caption[,:]|caption:|légende ?:|bildunterschrift:)/i,
  ],
  [
    "says that the picture is from the archive",
    0.8,
    /^(?:FILE(?: PHOTO| IMAGE)?|File(?: photo| image)?|Archiv(?:foto|bild))(?: [-–—]|:) /,
  ],
  [
    "says that the picture is from the archive",
    0.8,
    /(?:^| )[([](?:file(?: photo| image)?|archiv(?:foto|bild)|symbol(?:foto|bild)|(?:photo|image) d['’](?:archives?|illustration)|(?:imagen|foto) de archivo)[)\]]\.?$/i,
  ],
  [
    "says that the picture is from the archive",
    0.8,
    /^(?:(?:photo|image) d['’](?:illustration|archives?)|(?:imagen|foto) de archivo|foto d['’]archivio|symbol(?:bild|foto)|archiv(?:bild|foto))(?!\p{L})/iu,
  ],
  [
    "speaks of a picture",
    0.5,
    /\b(?:in this (?:[\w-]+ ){0,3}(?:photo|picture|image|frame grab|screenshot|photograph)|pictured (?:here|above|left|right)|sur cette (?:photo|image)|auf diesem (?:foto|bild)|en esta (?:foto|imagen)|in questa foto|nesta foto|op deze foto)\b|^(?:from left|pictured:)/i,
  ],
  // Anything may follow "Photo:" that isn't a name.
  ["starts with a label", 0.6, LABEL],
];

/** Reads a caption or a credit line; undefined for a line without any sign of one. */
export function readCaption(line: string): Recognised<Caption> | undefined {
  if (line.length > MAX_LENGTH || RIGHTS_RESERVED.test(line)) return undefined;
  const [whole, text] = withoutCounter(line.replace(/\s+/g, " ").trim());
  const place = bbc(text) ?? creditPlace(text);
  const signs = SIGNS.filter(([, , pattern]) => pattern.test(text));
  const counted = text.length < whole.length;
  if (!place && !counted && signs.length === 0) return undefined;

  const { words = text, credit, copyright } = place ?? {};
  const caption = words.replace(LABEL, "");
  const why = [counted && "counts pictures", place?.why, ...signs.map(([sign]) => sign)];
  return {
    value: { ...(caption && { caption }), ...(credit && { credit }), ...(copyright && { copyright }) },
    weight: Math.max(counted ? 0.85 : 0, place?.weight ?? 0, ...signs.map(([, weight]) => weight)),
    why: why.filter((sign) => typeof sign === "string").join("; "),
  };
}

/** A line without its buttons, and that without its counter. */
function withoutCounter(line: string): readonly [string, string] {
  let whole = line;
  for (let before = ""; before !== whole; ) {
    before = whole;
    whole = whole.replace(BUTTON, "");
  }
  return [whole, whole.replace(COUNTER, "")];
}

/** The credit first, then the words. */
function bbc(text: string) {
  const [, credit = "", words] = /^Image source, ?([^,]+?),? ?Image caption, ?(.+)$/.exec(text) ?? [];
  return words === undefined
    ? undefined
    : { words, credit, copyright: undefined, weight: 0.9, why: "labels source and caption" };
}
