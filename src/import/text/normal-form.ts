// The form in which lines are compared with phrases: words alone, in lower case, a number as `#`.

/** Longer lines are no boilerplate: nothing behind this many characters is looked at. */
export const BOILERPLATE_LENGTH_LIMIT = 700;

/** `Sign in · 12 Comments!` is `sign in # comments`. */
export function normalForm(line: string): string {
  const plain = line
    .slice(0, BOILERPLATE_LENGTH_LIMIT)
    .normalize("NFC")
    .toLowerCase()
    .replaceAll("’", "'")
    .replace(/\d[\d.,:]{0,20}(?:[km](?!\p{L}))?/gu, " # ");
  return (plain.match(/[\p{L}\p{M}#©&+](?:[\p{L}\p{M}'&+-]*[\p{L}\p{M}'+])?/gu) ?? [])
    .join(" ")
    .replaceAll("& ", "");
}
