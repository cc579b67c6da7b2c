// The previews of a story besides its page: on a phone, in feeds, at partners, at a time; and hostile text in every field of
// it, in each of them.

import { fromHtml } from "hast-util-from-html";
import { visit } from "unist-util-visit";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoryAnswer } from "../../../src/desk/answers.ts";
import { type RunningWorker, SITE_URL, startWorker, TOKEN } from "../harness.ts";
import { partner } from "../partners/partners.ts";
import { type Colleague, colleague } from "./desk.ts";

let worker: RunningWorker;
let editor: Colleague;
beforeAll(async () => {
  worker = await startWorker({ secrets: { PUBLISH_TOKEN: TOKEN, UNDO_SECONDS: "0" } });
  editor = await colleague(worker, "Mara", "editor");
  await partner(worker, "wire", { name: "The Wire" });
  await partner(worker, "ninjs", { name: "Agency", profile: "ninjs" });
  await partner(worker, "science", { name: "Science Weekly", select: { sections: ["science"] } });
  await partner(worker, "portal", { name: "Portal", profile: "msn" });
  await partner(worker, "later", { name: "Later", delay: "2h", expire: "1d" });
});
afterAll(() => worker?.close());

async function create(article: unknown): Promise<string> {
  const made = await editor.ask("POST", "/stories", { article });
  expect(made.status).toBe(201);
  return ((await made.json()) as StoryAnswer).id;
}
const look = (id: string, path = "", cookie = editor.cookie) =>
  worker.fetch(`/desk/stories/${id}/preview${path}`, { headers: { Cookie: cookie } });
const wordsOf = (html: string) => html.replace(/<[^>]*>/g, " ").replace(/\s+/g, " ");

const ARTICLE = {
  headline: "Ferries & <boats>",
  dek: "After a year.",
  section: "asia-pacific",
  tags: ["Harbour"],
  bylines: ["david-choi"],
  body: { html: "<p>They sail again.</p>" },
};

it("shows what readers of RSS, Atom and JSON Feed take from the entry, and its source", async () => {
  const id = await create(ARTICLE);
  const html = await (await look(id, "/feeds")).text();
  const parts = html.split('<article class="reader">').slice(1);
  expect(parts.length).toBe(3);
  for (const part of parts) {
    const words = wordsOf(part.slice(0, part.indexOf("</article>")));
    expect(words).toContain("Ferries &amp; &lt;boats&gt;");
    for (const shown of ["David Choi", "After a year.", "They sail again."]) expect(words).toContain(shown);
    // The summary, which the text starts with, is above it, in the reader's list.
    expect(words.split("After a year.").length).toBe(2);
  }
  expect(html).toContain("&lt;content:encoded&gt;");
  expect(html).toContain("&quot;content_html&quot;");
});

it("shows each partner's version with its linter's findings, and why one doesn't get it; also at a time", async () => {
  const id = await create(ARTICLE);
  const at = async (query = "") => {
    const html = await (await look(id, `/partners${query}`)).text();
    return (name: string) =>
      wordsOf(html.split("<section").find((one) => one.includes(`<bdi>${name}</bdi>`)) ?? "");
  };
  const now = await at();
  expect(now("The Wire")).toMatch(/as rss Gets it .*They sail again\..*Its source/);
  expect(now("Agency")).toContain("Gets it");
  expect(now("Science Weekly")).toContain("Doesn’t get it : is in asia-pacific; the policy selects science");
  expect(now("Science Weekly")).not.toContain("They sail again.");
  expect(now("Portal")).toContain("MSN takes 450 to 500,000");
  expect(now("Later")).toContain("Doesn’t have it yet : it comes on");
  const clock = (hours: number) => new Date(Date.now() + (9 + hours) * 3_600_000).toISOString().slice(0, 16);
  expect((await at(`?at=${clock(3)}`))("Later")).toContain("Gets it");
  expect((await at(`?at=${clock(48)}`))("Later")).toContain("Doesn’t get it : has been too old since");
  const past = await (await look(id, "/partners?at=2020-01-01T00:00")).text();
  expect(past).toContain("This time is in the past");
});

it("says of the page at a time that it isn't out yet, or has expired", async () => {
  const expires = new Date(Date.now() + 3_600_000).toISOString().slice(0, 19);
  const id = await create({ ...ARTICLE, expires: `${expires}Z` });
  expect(await (await look(id, "?at=2999-01-01T08:30")).text()).toContain("By then it has expired");
  expect(await (await look(id)).text()).not.toContain("By then");
});

