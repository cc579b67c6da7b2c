// Generators of JSON values of wrong types, and of valid values with edits.

import fc from "fast-check";
import { anyText } from "./bits.ts";

/** A value that is probably of the wrong type. */
export const strange: fc.Arbitrary<unknown> = fc.oneof(
  { weight: 4, arbitrary: anyText },
  {
    weight: 2,
    arbitrary: fc.constantFrom(null, true, false, 0, -1, 1.5, 1e21, 2 ** 53, "", [], {}, [[]], [null]),
  },
  { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 3 }) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('{"__proto__":{"a":1}}', '{"constructor":1,"toString":2}').map(parse),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 2, max: 500 }).map((depth) => parse("[".repeat(depth) + "]".repeat(depth))),
  },
  {
    weight: 1,
    arbitrary: fc.integer({ min: 2, max: 300 }).map((length) => Array.from({ length }, () => "a")),
  },
);

interface Edit {
  readonly where: readonly number[];
  readonly kind: string;
  readonly key: string;
  readonly value: unknown;
}

const edit = (replacement: fc.Arbitrary<unknown>): fc.Arbitrary<Edit> =>
  fc.record({
    where: fc.array(fc.nat(20), { maxLength: 4 }),
    kind: fc.constantFrom("replace", "replace", "remove", "add", "double"),
    key: fc.oneof(fc.constantFrom("__proto__", "id", "name", "src", "x"), anyText),
    value: replacement,
  });

/** One of some values, as it is or with edits. */
export const editedJson = (
  values: readonly unknown[],
  replacement: fc.Arbitrary<unknown> = strange,
): fc.Arbitrary<unknown> =>
  fc
    .tuple(fc.constantFrom(...values), fc.array(edit(replacement), { maxLength: 4 }))
    .map(([value, edits]) => edits.reduce(changed, value));

function changed(root: unknown, { where, kind, key, value }: Edit): unknown {
  const [first, ...rest] = where;
  const entries = typeof root === "object" && root !== null ? Object.entries(root) : [];
  const chosen = first === undefined ? undefined : entries[first % Math.max(1, entries.length)];
  if (!chosen) return kind === "add" ? withEntries(root, [...entries, [key, value]]) : value;
  const [name, inner] = chosen;
  if (rest.length > 0 && typeof inner === "object" && inner !== null) {
    const deeper = changed(inner, { where: rest, kind, key, value });
    return withEntries(
      root,
      entries.map(([one, old]) => [one, one === name ? deeper : old]),
    );
  }
  if (kind === "remove")
    return withEntries(
      root,
      entries.filter(([one]) => one !== name),
    );
  if (kind === "add") return withEntries(root, [...entries, [key, value]]);
  if (kind === "double") return withEntries(root, [...entries, [name, inner]]);
  return withEntries(
    root,
    entries.map(([one, old]) => [one, one === name ? value : old]),
  );
}

const withEntries = (root: unknown, entries: readonly (readonly [string, unknown])[]): unknown =>
  Array.isArray(root) ? entries.map(([, value]) => value) : Object.fromEntries(entries);

function parse(text: string): unknown {
  return JSON.parse(text);
}
