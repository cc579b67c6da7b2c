// What a sub-editor says of an article: each rule just where it begins to speak, and where it is silent.

import { join, relative } from "node:path";
import { describe, expect, it } from "vitest";
import { lintArticle } from "../../src/cli/check/article-reports.ts";
import { formatFinding } from "../../src/content/finding.ts";
import { readContent } from "../../src/content/folder.ts";
import { toInstant } from "../../src/lib/time.ts";
import { contentFolder, GIF, PIXEL } from "../cli/folder.ts";
import { cameraExif, jpegWith, PHOTOGRAPHS, pngChunk, segment, tiff } from "../photograph.ts";

const NOW = toInstant(new Date("2026-03-02T12:00:00Z"));

/** A PNG that says it is so wide. */
function png(width: number): Buffer {
  const bytes = Buffer.from(PIXEL);
  bytes.writeUInt32BE(width, 16);
  return bytes;
}

const file = (fields: string, body = "Words.", published = "2026-03-01T08:00:00Z") =>
  `---\npublished: ${published}\n${fields}\n---\n${body}\n`;

/** What is said of article `a`, as `line level field message`. */
async function said(
  article: string | Readonly<Record<string, string | Uint8Array>>,
  site = "",
): Promise<readonly string[]> {
  const files = typeof article === "string" ? { "index.md": article } : article;
  const inFolder = Object.entries(files).map(([name, content]) => [`articles/a/${name}`, content] as const);
  const settings = site === "" ? {} : { "site.yaml": site };
  const dir = contentFolder({ ...settings, ...Object.fromEntries(inFolder) });
  const content = await readContent(dir);
  const prefix = new RegExp(`^${relative(process.cwd(), dir)}/articles/a/index\\.(?:md|html):`);
  return content.folders.flatMap((folder) =>
    lintArticle(folder, content, NOW).findings.map((finding) => formatFinding(finding).replace(prefix, "")),
  );
}

const SITE = `title: Test
description: A test.
url: https://news.example.com
tag: { authority: news.example.com, date: "2024-01-01" }
language: en
timezone: UTC
iframeHosts: [films.example.com]
redirects: { /articles/a: /articles/b }
sections: { world: { title: World }, town-hall: { title: Town hall } }
people: { ada-quill: { name: Ada Quill } }
`;

describe("headline and dek", () => {
  it("may be 110 characters long, counted as people count", async () => {
    expect(await said(file(`headline: ${"é".normalize("NFC").repeat(109)}🚢`))).toEqual([]);
    expect(await said(file(`headline: ${"x".repeat(111)}`))).toEqual([
      "3  warning:  headline  has 111 characters: lists cut it off after 110, so shorten it, or add a shortHeadline for them",
    ]);
    const japanese = "港".repeat(56);
    expect(await said(file(`headline: ${japanese}`))).toEqual([
      "3  warning:  headline  has 56 characters: lists cut it off after 55, so shorten it, or add a shortHeadline for them",
    ]);
  });

  it("of a sponsored article that asks for a place, that it gets none", async () => {
    const fields = "headline: A ferry\nsponsored: true\npriority:";
    expect(await said(file(`${fields} low`))).toEqual([]);
    for (const priority of ["lead", "top"]) {
      expect(await said(file(`${fields} ${priority}`))).toEqual([
        "5  warning:  priority  has no effect: a sponsored article never leads, and is placed by its date",
      ]);
    }
  });

  it("may be longer where there is a short one for lists, which may not", async () => {
    const long = "x".repeat(111);
    expect(await said(file(`headline: ${long}\nshortHeadline: A ferry`))).toEqual([]);
    expect(await said(file(`headline: A ferry\nshortHeadline: ${long}`))).toEqual([
      "4  warning:  shortHeadline  has 111 characters: lists cut it off after 110, so shorten it",
    ]);
  });

  it.each([
    ["Council votes for a ferry", "Council votes for a ferry.", true],
    ["Council votes for a ferry", "COUNCIL VOTES FOR A FERRY — at last", true],
    ["Council votes for a ferry", "For a ferry: council votes", true],
    ["Zürich wählt", "zurich WAHLT", true],
    ["Council votes for a ferry", "The night boat returns after nine years", false],
    ["Council votes for a ferry", "The council votes for a ferry that nobody has built", false],
    ["Update", "Update on the ferry: it sank", false],
  ])("%s / %s", async (headline, dek, repeats) => {
    const message = "4  warning:  dek  repeats the headline: say what it doesn't, or leave the dek out";
    expect(await said(file(`headline: "${headline}"\ndek: "${dek}"`))).toEqual(repeats ? [message] : []);
  });
});

