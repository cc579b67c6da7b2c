// What becomes of the addresses that imported articles had: links between them, and content/redirects.txt.

import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCheck } from "../../../src/cli/check.ts";
import { newAddresses } from "../../../src/cli/import/old-addresses.ts";
import { expectProportional } from "../../growth.ts";
import { listen } from "../output.ts";
import { PAGE, workshop } from "./workshop.ts";

const post = (id: number, name: string, content: string, status = "publish") =>
  `<item><title>The ${name}</title><link>https://www.quay.example/2019/05/${name}/</link><guid>https://quay.example/?p=${id}</guid><content:encoded><![CDATA[${content}]]></content:encoded><wp:post_id>${id}</wp:post_id><wp:post_date_gmt>2019-05-02 18:00:00</wp:post_date_gmt><wp:post_name>${name}</wp:post_name><wp:status>${status}</wp:status><wp:post_type>post</wp:post_type></item>`;
const wxr = (...posts: readonly string[]) =>
  `<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>Quay</title><link>https://quay.example</link>${posts.join("")}</channel></rss>`;
const link = (address: string) => `<a href="${address}">x</a>`;
const hrefs = (html: string) => [...html.matchAll(/href="([^"]*)"/g)].map(([, address]) => address);

const LINKS = [
  ["https://www.quay.example/2019/05/crane/", "/articles/crane"],
  ["http://quay.example/2019/05/crane#end", "/articles/crane#end"],
  ["/2019/05/crane/?share=mail", "/articles/crane"],
  ["https://quay.example/?p=2", "/articles/crane"],
  ["../crane/", "/articles/crane"],
  ["https://quay.example/2019/05/tide/", "https://quay.example/2019/05/tide/"],
  ["https://pier.example/2019/05/crane/", "https://pier.example/2019/05/crane/"],
  ["https://quay.example/", "https://quay.example/"],
] as const;

const SOURCES = {
  "x.xml": wxr(
    post(1, "boat", LINKS.map(([address]) => link(address)).join(" ")),
    post(2, "crane", "Words."),
    post(3, "secret", "Words.", "draft"),
  ),
};

describe("an import of WordPress", () => {
  it("turns links between its articles, and no others", async () => {
    const { run, file } = workshop(SOURCES);
    await run(["x.xml"]);
    expect(hrefs(file("boat/index.html"))).toEqual(LINKS.map(([, address]) => address));
  });

  it("writes a line for each address that was public", async () => {
    const { content, run } = workshop(SOURCES);
    const { said } = await run(["x.xml"]);
    const lines = () =>
      readFileSync(join(content, "redirects.txt"), "utf8")
        .split("\n")
        .filter((line) => /^\//.test(line));
    const expected = [
      "/2019/05/boat/  /articles/boat",
      "/?p=1  /articles/boat",
      "/2019/05/crane/  /articles/crane",
      "/?p=2  /articles/crane",
    ];
    expect(lines()).toEqual(expected);
    expect(said).toContain("4 lines of redirects.txt lead from old addresses to these articles.");
    const again = await run(["x.xml"]);
    expect(lines()).toEqual(expected);
    expect(again.said).not.toContain("redirects.txt");
    expect(again.said).toContain("as before");
  });

  it("writes none on a dry run", async () => {
    const { content, run } = workshop(SOURCES);
    const { said } = await run(["x.xml"], { dryRun: true });
    expect(said).toContain("4 lines of redirects.txt would lead");
    expect(existsSync(join(content, "redirects.txt"))).toBe(false);
  });

  it("leaves lines that are there, but for those to articles that are gone", async () => {
    const { content, run } = workshop(SOURCES);
    const mine =
      "# mine\n/2019/05/boat  /articles/boat-race\n/?p=2 https://elsewhere.example/\n/x /articles/gone\n";
    writeFileSync(join(content, "redirects.txt"), mine);
    await run(["x.xml"]);
    expect(readFileSync(join(content, "redirects.txt"), "utf8")).toBe(
      "# mine\n/2019/05/boat  /articles/boat\n/?p=2 https://elsewhere.example/\n/x /articles/gone\n/?p=1  /articles/boat\n/2019/05/crane/  /articles/crane\n",
    );
  });

  it("leads to the name that an article really has", async () => {
    const { content, run, file } = workshop(SOURCES);
    await run(["x.xml"]);
    const other = workshop({
      "y.xml": wxr(post(8, "boat", link("/2019/05/crane/")), post(9, "crane", "Others.")).replaceAll(
        "quay",
        "mole",
      ),
    });
    await run([join("..", other.dir.split("/").at(-1) ?? "", "y.xml")]);
    expect(hrefs(file("boat-2/index.html"))).toEqual(["/articles/crane-2"]);
    expect(readFileSync(join(content, "redirects.txt"), "utf8")).toContain("/?p=9  /articles/crane-2");
  });
});

it("an import of this site's own pages writes lines, one of another's doesn't", async () => {
  const page = (host: string) =>
    PAGE.replace("</head>", `<link rel="canonical" href="https://${host}/old/ferry.html"></head>`);
  const { content, run } = workshop({ "own.html": page("wire.example"), "other.html": page("pier.example") });
  const site = readFileSync(join(content, "site.yaml"), "utf8");
  writeFileSync(join(content, "site.yaml"), site.replace(/^url: .*$/m, "url: https://wire.example"));
  await run(["other.html"]);
  expect(existsSync(join(content, "redirects.txt"))).toBe(false);
  await run(["own.html"]);
  expect(readFileSync(join(content, "redirects.txt"), "utf8")).toMatch(
    /^\/old\/ferry\.html {2}\/articles\/ferry-/m,
  );
});

it("a link that stays old is named by check", async () => {
  const { content, run, file } = workshop(SOURCES);
  await run(["x.xml"]);
  const index = join(content, "articles/boat/index.html");
  writeFileSync(index, file("boat/index.html").replace("/articles/crane", "/2019/05/crane/"));
  const out = listen();
  await runCheck({ dir: content }, out);
  expect(out.text()).toMatch(
    /boat\/index\.html:\d+ {2}warning: {2}body {2}links to \/2019\/05\/crane\/, which redirects: link to \/articles\/crane/,
  );
});

it("time grows in proportion to the number of articles", () => {
  const body = { kind: "text", paragraphs: [] } as const;
  expectProportional((count) => {
    const articles = Array.from({ length: count }, (_, index) => ({
      article: { item: "x", body, oldAddresses: [`https://quay.example/2019/${index}/`] },
      slug: `a${index}`,
    }));
    const newAddress = newAddresses(articles, new Map(), undefined);
    for (const index of articles.keys()) newAddress(`https://quay.example/2019/${index}`);
  }, 20_000);
});
