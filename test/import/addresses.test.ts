// Addresses of an imported body, each replaced.

import { describe, expect, it } from "vitest";
import { readdressBody } from "../../src/import/addresses.ts";

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
});
