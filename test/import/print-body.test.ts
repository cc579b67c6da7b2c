// Addresses of an imported body, each replaced.

import { describe, expect, it } from "vitest";
import { readdressBody } from "../../src/import/print-body.ts";

describe("a body's addresses", () => {
  it("become what they mean, and what means nothing goes", () => {
    const source =
      '<p>See <a href="old.html">the <em>old</em> page</a> and <a href="https://example.com/">this</a>.</p>' +
      '<figure><img src="a_files/one.jpg" alt="One"><figcaption>One.</figcaption></figure>' +
      '<figure><img src="gone.jpg" alt="Gone"><figcaption>Gone.</figcaption></figure>' +
      '<figure><blockquote>Kept</blockquote><img src="gone.jpg" alt=""></figure>';
    const readdress = (kind: string, address: string) =>
      address === "a_files/one.jpg"
        ? "one.jpg"
        : kind === "link" && address.startsWith("https:")
          ? address
          : undefined;
    expect(readdressBody(source, readdress)).toBe(
      '<p>See the <em>old</em> page and <a href="https://example.com/">this</a>.</p>\n' +
        '<figure><img src="one.jpg" alt="One"><figcaption>One.</figcaption></figure>\n' +
        "<figure><blockquote>Kept</blockquote></figure>",
    );
  });

  it("stand in HTML of a line a block, as people write it", () => {
    const source =
      "<p>Nets &#x26; boats</p>\n\n\n   <ul>\n\t<li>one</li>\n\n\n\n<li>two</li>\n</ul>\n\n\n" +
      "<blockquote>\n<p>a <b>b</b> <i>c</i></p></blockquote><p>\u00a0</p><pre>x\n\n\n y</pre>\n";
    expect(readdressBody(source, () => undefined)).toBe(
      "<p>Nets &amp; boats</p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n" +
        "<blockquote>\n<p>a <b>b</b> <i>c</i></p></blockquote>\n<p>\u00a0</p>\n<pre>x\n\n\n y</pre>",
    );
  });
});
