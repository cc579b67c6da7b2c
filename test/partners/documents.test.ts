// Every document of these profiles byte for byte (`--update` rewrites test/fixtures/partners): each is
// well-formed, and each entry reads back.

import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { extname, join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import type { Profile } from "../../src/partners/profile.ts";
import { PROFILES } from "../../src/partners/profiles/index.ts";
import { CASES, FIXTURES } from "../fixtures/cases.ts";
import { elementsOf } from "../formats/strict.ts";
import { describeWith, run, TOOLS } from "../tools.ts";
import { DOCUMENTS } from "./documents.ts";
import { itemOf, noticeOf, siteOf } from "./items.ts";

const OURS = ["rss", "atom", "json", "google-news-sitemap", "ninjs"] as const;
const IN_XML = OURS.filter((name) => PROFILES[name].file.endsWith(".xml"));

const folder = mkdtempSync(join(tmpdir(), "wireroom-partners-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each(OURS)("%s", (name) => {
  const profile: Profile = PROFILES[name];

  it("stands in the table under its own name", () => expect(profile.name).toBe(name));

  it.each(Object.entries(DOCUMENTS))("the document %s", async (document, write) => {
    const file = join(FIXTURES, "partners", name, document + extname(profile.file));
    await expect(write(profile)).toMatchFileSnapshot(file);
  });

  it.each(CASES)("reads back what it wrote of %s, and of its notice", (one) => {
    const [item, notice, site] = [itemOf(one), noticeOf(one, "2024-12-01T00:00:00Z"), siteOf(one)];
    const other = {
      ...item,
      link: `${item.link}-2`,
      article: { ...item.article, id: "tag:other", uri: "tag:other" },
    };
    const written = profile.entry(item, site);
    expect(() => profile.verify(written, item)).not.toThrow();
    expect(() => profile.verify(written, other)).toThrow(/reads back/);
    expect(() => profile.verify(written.slice(0, -1), item)).toThrow();
    expect(profile.sign !== undefined).toBe(profile.removal === "sign");
    const sign = profile.sign?.(notice, notice.modified, site) ?? profile.entry(notice, site);
    expect(() => profile.verify(sign, notice)).not.toThrow();
  });
});

describe.each(IN_XML)("%s", (name) => {
  it.each(Object.entries(DOCUMENTS))("is well-formed to a strict parser: %s", (_, write) => {
    expect(elementsOf(write(PROFILES[name])).length).toBeGreaterThan(0);
  });
});

describeWith(TOOLS.xmllint, "xmllint", () => {
  it.each(IN_XML)("finds every document of %s well-formed, with all prefixes declared", async (name) => {
    const files = Object.entries(DOCUMENTS).map(([document, write]) => {
      const file = join(folder, `${name}-${document}.xml`);
      writeFileSync(file, write(PROFILES[name]));
      return file;
    });
    expect(await run("xmllint", ["--noout", "--nonet", ...files])).toBe("");
  });
});