describe("dates", () => {
  it("in the future are a schedule, or a change that the Worker would refuse", async () => {
    expect(await said(file("headline: A", "Words.", "2026-03-02T12:00:00Z"))).toEqual([]);
    expect(await said(file("headline: A", "Words.", "2026-03-02T13:00:01+01:00"))).toEqual([
      "2  warning:  published  is in the future: the article is scheduled, and readers don't see it before",
    ]);
    const change =
      "corrections: [{ at: 2026-03-01T09:00:00Z, kind: update, text: a }, { at: 2026-03-05T09:00:00Z, kind: update, text: b }]";
    expect(await said(file(`headline: A\nupdated: 2026-03-02T12:00:01Z\n${change}`))).toEqual([
      "4  updated  must not be in the future, nor after a scheduled publication",
      "5  corrections[1].at  must not be in the future, nor after a scheduled publication",
    ]);
    const both = await said(
      file("headline: A\nupdated: 2026-04-01T00:00:00Z", "Words.", "2026-04-01T00:00:00Z"),
    );
    expect(both).toEqual([expect.stringContaining("published  is in the future")]);
  });

  it("of an article with nothing in it don't hide that", async () => {
    const empty =
      "5  warning:  body  has no text, and there is no picture: readers see a headline alone, and no partner gets the article";
    for (const body of ["", "\n\n", "&nbsp;", "<p><br></p>"])
      expect(await said(file("headline: A", body), SITE), body).toContain(empty);
    for (const body of ["A.", "![x](a.gif)", '<video src="https://films.example.com/a.mp4"></video>'])
      expect(await said({ "index.md": file("headline: A", body), "a.gif": GIF }, SITE)).not.toContain(empty);
    expect(await said(file("headline: A\ndek: All there is to say", ""), SITE)).not.toContain(empty);
  });

  const seoul = SITE.replace("timezone: UTC", "timezone: Asia/Seoul");
  const DATE = "must be a date and time with zone, like 2024-10-24T20:30:00+09:00";
  const START =
    "; the start of that day by the clocks of Asia/Seoul (site.yaml) is 2026-03-01T00:00:00+09:00";
  const TIME = "; by the clocks of Asia/Seoul (site.yaml) it is 2026-03-01T08:05:00+09:00";

  it.each([
    ["2026-03-01", START],
    ['"2026-03-01" # a Sunday', START],
    ["2026-03-01T08:05:00", TIME],
    ["2026-03-01 8:05", TIME],
    ["2026-02-30", ""],
    ["2026-03-01 25:00", ""],
    ["1 March", ""],
  ])("%s is told how the site's zone would make it whole", async (written, way) => {
    const article = { "index.md": file("headline: A", "Words.", written) };
    expect(await said(article, seoul.replace(/redirects.*/, ""))).toEqual([`2  published  ${DATE}${way}`]);
  });

  it("are told so wherever they stand, on the line that they stand on", async () => {
    const fields =
      "headline: A\ncorrections: [{ at: 2026-03-01, kind: correction, text: Two. }]\nexpires: 2026-03-01 8:05";
    expect(await said({ "index.md": file(fields) }, seoul.replace(/redirects.*/, ""))).toEqual([
      `4  corrections[0].at  ${DATE}${START}`,
      `5  expires  ${DATE}${TIME}`,
    ]);
  });

  it("are told no zone that isn't known", async () => {
    const article = { "index.md": file("headline: A", "", "2026-03-01") };
    expect(await said(article, "title: 1\n")).toEqual([`2  published  ${DATE}`]);
  });
});

