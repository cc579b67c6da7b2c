// The kinds of metadata in a picture's file, as stripping reports them.

/**
 * `position`: where it was taken (GPS, the place in IPTC). `device`: the camera and lens. `serial`: their
 * serial numbers and their owner's name. `preview`: a small copy inside, which may show what was cut away
 * later. `other`: the rest, such as when it was taken, with which program, a comment.
 */
export const TRACES = ["position", "device", "serial", "preview", "other"] as const;

/** One of `TRACES`. */
export type Trace = (typeof TRACES)[number];

/** The traces that a walk finds. */
export type Traces = Set<Trace>;

// Names of fields, as XMP and PNG write them.
const SIGNS: readonly (readonly [Trace, RegExp])[] = [
  [
    "position",
    /gps|latitude|longitude|location|^(?:city|state|country|countrycode|countryname|provincestate)$/i,
  ],
  ["serial", /serial|owner|camera_?id/i],
  ["device", /^(?:make|model|lens.*|.*camera.*|.*lens(?:make|model)|devicesettingdescription)$/i],
  ["preview", /thumbnail|preview/i],
];

/** What a field with this name tells. */
export const traceOf = (name: string): Trace => SIGNS.find(([, sign]) => sign.test(name))?.[0] ?? "other";

// What cameras write into the caption by themselves.
const CAMERA_CAPTION =
  /^(?:[A-Z ]+DIGITAL (?:STILL )?CAMERA|SONY DSC|SAMSUNG(?: CAMERA PICTURES)?|Exif_JPEG_PICTURE|DCIM\\.*)$/;

/** True for a caption that only names the camera. */
export const isCameraCaption = (caption: string): boolean =>
  CAMERA_CAPTION.test(caption.replaceAll("\0", "").trim());
