// Reading and joining the bytes of pictures' files, and the two containers that more than one reader needs:
// parts (JPEG segments, PNG and WebP chunks) and boxes (AVIF). Numbers are big-endian unless a name says
// otherwise.

/** The ASCII or Latin-1 text of a part of `bytes`; shorter where they end. */
export const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...bytes.subarray(start, end));

/** The bytes of an ASCII text. */
export const ascii = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** True where `text`, which is ASCII, stands at `position`. */
export function hasText(bytes: Uint8Array, position: number, text: string): boolean {
  for (let i = 0; i < text.length; i++) if (bytes[position + i] !== text.charCodeAt(i)) return false;
  return true;
}

/** A view of the same bytes. */
export const viewOf = (bytes: Uint8Array): DataView =>
  new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Two bytes of a number. */
export const u16 = (value: number): Uint8Array => Uint8Array.of(value >>> 8, value);

/** Four bytes of a number. */
export const u32 = (value: number): Uint8Array =>
  Uint8Array.of(value >>> 24, value >>> 16, value >>> 8, value);

/** Four bytes of a number, the lowest first. */
export const u32Little = (value: number): Uint8Array => u32(value).reverse();

/** All parts in a row. */
export function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let position = 0;
  for (const part of parts) {
    whole.set(part, position);
    position += part.length;
  }
  return whole;
}

/** True for the same bytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** The most boxes in one place, and the most items, that a file is read with. */
export const ITEM_LIMIT = 10_000;

/** Where a box (ISO/IEC 14496-12) stands in its file: byte offsets. */
export interface Box {
  readonly type: string;
  readonly start: number;
  /** Where its content starts. */
  readonly content: number;
  readonly end: number;
}

/** Thrown for a file whose parts can't all be found. */
export class Unreadable extends Error {}

/**
 * The boxes from `start` to `end` (4.2). A box that reaches beyond `end` throws Unreadable; with "as far as
 * they are whole" the boxes before it are returned.
 */
export function boxesIn(
  bytes: Uint8Array,
  start: number,
  end: number,
  reading?: "as far as they are whole",
): readonly Box[] {
  const view = viewOf(bytes);
  const boxes: Box[] = [];
  let position = start;
  while (position < end) {
    const size = position + 8 <= end ? view.getUint32(position) : 0;
    const content = position + (size === 1 ? 16 : 8);
    const isCut = content > end;
    const long = size === 1 && !isCut ? Number(view.getBigUint64(position + 8)) : size;
    const last = size === 0 ? end : position + long;
    if (isCut || last > end || last < content || boxes.length >= ITEM_LIMIT) {
      if (reading) return boxes;
      throw new Unreadable("a box is broken");
    }
    boxes.push({ type: latin1(bytes, position + 4, position + 8), start: position, content, end: last });
    position = last;
  }
  return boxes;
}

/** Returns a function that reads the next number of 0 to 8 bytes. @throws Unreadable behind `end`. */
export function reader(bytes: Uint8Array, start: number, end: number): (size: number) => number {
  let position = start;
  return (size) => {
    if (size > 8 || position + size > end) throw new Unreadable("a box is cut off");
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + (bytes[position + i] ?? 0);
    position += size;
    if (!Number.isSafeInteger(value)) throw new Unreadable("a number is too large");
    return value;
  };
}

/** A part: a JPEG's marker (`e1`), a PNG's or WebP's four letters; and what is in it. */
export interface Part {
  readonly type: string;
  readonly data: Uint8Array;
}