describe("links to articles by their addresses", () => {
  const linked = async (body: string) =>
    (
      await said({ "index.md": file("headline: A", body), "../ferry/index.md": file("headline: Ferry") })
    ).filter((line) => line.includes("links to"));
  const FERRY = 'links to /articles/fery, but there is no such article here; did you mean "ferry"?';

  it.each([
    "[x](/articles/fery)",
    '<a href="/articles/fery/">x</a>',
    "[x](https://harbour.test/articles/fery#top)",
    "[x]: /articles/fery",
  ])("%s", async (body) => {
    expect(await linked(`First.\n\n${body}`)).toEqual([`7  warning:  body  ${FERRY}`]);
  });

  it.each([
    "[x](/articles/ferry)",
    "[x](/articles/sent-by-a-cms)",
    "[x](https://elsewhere.example/articles/fery)",
    "[x](/articles/fery/comments)",
  ])("nothing of %s", async (body) => {
    expect(await linked(body)).toEqual([]);
  });
});

describe("pictures", () => {
  it.each([
    ["NFC", "NFD"],
    ["NFD", "NFC"],
  ] as const)("have the same name as %s in the article and as %s on the disk", async (written, stored) => {
    const name = "fähren/Größe.png";
    const index = file(
      `headline: A\nimages: [{ src: ${name.normalize(written)}, alt: A }]`,
      "![A](B%C3%BC.png)",
    );
    const files = {
      "index.md": index,
      [name.normalize(stored)]: png(1300),
      ["Bü.png".normalize(stored)]: png(1301),
    };
    expect((await said(files)).filter((line) => !line.includes("warning:  images"))).toEqual([]);
  });

  it("are 1200 pixels wide or more, called what they are, and described", async () => {
    const files = { "wide.png": png(1200), "small.png": png(1199), "film.JPG": png(1600), "loop.gif": GIF };
    const images = "headline: A\nimages:\n  - { src: wide.png, alt: x }\n  - { src: small.png, alt: x }";
    const body = '![x](film.JPG)\n\n<img src="https://example.com/far.jpg">\n\n![](loop.gif)';
    expect(await said({ ...files, "index.md": file(images, body) })).toEqual([
      '6  warning:  images[1].src  shows "small.png", which is 1,199 pixels wide: use one of at least 1,200',
      '8  warning:  body  shows "film.JPG", which is a PNG file: name it "film.png"',
      '10  warning:  body  shows "https://example.com/far.jpg" without alt: say what it shows',
      "12  warning:  images[3].alt  is empty: say what the picture shows",
      '12  warning:  body  shows "loop.gif", which is 1 pixel wide: use one of at least 1,200',
    ]);
  });

  const JPEG = jpegWith(segment(0xfe, Buffer.alloc(9)));
  it.each<[string, string, boolean]>([
    ["boats.jpg", "{ src: boats.jpg, alt: Bar chart of boats a day }", true],
    ["boats.jpg", "{ src: boats.jpg, alt: Boats, caption: 'Map: the new route' }", true],
    ["boats.jpg", "{ src: boats.jpg, alt: 夜行船の路線地図 }", true],
    ["boats.jpg", "{ src: boats.jpg, alt: Der Fluss, caption: Eine Karte der Häfen }", true],
    ["ferry-map_2026.jpg", "{ src: ferry-map_2026.jpg, alt: The route }", true],
    ["ferry-map.jpg", "{ src: ferry-map.jpg, alt: The route, crop: true }", false],
    ["ferry-map.jpg", "{ src: ferry-map.jpg, alt: The route, crop: false }", false],
    ["boats.jpg", "{ src: boats.jpg, alt: Rescuers bend over a map }", false],
    ["boats.jpg", "{ src: boats.jpg, alt: A charter boat at Mapleton }", false],
    ["map.png", "{ src: map.png, alt: A map }", false],
    ["map.gif", "{ src: map.gif, alt: A map }", false],
  ])("that are called charts and are cut by lists are asked about: %s, %s", async (name, image, asked) => {
    const bytes = name.endsWith("jpg") ? JPEG : name.endsWith("png") ? png(1300) : GIF;
    const lines = await said({ [name]: bytes, "index.md": file(`headline: A\nimages: [${image}]`) });
    expect(lines.filter((line) => line.includes("crop"))).toEqual(
      asked
        ? [
            `4  warning:  images[0].crop  is missing for "${name}", which seems to be a chart, map or screenshot: lists crop its edges. Under images in the front matter write crop: false, or crop: true if they may`,
          ]
        : [],
    );
  });

  it("in index.html are described there or in front matter", async () => {
    const body = '<img src="a.png"><img src="b.png"><img src="c.png" alt="c">';
    const index = file("headline: A\nimages: [{ src: a.png, alt: x }]", body);
    const files = { "a.png": png(1300), "b.png": png(1400), "c.png": png(1500) };
    expect(await said({ ...files, "index.html": index })).toEqual([
      '6  warning:  body  shows "b.png" without alt: say what it shows',
    ]);
  });

  it("are measured by their first bytes, or by all of them where those don't say", async () => {
    const late = Buffer.concat([
      Buffer.from("ffd8", "hex"),
      ...Array.from({ length: 2 }, () =>
        Buffer.concat([Buffer.from("ffe2fffe", "hex"), Buffer.alloc(65_532)]),
      ),
      Buffer.from("ffc00011080384064003012200021101031101", "hex"),
      Buffer.from("ffda0008010100003f0055ffd9", "hex"),
    ]);
    const early = Buffer.concat([png(1100), Buffer.alloc(200_000)]);
    const body = "![x](late.jpg) ![x](early.png)";
    expect(
      await said({ "late.jpg": late, "early.png": early, "index.md": file("headline: A", body) }),
    ).toEqual([
      '5  warning:  body  shows "early.png", which is 1,100 pixels wide: use one of at least 1,200',
    ]);
  });
});

