// Boxes, of which AVIF is made (ISO/IEC 14496-12).

import { latin1, viewOf } from "./bytes.ts";

/** A file has no more boxes in one place, nor items. */
export const ITEM_LIMIT = 10_000;

/** Where a box stands in its file. */
export interface Box {
  readonly type: string;
  readonly start: number;
  /** Where its content starts. */
  readonly content: number;
  readonly end: number;
}

/** Thrown for a file whose parts can't all be found. */
export class Unreadable extends Error {}

/** The boxes from `start` to `end` (4.2). @throws Unreadable for one that reaches further, unless it may be left out. */
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

/** Reads numbers of 0 to 8 bytes, one after the other. @throws Unreadable behind `end`. */
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
