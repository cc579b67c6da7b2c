// The fields of an article that a page doesn't show in a place of their own. Whoever publishes must see them: a program,
// or a reporter by the API, may have set any of them.

/** Each field that isn't in `shown`, with its value as text. */
export const moreFields = (
  article: Readonly<Record<string, unknown>>,
  shown: ReadonlySet<string>,
): readonly (readonly [name: string, value: string])[] =>
  Object.entries(article)
    .filter(([name]) => !shown.has(name))
    .map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]);