describe("HTML", () => {
  it("that the clean-up drops is named, each kind once, and nothing else is", async () => {
    const body = `<p class="y" style="color: red" data-x="1">kept</p>

<script>go()</script> <svg><path d=""/></svg>

<form><input name="a"> <button onclick="go()">Go</button></form>

<p onclick="go()">one</p> <p onclick="go()">two</p>

[a](javascript:go()) [b](mailto:a@example.com) [c](ftp://example.com/) <table><tr><td>cell</td></tr></table>

<video src="clip.mp4"></video> <video src="https://example.com/clip.mp4"></video>
`;
    expect(await said(file("headline: A", body))).toEqual([
      "7  warning:  body  holds <script>, which is taken out with all that is in it",
      "7  warning:  body  holds <svg>, which is taken out with all that is in it",
      "9  warning:  body  holds <form>, which is taken off; what is inside it stays",
      "9  warning:  body  holds <input>, a field of a form, which is taken out",
      "9  warning:  body  holds <button>, which is taken off; what is inside it stays",
      "11  warning:  body  holds onclick on <p>, which is taken off: articles run no script (2 times)",
      '13  warning:  body  holds href="javascript:go()" on <a>, which is taken off: use an address with https://',
      '13  warning:  body  holds href="ftp://example.com/" on <a>, which is taken off: use an address with https://',
      '15  warning:  body  holds src="clip.mp4" on <video>, but only pictures are sent: use a web address',
    ]);
  });

  it("may hold players of the hosts that site.yaml names", async () => {
    const body = ["https://films.example.com/1", "http://films.example.com/1", "https://other.example/", " "]
      .map((address) => `<iframe src="${address}"></iframe>`)
      .join("\n\n");
    const site = SITE.replace(/redirects.*/, "");
    expect(await said({ "index.html": file("headline: A", body) }, site)).toEqual([
      "7  warning:  body  holds an iframe from films.example.com, which becomes a link; to keep it, its address must start with https://",
      "9  warning:  body  holds an iframe from other.example, which becomes a link; to keep it, add other.example to iframeHosts in site.yaml",
      "11  warning:  body  holds an iframe without a web address, which is taken out",
    ]);
  });
});

