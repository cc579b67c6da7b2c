import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { autop } from "../../../src/import/wordpress/wordpress-blocks.ts";

describe("paragraphs of classic text", () => {
  it.each([
    ["one", "<p>one</p>"],
    ["one\n\n \ntwo\nlines", "<p>one</p><p>two<br>lines</p>"],
    ["one<br />\ntwo", "<p>one<br />two</p>"],
    ["<em>one</em> two\n\n<a\nhref='#'>three</a>", "<p><em>one</em> two</p><p><a\nhref='#'>three</a></p>"],
    ["<p>kept</p>\n\nnew", "<p>kept</p><p>new</p>"],
    ["<p>one\n\ntwo</p>", "<p>one</p><p>two</p>"],
    ["before <h2>Head</h2> after", "<p>before</p><h2>Head</h2><p>after</p>"],
    ["<ul>\n<li>one</li>\n\n<li>two\nlines</li>\n</ul>", "<ul><li>one</li><li>two<br>lines</li></ul>"],
    ["<blockquote>said</blockquote>", "<blockquote><p>said</p></blockquote>"],
    ["<div>bare</div>", "<div>bare</div>"],
    ["<div>\n\none\n\ntwo\n\n</div>", "<div><p>one</p><p>two</p></div>"],
    ["<pre>a\n\nb</pre>\nc", "<pre>a\n\nb</pre><p>c</p>"],
    ["<script>a\n\nb</script>", "<p><script>a\n\nb</script></p>"],
    ["<table>\n<tr>\n<td>x</td>\n</tr>\n</table>", "<table><tr><td>x</td></tr></table>"],
    ["<p>a<figure><img></figure></p>b", "<p>a</p><figure><img></figure><p>b</p>"],
    ["a\n<hr>\nb", "<p>a</p><hr><p>b</p>"],
    ["1 < 2 & 3 > 2", "<p>1 < 2 & 3 > 2</p>"],
    ["\n\n  \n", ""],
  ])("%j", (source, html) => {
    expect(autop(source)).toBe(html);
  });

  it("lose no character but white space", () => {
    const crumbs = fc.constantFrom(
      "<p>",
      "</p>",
      "<div>",
      "</div>",
      "<b>",
      "<pre>",
      "</pre>",
      "<",
      ">",
      "\n",
      "\n\n",
      "a",
      " ",
    );
    const bare = (text: string) => text.replace(/<br>|<\/?p>|\s/g, "");
    fc.assert(
      fc.property(fc.array(crumbs), (parts) => {
        expect(bare(autop(parts.join("")))).toBe(bare(parts.join("")));
      }),
    );
  });
});
