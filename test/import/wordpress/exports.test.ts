// What posts take from the rest of their export: synced patterns, and the media library, in whatever file and from
// whatever address.

import { describe, expect, it } from "vitest";
import { parseExport, readExports } from "../../../src/import/wordpress/wordpress.ts";
import { partsOf } from "../../../src/import/wordpress/wxr.ts";
import { BOAT, first, item, meta, PIER, PIER_IMAGE, post, read, wxr } from "./sample.ts";

const pattern = (id: number, content: string) =>
  item({
    "wp:post_id": String(id),
    "wp:post_type": "wp_block",
    title: `Pattern ${id}`,
    "content:encoded": content,
  });
const html = (items: readonly string[]) => {
  const body = first(items)?.body;
  return body?.kind === "html" ? body.html : undefined;
};
const paragraph = (words: string) => `<!-- wp:paragraph --><p>${words}</p><!-- /wp:paragraph -->`;

describe("a synced pattern", () => {
  it("shows its text where the post refers to it, with patterns in it", () => {
    const items = [
      post(`${paragraph("One.")}<!-- wp:block {"ref":20} /-->${paragraph("Four.")}`),
      pattern(20, `${paragraph("Two.")}<!-- wp:block {"ref":21} /-->`),
      pattern(21, paragraph("Three.")),
    ];
    expect(html(items)).toBe("<p>One.</p><p>Two.</p><p>Three.</p><p>Four.</p>");
    expect(read(items).explained.filter(({ as }) => as === "left out")).toEqual([]);
  });

  it("is noted where the export hasn't got it, or where it shows itself", () => {
    const items = [
      post('<p>A.</p><!-- wp:block {"ref":20} /--><!-- wp:block {"ref":30} /-->'),
      pattern(20, '<p>B.</p><!-- wp:block {"ref":20} /-->'),
    ];
    expect(html(items)).toBe("<p>A.</p><p>B.</p>");
    expect(first(items)?.notes).toEqual([
      "synced patterns are left out, since they are not in the export: 30",
      "synced patterns are left out, since they show themselves or are too long: 20",
    ]);
  });

  it("that shows others a thousand times each is cut off", () => {
    const refs = (id: number) => `<!-- wp:block {"ref":${id}} /-->`.repeat(1000);
    const items = [post(refs(20)), pattern(20, refs(21)), pattern(21, refs(22)), pattern(22, paragraph("x"))];
    expect((html(items) ?? "").length).toBeLessThan(1_000_000);
    expect(first(items)?.notes).toHaveLength(1);
  });

  it("that no post shows is counted", () => {
    expect(read([post("A."), pattern(20, "B.")]).explained.at(-1)).toMatchObject({
      text: "1 item of type wp_block",
    });
  });
});

describe("a picture is the library's own", () => {
  const image = (attributes: string) => first([post(`<img ${attributes}>`), PIER])?.images;
  it.each([
    [
      "from Jetpack's CDN",
      'src="https://i2.wp.com/harbour.example/u/pier.jpg?resize=300%2C200&amp;ssl=1" width="300"',
    ],
    ["from Jetpack's CDN, in a smaller size", 'src="//i0.wp.com/harbour.example/u/pier-300x200.jpg?w=300"'],
    [
      "by its id, from another host",
      'class="size-large wp-image-7" src="https://cdn.example/x/pier-300x200.jpg"',
    ],
  ])("%s", (_, attributes) => {
    expect(image(attributes)).toEqual([PIER_IMAGE]);
  });

  it("not by an id that another file has had", () => {
    expect(image('class="wp-image-7" src="https://cdn.example/x/lamp.jpg"')).toEqual([
      { src: "https://cdn.example/x/lamp.jpg" },
    ]);
  });

  it("from Jetpack's CDN also where the library hasn't got it", () => {
    const content =
      '<a href="https://i1.wp.com/harbour.example/u/lamp.jpg"><img src="https://i1.wp.com/harbour.example/u/lamp.jpg?fit=5%2C5" alt="A lamp" height="5"></a>';
    expect(html([post(content)])).toBe(
      '<p><a href="https://harbour.example/u/lamp.jpg"><img src="https://harbour.example/u/lamp.jpg" alt="A lamp"></a></p>',
    );
  });
});

describe("an export in several files", () => {
  const readAll = (...files: readonly string[]) => readExports(files.map((file) => parseExport([file])));

  it("is one: posts show pictures and patterns of the other files", () => {
    const [posts, library] = readAll(
      wxr([post('<!-- wp:block {"ref":20} /-->[gallery ids="8"]', {}, meta("_thumbnail_id", "7"))]),
      wxr([PIER, BOAT, pattern(20, paragraph("Two."))]),
    );
    expect(posts?.articles).toMatchObject([
      {
        images: [{ src: PIER_IMAGE.src }, { src: "https://harbour.example/u/boat.jpg" }],
        body: { html: '<p>Two.</p><figure><img src="https://harbour.example/u/boat.jpg" alt=""></figure>' },
      },
    ]);
    expect(library?.articles).toEqual([]);
  });

  it("is another where it is another site's", () => {
    const other = wxr([PIER]).replace("<link>https://harbour.example", "<link>https://quay.example");
    const [posts] = readAll(wxr([post("A.", {}, meta("_thumbnail_id", "7"))]), other);
    expect(posts?.articles[0]?.notes).toEqual(["its featured image is not in the export: attachment 7"]);
  });

  it("leaves a post its id that is in two of them", () => {
    const same = post("A.", { link: "https://harbour.example/a/" });
    const read = readAll(wxr([same]), wxr([same])).flatMap(({ articles }) => articles.map(({ id }) => id));
    expect(read).toEqual(["https://harbour.example/?p=10", "https://harbour.example/?p=10"]);
  });
});

describe("a file in pieces", () => {
  const file = wxr([
    post("One <item> ]] > &amp; <!-- two", { title: "A" }),
    post("<!-- <item> --> three", { title: "B" }),
    PIER,
  ]).replace("<item>", "<!-- </item> <item> ]]> -->\n<item\n>");

  it.each([1, 2, 3, 7, 100, 100_000])("of %d characters has the same parts as the whole", (size) => {
    const pieces = Array.from({ length: Math.ceil(file.length / size) }, (_, index) =>
      file.slice(index * size, (index + 1) * size),
    );
    const whole = [...partsOf([file])];
    expect(whole.map(({ kind }) => kind)).toEqual(["head", "item", "item", "item"]);
    expect(whole.map(({ line }) => line)).toEqual(
      whole.map(({ xml }) => file.slice(0, file.indexOf(xml)).split("\n").length),
    );
    expect([...partsOf(pieces)]).toEqual(whole);
  });

  it("that ends in an item says so", () => {
    const cut = file.slice(0, file.indexOf("three"));
    expect([...partsOf([cut])].map(({ ended }) => ended)).toEqual([true, true, false]);
    expect([...partsOf(["<rss>"])]).toMatchObject([{ kind: "head", xml: "<rss>" }]);
  });
});