describe("the folder", () => {
  it("holds nothing that the article doesn't name", async () => {
    const index = file("headline: A", "![x](in%20side/used.png)\n\n[wide](also.png)");
    const files = {
      "in side/used.png": png(1300),
      "in side/not.png": png(1300),
      "also.png": png(1400),
      "notes.txt": "x",
      ".DS_Store": "x",
      ".cache/x.png": "x",
    };
    expect(await said({ ...files, "index.md": index })).toEqual([
      '1  warning:  has "in side/not.png" beside it, which nothing names: use it, or take it out',
      '1  warning:  has "notes.txt" beside it, which nothing names: use it, or take it out',
    ]);
  });

  it("is not where site.yaml redirects", async () => {
    expect(await said(file("headline: A"), SITE)).toEqual([
      "1  warning:  has a page that readers can't reach: redirects in site.yaml sends /articles/a to /articles/b; take that line out, or rename the folder",
    ]);
  });
});

describe("names", () => {
  it("that are nearly right are told the right one", async () => {
    const index = file(
      "title: A\nhedline: B\nsection: town-hal\nbylines: [ada, bo]",
      "[x](../aa/) ![x](Lead.jpg)",
    );
    const site = SITE.replace(/redirects.*/, "");
    expect((await said({ "index.md": index, "lead.jpg": png(1300) }, site)).slice(0, 7)).toEqual([
      "2  headline  is missing",
      "3  title  is not a known field: here it is called headline",
      '4  hedline  is not a known field; did you mean "headline"?',
      '5  section  "town-hal" is not a section in site.yaml (world, town-hall); did you mean "town-hall"?',
      '6  bylines[0]  "ada" is not one of the people in site.yaml (ada-quill); did you mean "ada-quill"?',
      '6  bylines[1]  "bo" is not one of the people in site.yaml (ada-quill)',
      '8  body  links to "../aa/", but there is no such article; did you mean "a"?',
    ]);
  });
});

describe("a draft", () => {
  it("is judged as a whole, and warned of all of it", async () => {
    const draft = `---
draft: true
headline: ${"x".repeat(120)}
# needs: published (--published)
# needs: headline
images:
  - alt: A ferry
---
[x](../gone/)
`;
    expect(await said(draft)).toEqual([
      "3  warning:  headline  has 120 characters: lists cut it off after 110, so shorten it, or add a shortHeadline for them",
      "4  warning:  published  is still needed (--published); fill it in, and take this comment out",
      "5  warning:  headline  is there: take this comment out",
      "7  warning:  images[0].src  is missing: name a file beside the article or a web address, or take the image out",
      '9  warning:  body  links to "../gone/", but there is no such article',
    ]);
  });

  it("says of a field that is there and wrong only what is wrong", async () => {
    const draft = "---\ndraft: true\nheadline: A\npublished: yesterday\n# needs: published\n---\nx\n";
    expect((await said(draft)).filter((line) => line.includes("published"))).toEqual([
      expect.stringMatching(/^4 {2}warning: {2}published {2}must /),
    ]);
  });
});

