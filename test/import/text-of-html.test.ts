// HTML as text on one line: what parts words, what readers never see, what is no markup.

import { expect, it } from "vitest";
import { textOfHtml } from "../../src/import/normalize-html.ts";

it.each([
  ["Tom &amp; Ines &#8217;tis", "Tom & Ines ’tis"],
  ["<p>one</p><p>two<br>three</p>", "one two three"],
  ["<table><tr><td>one</td><td>two</td></tr><tr><th>three</th></tr></table>", "one two three"],
  ["har<b>b</b>our", "harbour"],
  ["seen<script>unseen</script><style>unseen</style>", "seen"],
  ["5 < 6 & 7", "5 < 6 & 7"],
  ["<p> </p>", undefined],
  ["", undefined],
  [undefined, undefined],
  ["<i>".repeat(100_000), "<i>".repeat(100_000)],
])("%.40s", (html, expected) => {
  expect(textOfHtml(html)).toBe(expected);
});
