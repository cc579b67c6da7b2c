// The fields of an article that a page doesn't show in a place of their own. Whoever publishes must see them: a program,
// or a reporter by the API, may have set any of them.

/** Each field that isn't in `shown`: its label, and its value as text. */
export const moreFields = (
  article: Readonly<Record<string, unknown>>,
  shown: ReadonlySet<string>,
): readonly (readonly [label: string, value: string])[] =>
  Object.entries(article)
    .filter(([name]) => !shown.has(name))
    .map(([name, value]) => [labelOf(name), textOf(value)]);

/** `shortHeadline` as `Short headline`. */
export function labelOf(name: string): string {
  const words = name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** Any JSON as one line that people read: `name: Mara Quill, role: reporter`. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value;
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value))
    return value.map(textOf).join(value.some((one) => typeof one === "object") ? "; " : ", ");
  if (typeof value === "object" && value !== null)
    return Object.entries(value)
      .map(([key, one]) => `${key}: ${textOf(one)}`)
      .join(", ");
  return String(value);
}
