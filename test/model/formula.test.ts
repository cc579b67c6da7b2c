// Formulas as a line of text: what their author wrote for it, else their parts.

import type { Element } from "hast";
import { fromHtml } from "hast-util-from-html";
import { expect, it } from "vitest";
import { formulaText } from "../../src/model/formula.ts";

it.each([
  ['<math alttext="e to the kt"><msup><mi>e</mi><mi>k</mi></msup></math>', "e to the kt"],
  [
    "<math><semantics><mi>e</mi><annotation encoding='application/x-tex'>e^{kt}</annotation></semantics></math>",
    "e^{kt}",
  ],
  ["<math>\n<msup>\n<mi>e</mi>\n<mrow><mi>k</mi><mi>t</mi></mrow>\n</msup></math>", "e^(kt)"],
  ["<math><mfrac><mn>13</mn><mn>4</mn></mfrac></math>", "13/4"],
  ["<math><mfrac><mrow><mi>a</mi><mo>+</mo><mi>b</mi></mrow><mn>2</mn></mfrac></math>", "(a + b)/2"],
  ["<math><msub><mi>H</mi><mn>2</mn></msub><mi>O</mi></math>", "H_2O"],
  ["<math><msup><mi></mi><mn>14</mn></msup><mi>C</mi></math>", "^14C"],
  ["<math><msqrt><mn>2</mn></msqrt><mo>=</mo><mn>1.414</mn></math>", "√(2) = 1.414"],
])("%s says %s", (html, text) => {
  expect(formulaText(fromHtml(html, { fragment: true }).children[0] as Element)).toBe(text);
});