describe("what a picture's file tells", () => {
  const article = (name: string) => file(`headline: Ferry\nimages:\n  - { src: ${name}, alt: A ferry }`);
  const of = async (name: string, bytes: Uint8Array, site = "") =>
    (await said({ "index.md": article(name), [name]: bytes }, site)).filter((line) =>
      line.includes("whose file says"),
    );
  const all =
    "where it was taken, with which camera, a serial number or the camera's owner, a small copy of the picture, maybe from before it was cropped";

  it.each(["jpeg", "png", "webp"] as const)("is said of a %s, and that it is taken out", async (type) => {
    const name = `ferry.${type}`;
    expect(await of(name, PHOTOGRAPHS[type])).toEqual([
      `5  warning:  images[0].src  shows "${name}", whose file says ${all}: that is removed from what is sent, and stays in this file`,
    ]);
  });

  it("is found in a large picture, whose head alone is read", async () => {
    const large = Buffer.concat([PHOTOGRAPHS.jpeg, Buffer.alloc(200_000)]);
    expect(await of("ferry.jpg", large)).toHaveLength(1);
    const late = jpegWith(...Array.from({ length: 4 }, () => segment(0xe2, Buffer.alloc(40_000))), exif);
    expect(await of("ferry.jpg", late)).toHaveLength(1);
  });

  it("reaches readers where site.yaml says so", async () => {
    const [line] = await of("ferry.jpeg", PHOTOGRAPHS.jpeg, `${SITE}pictures: { keepMetadata: true }\n`);
    expect(line).toContain("readers get that too, because site.yaml has keepMetadata");
  });

  it("is nothing where it only has rights, an orientation and a program's name", async () => {
    expect(await of("ferry.jpeg", jpegWith(rights))).toEqual([]);
  });

  it("can't be known of a broken one: an error", async () => {
    const broken = await said({
      "index.md": article("ferry.avif"),
      "ferry.avif": PHOTOGRAPHS.avif.subarray(0, -200),
    });
    expect(broken).toContainEqual(expect.stringContaining('images[0].src  "ferry.avif" is damaged'));
  });

  const exif = segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), cameraExif()]));
  const rights = segment(
    0xe1,
    Buffer.concat([
      Buffer.from("Exif\0\0"),
      tiff([
        [0x0131, 2, 8, Buffer.from("Program\0")],
        [0x8298, 2, 5, Buffer.from("Mine\0")],
      ]),
    ]),
  );
});

describe("a picture of more than 4,000 pixels or 3 MB", () => {
  const ferry = file("headline: Ferry\nimages:\n  - { src: ferry.png, alt: A ferry }");
  const heavy = (length: number) =>
    Buffer.concat([
      png(1300).subarray(0, -12),
      pngChunk("IDAT", Buffer.alloc(length)),
      png(1300).subarray(-12),
    ]);
  const of = (bytes: Buffer) => said({ "index.md": ferry, "ferry.png": bytes });

  it("reaches readers as it is, without Cloudflare Images", async () => {
    const mend =
      "and readers download all of it: save it with at most 4000 pixels a side and 3 MB, or switch on Cloudflare Images in wrangler.toml";
    expect(await of(png(4000))).toEqual([]);
    expect(await of(png(4001))).toEqual([
      `5  warning:  images[0].src  shows "ferry.png", which is 4001 × 1 pixels, ${mend}`,
    ]);
    expect(await of(heavy(2_900_000))).toEqual([]);
    expect(await of(heavy(3_100_000))).toEqual([
      `5  warning:  images[0].src  shows "ferry.png", which has 3.1 MB, ${mend}`,
    ]);
  });

  it("is nothing to speak of where Cloudflare Images is on", async () => {
    const dir = contentFolder({
      "wrangler.toml": '[images]\nbinding = "IMAGES"\n',
      "content/articles/a/index.md": ferry,
      "content/articles/a/ferry.png": png(4001),
    });
    const content = await readContent(join(dir, "content"));
    expect(content.folders.flatMap((folder) => lintArticle(folder, content, NOW).findings)).toEqual([]);
  });
});
