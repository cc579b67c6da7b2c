// The preview of a story: the page that its article would have, with what keeps it from coming out; for the desk alone.

import { afterAll, beforeAll, expect, it } from "vitest";
import { type RunningWorker, TOKEN, until } from "../harness.ts";
import { type Colleague, startDesk } from "./desk.ts";

let worker: RunningWorker;
let editor: Colleague;
let reporter: Colleague;
beforeAll(async () => {
  ({ worker, editor, reporter } = await startDesk());
});
afterAll(() => worker?.close());

async function create(article: unknown, slug?: string): Promise<string> {
  const made = await reporter.ask("POST", "/stories", { ...(slug ? { slug } : {}), article });
  expect(made.status).toBe(201);
  return ((await made.json()) as { readonly id: string }).id;
}

const look = (id: string, headers: Readonly<Record<string, string>> = { Cookie: reporter.cookie }) =>
  worker.fetch(`/desk/stories/${id}/preview`, { headers });

async function shown(article: unknown): Promise<string> {
  const page = await look(await create(article));
  expect(page.status).toBe(200);
  return page.text();
}

const ARTICLE = {
  headline: "The ferry is back",
  dek: "After a year.",
  bylines: ["david-choi"],
  body: { html: '<p onclick="alert(1)">It sails again.</p><script>alert(1)</script>' },
};

/** The article and what stands round it, without what only one of the two has. */
const articleIn = (page: string): string =>
  (/<article class="full">.*<\/article>/s.exec(page)?.[0] ?? "").replace(/<time.*?<\/time>/gs, "<time>");

it("is the page that the article has once it is out", async () => {
  const id = await create(ARTICLE, "the-ferry-is-back");
  const preview = await (await look(id)).text();
  expect(preview).toContain("Preview of revision 1.");
  expect(preview).not.toContain("published yet");
  expect(preview).not.toContain("alert(1)");
  expect((await worker.api("/articles/the-ferry-is-back")).status).toBe(404);

  expect((await editor.ask("POST", `/stories/${id}/publish`, { revision: 1 })).status).toBe(202);
  const page = await until("it is out", async () => {
    const answer = await worker.fetch("/articles/the-ferry-is-back");
    return answer.status === 200 && (await answer.text());
  });
  expect(articleIn(preview)).toContain("It sails again.");
  expect(articleIn(preview)).toBe(articleIn(page));
  // Changed since: the preview is of the change, and the article stays the one that it is.
  const changed = { ...ARTICLE, body: { html: "<p>It sails hourly.</p>" } };
  await reporter.ask("PUT", `/stories/${id}`, { article: changed }, { "If-Match": '"1"' });
  const next = await (await look(id)).text();
  expect([next.includes("It sails hourly."), next.includes("Updated")]).toEqual([true, true]);
  expect(await (await worker.api("/articles/the-ferry-is-back")).text()).toContain("It sails again.");
});

it("is for a session alone, is indexed and kept by nobody, and runs no script", async () => {
  const id = await create(ARTICLE);
  for (const headers of [
    {},
    { Authorization: `Bearer ${TOKEN}` },
    { Cookie: "__Host-wireroom-desk=guessed" },
  ]) {
    const refused = await look(id, headers);
    expect([refused.status, (await refused.text()).includes("It sails again.")]).toEqual([401, false]);
  }
  const page = await look(id);
  expect(page.headers.get("Cache-Control")).toBe("no-store");
  expect(page.headers.get("X-Robots-Tag")).toBe("noindex");
  expect(page.headers.get("Content-Security-Policy")).toContain("default-src 'none'; style-src 'self';");
  expect(page.headers.get("Content-Security-Policy")).not.toContain("script-src");
  const html = await page.text();
  expect(html).toContain('<meta name="robots" content="noindex"');
  expect(html).not.toMatch(/<script|rel="canonical"|property="og:/);
  expect((await look("not-there")).status).toBe(404);
});

it("shows what there is of a story that isn't ready, and says what is missing", async () => {
  const page = await shown({ bylines: ["nobody-here", "david-choi"], section: "no-such", dek: "A start." });
  expect(page).toContain("It can’t be published yet:");
  for (const field of ["The headline ", "The text ", "The section ", "Bylines "])
    expect(page).toContain(`<li>${field}`);
  // It would be made from the headline, which is missing itself.
  expect(page).not.toContain("<li>The address ");
  expect(await shown({ headline: "…" })).toContain("<li>The address ");
  expect(page).toContain("A start.");
  expect(articleIn(page)).toContain("David Choi");
});

it.each([
  ["nothing", {}],
  [
    "no types that an article has",
    { headline: 1, dek: [], bylines: "x", tags: {}, body: [], images: 3, expires: "x" },
  ],
  [
    "a picture that isn't here",
    { ...ARTICLE, body: { html: `<p>Words.</p><img src="/media/${"a".repeat(64)}.jpg">` } },
  ],
  [
    "one that is listed too",
    {
      ...ARTICLE,
      images: [{ src: `/media/${"a".repeat(64)}.jpg`, alt: "x" }],
      body: { html: `<p>Words.</p><img src="/media/${"a".repeat(64)}.jpg">` },
    },
  ],
  ["markup that nobody can read", { ...ARTICLE, body: { html: `${"<div>".repeat(300)}Words.` } }],
  ["an end before its start", { ...ARTICLE, expires: "2001-01-01T00:00:00Z" }],
])("can be made of a draft with %s", async (_, article) => {
  const page = await shown(article);
  expect(page).toContain("It can’t be published yet:");
  if ("body" in article && !Array.isArray(article.body))
    expect(articleIn(page)).toMatch(/Words\.|sails again/);
});

it("says what an article can't hold, and goes without it", async () => {
  const page = await shown({
    ...ARTICLE,
    body: { html: "<p>It sails.</p><iframe src='https://evil.example/'></iframe>" },
  });
  expect(page).toContain("Worth a look:");
  expect(page).not.toContain("<iframe");
});
