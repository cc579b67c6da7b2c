// Formulas as a line of text: what their author wrote for it, else their parts.

import type { Element } from "hast";
import { fromHtml } from "hast-util-from-html";
import { toHtml } from "hast-util-to-html";
import { expect, it } from "vitest";
import { formulaText, withSigns } from "../../src/article/plain-text.ts";

const POWER =
  "<math><mi>P</mi><mo>=</mo><mfrac><mn>1</mn><mn>2</mn></mfrac><mi>ρ</mi><mi>A</mi><msup><mi>v</mi><mn>3</mn></msup></math>";
const mathOf = (html: string) => fromHtml(html, { fragment: true }).children[0] as Element;

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
  [POWER, "P = (1/2)ρAv^3"],
  ["<math><mn>2</mn><mrow><mfrac><mn>1</mn><mn>2</mn></mfrac></mrow></math>", "2(1/2)"],
  ["<math><msup><mi>x</mi><mn>2</mn></msup><mn>3</mn></math>", "x^2 3"],
  ["<math><msup><mi>Na</mi><mo>+</mo></msup></math>", "Na^+"],
  ["<math><msup><mi>f</mi><mo>′</mo></msup><mover><mi>x</mi><mo>¯</mo></mover></math>", "f′x¯"],
  ["<math><mroot><mn>27</mn><mn>3</mn></mroot></math>", "(27)^(1/3)"],
  [
    "<math><mmultiscripts><mi>C</mi><mprescripts></mprescripts><mn>6</mn><mn>14</mn></mmultiscripts></math>",
    "C_6^14",
  ],
  [
    "<math><munderover><mo>∑</mo><mrow><mi>i</mi><mo>=</mo><mn>1</mn></mrow><mi>n</mi></munderover></math>",
    "∑_(i = 1)^n",
  ],
  ["<math><mtable><mtr><mtd><mn>1</mn></mtd><mtd><mn>2</mn></mtd></mtr></mtable></math>", "1, 2;"],
])("%s says %s", (html, text) => {
  expect(formulaText(mathOf(html))).toBe(text);
});

it("has the same signs in the formula itself, of no size and hidden", () => {
  const math = toHtml(withSigns(mathOf(POWER)));
  expect(math.replace(/<[^>]*>/g, "")).toBe("P=(1/2)ρAv^3");
  const sign =
    /<mpadded width="0" height="0" depth="0"><mphantom><mtext>[^<]*<\/mtext><\/mphantom><\/mpadded>/g;
  expect(math.replace(sign, "").replace(/<\/?mrow>/g, "")).toBe(POWER);
});
