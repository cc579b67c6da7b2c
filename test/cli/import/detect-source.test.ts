// Which importer a source is for, and which sources are refused before anything of them is read.

import { describe, expect, it } from "vitest";
import { detectSource } from "../../../src/cli/import/detect-source.ts";

const NETSCAPE =
  '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/publish/formats/rss-0.91.dtd">';

describe("a source", () => {
  it.each([
    ["Ferry back in spring\n\nThe ferry sails.", "text"],
    ["[1/2] A ferry at dusk. (Quill)", "text"],
    ["<b>Bold</b> words in a text", "text"],
    ["<!DOCTYPE html><html><body>", "page"],
    ["<!-- saved -->\n<HTML lang=en>", "page"],
    [
      '<?xml version="1.0"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "x.dtd"><html xmlns="x">',
      "page",
    ],
    ['<rss version="2.0"><channel>', "feed"],
    [`<?xml version="1.0"?>\n${NETSCAPE}\n<rss version="0.91">`, "feed"],
    ['<?xml version="1.0"?><rdf:RDF xmlns:rdf="x">', "feed"],
    ['<?xml-stylesheet href="x"?><feed xmlns="http://www.w3.org/2005/Atom">', "feed"],
    ['{"version": "https://jsonfeed.org/version/1.1", "items": []}', "feed"],
    ['<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/">', "wordpress"],
    ["<?xml version='1.0'?><rss version='2.0'\n xmlns:w = 'http://wordpress.org/export/1.1/'>", "wordpress"],
    [
      '<rss xmlns:content="http://purl.org/rss/1.0/modules/content/" title=">" xmlns:wp="http://wordpress.org/export/1.2/">',
      "wordpress",
    ],
    ['<feed xmlns="http://www.w3.org/2005/Atom" xmlns:wp="http://wordpress.org/export/1.2/">', "feed"],
    ['<rss version="2.0" xmlns:wp="https://wallpapers.example/"><channel>', "feed"],
    ['<rss version="2.0"><channel xmlns:wp="http://wordpress.org/export/1.2/">&lt;wp:wxr_version>', "feed"],
    ['<rdf:RDF xmlns:rdf="x" xmlns:wp="http://wordpress.org/export/1.2/">', "feed"],
    ['{"db": [{"data": {"posts": []}}]}', "ghost"],
  ])("%s", (content, kind) => {
    expect(detectSource(content, "file")).toMatchObject({ ok: true, value: { kind } });
  });

  it("without a root is a page if its name says so", () => {
    expect(detectSource("<p>Words</p>", "saved.html")).toMatchObject({ ok: true, value: { kind: "page" } });
  });

  it.each([
    [
      '<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY lol "lol"><!ENTITY lol2 "&lol;&lol;">]><rss>&lol2;</rss>',
      /DTD/,
    ],
    ['<!DOCTYPE rss SYSTEM "file:///etc/passwd"><rss version="2.0">', /DTD/],
    ['<!DOCTYPE html [<!ENTITY x SYSTEM "file:///etc/passwd">]><html>&x;', /DTD/],
    [NETSCAPE.replace(">", ' [<!ENTITY x "y">]>'), /DTD/],
    ['<?xml version="1.0"?><opml version="2.0">', /XML with the root <opml>/],
    ['<opml version="2.0"><body><outline text="One"/></body></opml>\n', /XML with the root <opml>/],
    ['<opml version="2.0"><body></body></opml>\n<!-- written by a reader -->', /XML with the root <opml>/],
    ['<opml version="2.0"><body><outline text="cut', /XML with the root <opml>/],
    ["<section><p>Words</p></section>", /XML with the root <section>/],
    ['{"articles": []}', /neither a JSON Feed/],
    ['{"version": {"toString": 2}}', /neither a JSON Feed/],
    ["---\nheadline: x\n---\nBody", /front matter/],
    ["From: <Saved by a browser>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n\ttype=x\n", /MHTML/],
  ])("is refused: %s", (content, message) => {
    const found = detectSource(content, "file.xml");
    expect(found.ok ? found.value.kind : found.problems[0]?.message).toMatch(message);
  });

  it("of XML by any name is refused, and text that starts with a tag is text", () => {
    const kindOf = (content: string) => {
      const found = detectSource(content, "file.txt");
      return found.ok ? found.value.kind : found.problems[0]?.message;
    };
    for (const content of [
      '<nitf xmlns="urn:x"><body>',
      "<nitf></nitf><!-- end -->",
      "<nitf/>",
      '<nitf a="b"/>',
    ])
      expect(kindOf(content)).toMatch(/XML with the root <nitf>/);
    for (const content of ["<p>Words</p>", "<harbour> said nobody", "<section>Words</section>"])
      expect(kindOf(content)).toBe("text");
  });

  it("says where JSON is broken", () => {
    const found = detectSource('{"version": ', "feed.json");
    expect(found.ok ? "" : found.problems[0]?.message).toMatch(/^is not valid JSON: /);
  });
});
