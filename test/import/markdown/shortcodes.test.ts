// What generators put into Markdown besides Markdown.

import { describe, expect, it } from "vitest";
import { expandTags } from "../../../src/import/markdown/shortcodes.ts";
import { expectProportional } from "../../growth.ts";

const expand = (source: string, isMdx = false) => {
  const unknown: string[] = [];
  const text = expandTags(
    source,
    {
      addressOf: (file) => (file.includes("ferry") ? "/2019/ferry/" : undefined),
      variable: (name) => ({ "site.baseurl": "/news", "page.title": "Lamp" })[name],
      onUnknown: (tag) => unknown.push(tag),
    },
    isMdx,
  );
  return { text: text.trim(), unknown };
};
const figure = (caption = "At night") =>
  `<figure><img src="a.png" alt="Lamp"><figcaption>${caption}</figcaption></figure>`;
const link = (address: string) => `<p><a href="${address}">${address}</a></p>`;

describe("tags that are known", () => {
  it.each([
    ['{% include figure.html src="a.png" caption="At night" alt="Lamp" %}', figure()],
    ['{% include image.html url="a.png" description="At *night*" alt="Lamp" %}', figure("At <em>night</em>")],
    [
      '{% include_cached figure image_path="a.png"\n  alt="Lamp" caption="At [night](https://x.example/n)" %}',
      figure('At <a href="https://x.example/n">night</a>'),
    ],
    ['{{< figure src="a.png" title="At night" alt="Lamp" >}}', figure()],
    [
      '{{< figure src="a.png" caption="At night" attr="Ida" alt="Lamp" />}}',
      figure('At night <span class="credit">Ida</span>'),
    ],
    ['{{% img src="a.png" alt="Lamp" caption="At night" %}}', figure()],
    ['{% image "a.png", "Lamp" %}', '<img src="a.png" alt="Lamp">'],
    [
      "{% asset_img a.png At night %}",
      '<figure><img src="a.png" alt=""><figcaption>At</figcaption></figure>',
    ],
    [
      '{% img left /a.png 300 200 "At night" "Lamp" %}',
      '<figure><img src="/a.png" alt="Lamp"><figcaption>At night</figcaption></figure>',
    ],
    ["{% youtube ab_cd-1 %}", link("https://www.youtube.com/watch?v=ab_cd-1")],
    ['{% include youtube.html id="ab_cd-1" %}', link("https://www.youtube.com/watch?v=ab_cd-1")],
    ["{{< youtube ab_cd-1 >}}", link("https://www.youtube.com/watch?v=ab_cd-1")],
    ['{{< youtube id="ab_cd-1" autoplay="true" >}}', link("https://www.youtube.com/watch?v=ab_cd-1")],
    ["{{< vimeo 12 >}}", link("https://vimeo.com/12")],
    ["{{< gist ida 77 >}}", link("https://gist.github.com/ida/77")],
    ["{% gist ida/77 %}", link("https://gist.github.com/ida/77")],
    ['{{< tweet user="ida" id="77" >}}', link("https://twitter.com/i/status/77")],
    ["{{< x 77 >}}", link("https://twitter.com/i/status/77")],
    ["{% twitter https://twitter.com/ida/status/77 %}", link("https://twitter.com/ida/status/77")],
    ["[it]({% post_url 2019-01-02-ferry %})", "[it](/2019/ferry/)"],
    ["[it]({% link _posts/2019-01-02-ferry.md %})", "[it](/2019/ferry/)"],
    [
      '[it]({{< ref "ferry.md" >}}) [it]({{< relref path="/posts/ferry" >}})',
      "[it](/2019/ferry/) [it](/2019/ferry/)",
    ],
    ["{% post_link ferry 'The ferry' %}", "[The ferry](/2019/ferry/)"],
    [
      "![a]({{ site.baseurl }}/a.png) {{ '/b.png' | relative_url }} {{page.title}}",
      "![a](/news/a.png) /b.png Lamp",
    ],
    ["{% highlight js linenos %}\nif (a < b) {{ x }}\n{% endhighlight %}", "```js\nif (a < b) {{ x }}\n```"],
    ['{{< highlight go "linenos=table" >}}\na```b\n{{< /highlight >}}', "````go\na```b\n````"],
    ["{% raw %}{{ x }} {% y %}{% endraw %}", "{{ x }} {% y %}"],
    ["a{% comment %}{% x %}{% endcomment %}b", "ab"],
    ["{{</* figure src=x */>}}", "{{< figure src=x >}}"],
    ["{% blockquote Ida %}\nWords.\n{% endblockquote %}", "<blockquote>\n\n\nWords.\n\n\n</blockquote>"],
    ['Words.\n{: .lead}\n\n![a](b.png){:width="3"}', "Words.\n\n![a](b.png)"],
    ["* TOC\n{:toc}\n\nWords.", "Words."],
  ])("%s", (source, text) => {
    expect(expand(source)).toEqual({ text, unknown: [] });
  });
});

describe("others stay in the text, and are named", () => {
  it.each([
    ["{% chart x %}", ["{% chart %}"]],
    ["{% if x %}a{% endif %}", ["{% if %}", "{% endif %}"]],
    ['{{< chart id="3" >}}a{{< /chart >}}', ["{{< chart >}}", "{{< /chart >}}"]],
    ["{{ site.time | date: '%Y' }}", ["{{ site.time | date: '%Y' }}"]],
    ["{% figure %}", ["{% figure %}"]],
    ["{% post_url none %}", ["{% post_url %}"]],
    ["{{< youtube >}}", ["{{< youtube >}}"]],
  ])("%s", (source, unknown) => {
    expect(expand(source)).toEqual({ text: source, unknown });
  });
});

it.each(["```\n{% x %} {{< y >}}\n```", "~~~ liquid\n{% x %}\n~~~", "`{{< y >}}` and ``{% x %}``"])(
  "code is to the letter: %s",
  (source) => {
    expect(expand(source)).toEqual({ text: source, unknown: [] });
  },
);

it("components of MDX become what they show, or leave what they hold", () => {
  const source =
    'import Lamp from "../a.png";\nimport { X } from "x";\nexport const y = 1;\n\n<Image src={Lamp} alt="Lamp" />\n\n<YouTube id="ab" />\n\n<Note kind={{a: 1}}>\n\nWords.\n\n</Note>';
  const { text, unknown } = expand(source, true);
  expect(text.replace(/\n+/g, "\n")).toBe(
    `<img src="../a.png" alt="Lamp">\n${link("https://www.youtube.com/watch?v=ab")}\nWords.`,
  );
  expect(unknown).toEqual(["<Note>"]);
});

it.each([
  "{% ",
  "{{< ",
  "{{",
  "{% raw %}",
  "{% highlight js %}",
  "```\n",
  "`",
  '{% include figure.html src="',
  "{{< /highlight >}}",
  "<A b={",
  '<A "',
])("time grows in proportion to the text: %s", (crumb) => {
  expectProportional((count) => expand(crumb.repeat(count), true), 8000);
});
