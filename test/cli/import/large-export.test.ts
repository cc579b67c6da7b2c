// An export that is larger than what is read as a whole.

import { closeSync, openSync, statSync, writeSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { workshop } from "./workshop.ts";

const HEAD =
  '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>x</title><link>https://quay.example</link>';
const post = (id: number) =>
  `<item><title>Kräne ${id}</title><content:encoded><![CDATA[Der Kran fährt nach Süden.]]></content:encoded><wp:post_id>${id}</wp:post_id><wp:post_date_gmt>2026-03-02 18:00:00</wp:post_date_gmt><wp:post_name>crane-${id}</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>`;
const FILLING = `<item><wp:post_type>revision</wp:post_type><content:encoded><![CDATA[${"ä ".repeat(1_500_000)}]]></content:encoded></item>`;

it("is read piece by piece, if it is WordPress's, and nothing else is", { timeout: 60_000 }, async () => {
  const { dir, run, articles, file } = workshop({});
  for (const [name, head] of [
    ["big.xml", HEAD],
    ["big.txt", "Words.\n"],
  ] as const) {
    const opened = openSync(join(dir, name), "w");
    writeSync(opened, head + post(1));
    for (let index = 0; index < 15; index++) writeSync(opened, FILLING);
    writeSync(opened, `${post(2)}</channel></rss>`);
    closeSync(opened);
    expect(statSync(join(dir, name)).size).toBeGreaterThan(64_000_000);
  }
  const { code, said } = await run(["big.xml", "big.txt"]);
  expect(articles()).toEqual(["crane-1", "crane-2"]);
  expect(file("crane-2/index.html")).toContain("Der Kran fährt nach Süden.");
  expect(said).toContain("big.txt  is larger than 64 MB");
  expect(code).toBe(1);
});
