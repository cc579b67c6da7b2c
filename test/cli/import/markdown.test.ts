// Folders of other generators: which they are, what of them is an article, its pictures, links and old addresses.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { PIXEL } from "../folder.ts";
import { workshop } from "./workshop.ts";

interface Case {
  readonly files: Readonly<Record<string, string | Uint8Array>>;
  readonly says: string;
  /** The article that is looked at. */
  readonly slug: string;
  readonly has: readonly string[];
  readonly lines: readonly string[];
}

const CASES: Readonly<Record<string, Case>> = {
  Jekyll: {
    files: {
      "_config.yml":
        "url: https://quay.example\nbaseurl: /news\ntimezone: Europe/Oslo\npermalink: pretty\ndefaults:\n- scope: {path: '', type: posts}\n  values: {author: ida}\n",
      "_data/authors.yml": "ida: {name: Ida Fenn}\n",
      "_posts/2019-05-14-crane.md":
        "---\ntitle: The crane\ndate: 2019-05-14 10:00\nimage: /assets/img/crane.png\n---\nSee [the ferry]({% post_url 2019-06-01-ferry %}) and [again](/news/2019/06/01/ferry/#end).\n\n{% include figure.html src='/assets/img/crane.png' caption='The crane' %}\n\n![Lamp]({{ site.baseurl }}/assets/lamp.png)\n",
      "_posts/2019-06-01-ferry.html": "---\ntitle: The ferry\n---\n<p>It sails.</p>\n",
      "_drafts/tide.md": "---\ntitle: The tide\n---\nWords.\n",
      "index.html": "<html></html>",
      "README.md": "# Site\n",
      "about.md": "---\ntitle: About\n---\nWords.\n",
      "assets/img/crane.png": PIXEL,
      "assets/lamp.png": PIXEL,
    },
    says: "is a site of Jekyll, by its _config.yml.",
    slug: "crane",
    has: [
      "id: https://quay.example/news/2019/05/14/crane\n",
      "published: 2019-05-14T10:00:00+02:00",
      "- name: Ida Fenn",
      "[the ferry](/articles/ferry)",
      "[again](/articles/ferry#end)",
      "- src: crane.png\n    caption: The crane",
      "![Lamp](lamp.png)",
    ],
    lines: ["/news/2019/05/14/crane/  /articles/crane", "/news/2019/06/01/ferry/  /articles/ferry"],
  },
  Hugo: {
    files: {
      "hugo.toml": 'baseURL = "https://pier.example/"\nlanguageCode = "en-gb"\n',
      "content/posts/ferry/index.md":
        '+++\ntitle = "Night ferry"\ndate = 2020-03-01T18:00:00\naliases = ["/old/"]\n+++\nThe ferry [too]({{< relref "deep" >}}).\n\n{{< figure src="lamp.png" caption="At night" attr="Ida Fenn" alt="A lamp" >}}\n\n{{< youtube ab_cd-1 >}}\n\n{{< chart 3 >}}\n',
      "content/posts/ferry/lamp.png": PIXEL,
      "content/posts/_index.md": "---\ntitle: Posts\n---\n",
      "content/sea/deep.md": '{\n"title": "Deep", "date": "2021-01-01T00:00:00Z"\n}\n![](/img/deep.png)\n',
      "static/img/deep.png": PIXEL,
      "public/posts/ferry/index.html": "<html></html>",
      "themes/x/exampleSite/content/a.md": "---\ntitle: Theme\ndate: 2020-01-01\n---\n",
    },
    says: "is a site of Hugo, by its hugo.toml.",
    slug: "ferry",
    has: [
      "published: 2020-03-01T18:00:00Z",
      "language: en-GB",
      "[too](/articles/deep)",
      "credit: Ida Fenn",
      "<https://www.youtube.com/watch?v=ab_cd-1>",
      "# note: tags stay in the text as they stand, as nothing says what they show: {{< chart >}}",
      "src: lamp.png",
    ],
    lines: ["/posts/ferry/  /articles/ferry", "/old/  /articles/ferry", "/sea/deep/  /articles/deep"],
  },
  Hexo: {
    files: {
      "_config.yml":
        "url: https://hexo.example\npermalink: :year/:month/:day/:title/\ntimezone: Asia/Tokyo\n",
      "source/_posts/hello.md":
        "title: Hello\ndate: 2020-01-02 03:04:05\ncategories:\n- [A, B]\n---\nWords.\n\n{% asset_img a.png %}\n",
      "source/_posts/hello/a.png": PIXEL,
    },
    says: "is a site of Hexo, by its _config.yml.",
    slug: "hello",
    has: ["published: 2020-01-02T03:04:05+09:00", "- A\n  - B\n", "![](a.png)"],
    lines: ["/2020/01/02/hello/  /articles/hello"],
  },
  Eleventy: {
    files: {
      "eleventy.config.js": "export default {}",
      "posts/posts.json": '{"author": "Ana Reis", "permalink": "/blog/{{ page.fileSlug }}/"}',
      "posts/2020-05-05-one.md": '---\ntitle: One\n---\nWords.\n\n{% image "./a.png", "A lamp" %}\n',
      "posts/a.png": PIXEL,
    },
    says: "is a site of Eleventy, by its eleventy.config.js.",
    slug: "one",
    has: ["published: 2020-05-05T00:00:00Z", "- name: Ana Reis", "![A lamp](a.png)"],
    lines: ["/blog/one/  /articles/one"],
  },
  Astro: {
    files: {
      "astro.config.mjs": 'export default { site: "https://astro.example" }',
      "src/content/blog/first.mdx":
        '---\ntitle: First\npubDate: "Jul 08 2022"\nheroImage: ../../assets/a.png\n---\nimport Lamp from "../../assets/a.png";\n\nWords.\n\n<Image src={Lamp} alt="A lamp" />\n\n<Note>Inner words.</Note>\n',
      "src/assets/a.png": PIXEL,
    },
    says: "is a site of Astro, by its astro.config.mjs.",
    slug: "first",
    has: [
      "published: 2022-07-08T00:00:00Z",
      "![A lamp](a.png)",
      "Inner words.",
      "components are left out, and only the text in them stays: <Note>",
    ],
    lines: ["/blog/first/  /articles/first"],
  },
  Gatsby: {
    files: {
      "gatsby-config.js": "module.exports = { siteMetadata: { siteUrl: `https://gatsby.example` } }",
      "content/blog/hi/index.md":
        '---\ntitle: Hi\ndate: "2015-05-06T23:46:37.121Z"\n---\nWords.\n\n![A](./a.png)\n',
      "content/blog/hi/a.png": PIXEL,
    },
    says: "is a site of Gatsby, by its gatsby-config.js.",
    slug: "hi",
    has: ["id: https://gatsby.example/hi/", "published: 2015-05-06T23:46:37Z", "![A](a.png)"],
    lines: ["/hi/  /articles/hi"],
  },
};

