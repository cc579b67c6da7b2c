// GIF89a, block by block: what draws the picture is copied, with loops and the colour profile; comments, text
// and other programs' blocks go. Of XMP (Adobe, XMP Specification part 3, 1.1.2) the rights stay.

import { ascii, hasText, joined, latin1 } from "./bytes.ts";
import type { Traces } from "./traces.ts";
import { cleanXmp } from "./xmp.ts";

const IMAGE = 0x2c;
const EXTENSION = 0x21;
const TRAILER = 0x3b;
const GRAPHIC_CONTROL = 0xf9;
const APPLICATION = 0xff;
const LOOPS: ReadonlySet<string> = new Set(["NETSCAPE2.0", "ANIMEXTS1.0", "ICCRGBG1012"]);
const XMP = "XMP DataXMP";
const HEADER_BYTES = 13;

// XMP is in a GIF without block lengths. These bytes lead a program that reads it as blocks to its end: 1,
// 255, …, 1, 0, 0.
const MAGIC_TRAILER = Uint8Array.from({ length: 258 }, (_, index) =>
  index === 0 ? 1 : Math.max(0, 256 - index),
);

/** The picture without what it tells; undefined for one without a frame. */
export function stripGif(bytes: Uint8Array, traces: Traces): Uint8Array | undefined {
  const colours = (flags: number | undefined) => ((flags ?? 0) & 0x80 ? 3 << (((flags ?? 0) & 7) + 1) : 0);
  let position = HEADER_BYTES + colours(bytes[10]);
  const parts = [bytes.subarray(0, position)];
  let frames = 0;
  while (position < bytes.length) {
    const start = position;
    const kind = bytes[start];
    if (kind === TRAILER) {
      parts.push(bytes.subarray(start, start + 1));
      position = start + 1;
      break;
    }
    if (kind === IMAGE) {
      // Descriptor, colours, the size of codes, then the data.
      position = endOfBlocks(bytes, start + 10 + colours(bytes[start + 9]) + 1);
      parts.push(bytes.subarray(start, position));
      frames++;
    } else if (kind === EXTENSION) {
      position = endOfBlocks(bytes, start + 2);
      const block = bytes.subarray(start, position);
      parts.push(...cleanExtension(bytes[start + 1], block, traces));
    } else break;
  }
  if (position < bytes.length) traces.add("other");
  return frames > 0 ? joined(parts) : undefined;
}

function cleanExtension(label: number | undefined, block: Uint8Array, traces: Traces): readonly Uint8Array[] {
  if (label === GRAPHIC_CONTROL) return [block];
  const program = label === APPLICATION ? latin1(block, 3, 14) : "";
  if (LOOPS.has(program)) return [block];
  if (!hasText(block, 3, XMP)) {
    traces.add("other");
    return [];
  }
  const kept = cleanXmp(block.subarray(14, Math.max(14, block.length - MAGIC_TRAILER.length)), traces);
  return kept ? [joined([Uint8Array.of(EXTENSION, APPLICATION, 11), ascii(XMP), kept, MAGIC_TRAILER])] : [];
}

/** The position after the empty block that ends a series of blocks; the end of the file if there is none. */
function endOfBlocks(bytes: Uint8Array, start: number): number {
  let position = start;
  for (;;) {
    const length = bytes[position];
    if (length === undefined) return bytes.length;
    position += 1 + length;
    if (length === 0) return position;
  }
}
