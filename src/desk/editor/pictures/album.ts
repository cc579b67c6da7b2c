// The pictures of a story: what is said of each, and their order. Which of them are in the text is known
// by the text alone.

import { type Picture, picturesIn } from "../../pictures/picture.ts";

/** The pictures of a story. */
export class Album {
  readonly #pictures = new Map<string, Picture>();
  /** Every picture that was ever in the story since it was opened, so that undo finds it in its place. */
  #order: string[] = [];
  /** Those that the story shows although they aren't in its text. */
  #listed = new Set<string>();

  /** Starts anew with a draft's `images`; `inText` are the pictures that its text shows. */
  load(images: unknown, inText: readonly Picture[]): void {
    this.#listed = new Set();
    this.#order = [];
    const shown = new Set(inText.map(({ src }) => src));
    for (const picture of picturesIn(images)) {
      this.#put(picture);
      if (!shown.has(picture.src)) this.#listed.add(picture.src);
    }
    for (const picture of inText) if (!this.#order.includes(picture.src)) this.#put(picture);
  }

  #put(picture: Picture): void {
    this.#pictures.set(picture.src, picture);
    if (!this.#order.includes(picture.src)) this.#order.push(picture.src);
  }

  /** What is said of a picture. */
  get(src: string): Picture | undefined {
    return this.#pictures.get(src);
  }

  /** Adds a picture, or changes what is said of it. */
  set(picture: Picture): void {
    this.#put(picture);
  }

  /** Shows a picture although it isn't in the text. */
  list(src: string): void {
    this.#listed.add(src);
  }

  /** The opposite of `list`. */
  unlist(src: string): void {
    this.#listed.delete(src);
  }

  isListed(src: string): boolean {
    return this.#listed.has(src);
  }

  /** All pictures of the story in their order; the first is the lead picture. */
  shown(inText: readonly string[]): readonly Picture[] {
    const text = new Set(inText);
    return this.#order.flatMap((src) => {
      const picture = this.#pictures.get(src);
      return picture && (text.has(src) || this.#listed.has(src)) ? [picture] : [];
    });
  }

  /** Moves a picture by some places among those that are shown; further than the end is at the end. */
  move(src: string, by: number, inText: readonly string[]): void {
    const shown = this.shown(inText).map((one) => one.src);
    const from = shown.indexOf(src);
    const to = Math.max(0, Math.min(shown.length - 1, from + by));
    const beside = shown[to];
    if (from === -1 || beside === undefined || to === from) return;
    const rest = this.#order.filter((one) => one !== src);
    rest.splice(rest.indexOf(beside) + (to > from ? 1 : 0), 0, src);
    this.#order = rest;
  }
}