it("is framed by the desk alone, and only where it was asked for; and is for a session alone", async () => {
  const id = await create(ARTICLE);
  const policy = async (path: string) => (await look(id, path)).headers.get("Content-Security-Policy") ?? "";
  expect(await policy("?framed")).toContain("frame-ancestors 'self'");
  expect(await policy("")).toContain("frame-ancestors 'none'");
  expect(await policy("/sizes")).toContain("frame-src https: 'self'");
  expect(await (await look(id, "?framed")).text()).not.toContain("Back to the story");
  for (const path of ["", "/sizes", "/feeds", "/partners", "?framed"]) {
    expect((await look(id, path, "")).status).toBe(401);
    const page = await look(id, path);
    expect([path, page.status, page.headers.get("Cache-Control"), page.headers.get("X-Robots-Tag")]).toEqual([
      ...[path, 200, "no-store", "noindex"],
    ]);
    expect(page.headers.get("Content-Security-Policy")).not.toContain("script-src");
    expect(page.headers.get("Content-Security-Policy")).toMatch(/^default-src 'none'/);
    expect((await look("nothing", path)).status).toBe(404);
  }
});

describe("hostile text in", () => {
  const EVIL = `"'><script>ran(1)</script><img src=x onerror=ran(2)><svg onload=ran(3)>]]><a href="javascript:ran(4)">`;
  const ATTACKS: Readonly<Record<string, object>> = {
    headline: { headline: EVIL },
    shortHeadline: { shortHeadline: EVIL },
    dek: { dek: EVIL },
    tags: { tags: [EVIL.slice(0, 90)] },
    dateline: { dateline: EVIL.slice(0, 90) },
    "a byline's name": { bylines: [{ name: EVIL.slice(0, 90), bio: EVIL, role: EVIL.slice(0, 90) }] },
    "a picture's texts": {
      images: [
        { src: "https://pictures.example/a.jpg", alt: EVIL, caption: EVIL, credit: EVIL, copyright: EVIL },
      ],
    },
    "a picture's address": { images: [{ src: `https://pictures.example/${EVIL}`, alt: "x" }] },
    corrections: { corrections: [{ at: "2024-01-01T00:00:00Z", kind: "update", text: EVIL }] },
    rights: { rights: { copyright: EVIL, terms: EVIL, license: `https://a.example/${EVIL}` } },
    url: { url: `https://a.example/${EVIL}` },
    section: { section: EVIL },
    language: { language: EVIL },
    body: {
      body: { html: `<p title='${EVIL}'>${EVIL}</p><iframe srcdoc="<script>ran(5)</script>"></iframe>` },
    },
    "a field that is none of its kind": {
      headline: { toString: EVIL },
      bylines: [EVIL],
      tags: EVIL,
      images: [EVIL],
    },
  };

  it.each(Object.keys(ATTACKS))("%s: nothing of it is markup in any preview", async (field) => {
    const id = await create({ ...ARTICLE, ...ATTACKS[field] });
    const shared = await editor.ask("POST", `/stories/${id}/preview-links`, { revision: 1 });
    const { url } = (await shared.json()) as { readonly url: string };
    const headers = { Cookie: editor.cookie };
    const pages = [
      ...["", "?framed", "/sizes", "/feeds", "/partners"].map((path) => `/desk/stories/${id}/preview${path}`),
      ...["", "/publish", "/share", "/correct", "/withdraw", "/revisions/1"].map(
        (path) => `/desk/stories/${id}${path}`,
      ),
      "/desk",
    ];
    const answers = [
      ...(await Promise.all(
        pages.map(async (path) => [path, await worker.fetch(path, { headers })] as const),
      )),
      ["shared", await worker.fetch(url.replace(SITE_URL, ""))] as const,
    ];
    for (const [path, answer] of answers) {
      expect([path, answer.status]).toEqual([path, 200]);
      const html = await answer.text();
      expect([path, ranBy(html)]).toEqual([path, []]);
      expect(answer.headers.get("Content-Security-Policy")).not.toContain("unsafe");
    }
  });

  /** The elements of a page that would run something, or lead to a script. The desk's own scripts are no attack. */
  function ranBy(html: string): readonly string[] {
    const found: string[] = [];
    visit(fromHtml(html), "element", ({ tagName, properties }) => {
      const { src, id, srcDoc } = properties;
      const isOwn = tagName === "script" && (id === "settings" || String(src).startsWith("/"));
      const isActive = ["script", "object", "embed", "svg"].includes(tagName) && !isOwn;
      const isHandled = Object.entries(properties).some(
        ([name, value]) => /^on/i.test(name) || /^\s*(?:javascript|vbscript):/i.test(String(value)),
      );
      if (isActive || isHandled || srcDoc !== undefined)
        found.push(`${tagName} ${JSON.stringify(properties)}`);
    });
    return found;
  }

  it("would be found", () => {
    const all = `<script>1</script><p onclick="1">x</p><a href=" javascript:1">x</a><svg></svg><iframe srcdoc="x"></iframe>`;
    expect(ranBy(`${all}<script id="settings">{}</script><p title="onclick=1">javascript:1</p>`).length).toBe(
      5,
    );
  });
});
