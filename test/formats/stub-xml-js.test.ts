// The Worker writes feeds' XML with a module in the place of `xml-js` (src/lib/stubs): both write the same bytes.

import fc from "fast-check";
import { expect, it } from "vitest";
// @ts-expect-error: the package's own file has no types.
import original from "../../node_modules/xml-js/lib/js2xml.js";
import { js2xml } from "../../src/lib/stubs/xml-js.ts";

/** As `feed` calls it. */
const OPTIONS = { compact: true, ignoreComment: true, spaces: 4 };

const names = fc.constantFrom("a", "b:c", "entry", "link", "hasOwn");
const text = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc
    .array(fc.constantFrom("&", "&amp;", "&lt;", "<", ">", '"', "]]>", "x", " ", "\n"), { maxLength: 6 })
    .map((parts) => parts.join("")),
);
const primitive = fc.oneof(text, fc.integer(), fc.boolean());
const attributes = fc.dictionary(names, fc.option(primitive, { nil: undefined }), {
  maxKeys: 3,
  noNullPrototype: true,
});
const { content } = fc.letrec<{ content: object; value: unknown }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small" },
    fc.option(primitive),
    fc.constant(undefined),
    tie("content"),
    fc.array(fc.oneof(fc.option(primitive), tie("content")), { maxLength: 3 }),
  ),
  content: fc
    .tuple(
      fc.record(
        {
          _attributes: attributes,
          _text: fc.oneof(primitive, fc.array(text, { maxLength: 2 })),
          _cdata: text,
        },
        {
          requiredKeys: [],
          noNullPrototype: true,
        },
      ),
      fc.dictionary(names, tie("value"), { maxKeys: 4, noNullPrototype: true }),
      fc.boolean(),
    )
    .map(([own, elements, first]) => (first ? { ...own, ...elements } : { ...elements, ...own })),
}));

it("XML is written as xml-js writes it", () => {
  fc.assert(
    fc.property(
      fc.option(attributes, { nil: undefined }),
      fc.dictionary(names, content, { maxKeys: 2, noNullPrototype: true }),
      (declared, root) => {
        const document = { ...(declared && { _declaration: { _attributes: declared } }), ...root };
        expect(js2xml(document as never)).toBe(original(document, OPTIONS));
      },
    ),
    { numRuns: 2_000 },
  );
});