const inFolder = (files: Case["files"]): Case["files"] =>
  Object.fromEntries(Object.entries(files).map(([name, content]) => [`site/${name}`, content]));

describe.each(Object.entries(CASES))("a site of %s", (_, { files, says, slug, has, lines }) => {
  it("becomes articles that a second import leaves as they are", async () => {
    const { content, run, file } = workshop(inFolder(files));
    const { said, code } = await run(["site"]);
    expect(code).toBe(0);
    expect(said).toContain(says);
    const text = file(`${slug}/index.md`);
    for (const part of has) expect(text).toContain(part);
    expect(text).not.toContain("needs:");
    expect(
      readFileSync(join(content, "redirects.txt"), "utf8")
        .split("\n")
        .filter((line) => line.startsWith("/")),
    ).toEqual(lines);
    expect((await run(["site"])).said).not.toMatch(/^(?:created|updated)/m);
  });
});

it("only posts are articles; drafts are drafts", async () => {
  const { run, articles, file } = workshop(inFolder(CASES.Jekyll?.files ?? {}));
  await run(["site"]);
  expect(articles()).toEqual(["crane", "ferry", "tide"]);
  expect(file("tide/index.md")).toContain("draft: true");
});

describe("Markdown without a generator", () => {
  const POST =
    "---\ntitle: Lamp\ndate_published: 2020-01-01T00:00:00Z\ntags: A, B\n---\nWords ![](pictures/a.png).\n";

  it("is read by its fields, file by file", async () => {
    const { run, file } = workshop({ "lamp.md": POST, "pictures/a.png": PIXEL });
    await run(["lamp.md"]);
    expect(file("lamp/index.md")).toContain("tags:\n  - A\n  - B\npublished: 2020-01-01T00:00:00Z\n");
    expect(file("lamp/index.md")).toContain("Words ![](a.png).");
  });

  it("stays HTML where Markdown can't say it", async () => {
    const { run, articles, file } = workshop({
      "lamp.md": POST.replace("Words", '<table><tr><td colspan="2">Words</td></tr></table>\n\n'),
    });
    await run(["lamp.md"]);
    expect(articles()).toEqual(["lamp"]);
    expect(() => file("lamp/index.md")).not.toThrow();
  });

  it("brings no picture from outside its folder", async () => {
    const { run, file } = workshop({
      "site/hugo.toml": "",
      "site/content/lamp.md": POST.replace("pictures/a.png", "../../secret.png"),
      "secret.png": PIXEL,
    });
    await run(["site"]);
    expect(file("lamp/index.md")).not.toContain("src:");
  });

  it.each([
    [
      "is Wireroom's own",
      "---\nheadline: Lamp\npublished: 2020-01-01T00:00:00Z\n---\nWords.\n",
      "is an article of Wireroom already",
    ],
    ["is broken", '---\ntitle: "x\n---\nWords.\n', "line 3: is not valid YAML"],
    [
      "is nested without end",
      `---\ntitle: x\ndate: 2020-01-01T00:00:00Z\n---\n${"> ".repeat(5000)}x\n`,
      "nested",
    ],
  ])("is refused where it %s", async (_, content, message) => {
    const { run } = workshop({ "lamp.md": content });
    const { said, code } = await run(["lamp.md"]);
    expect(said).toContain(message);
    expect(code).toBe(1);
  });
});
