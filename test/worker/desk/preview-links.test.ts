// A link that shows a preview to somebody outside: that revision alone, for seven days, until it is ended; and whoever
// guesses, changes or is late sees a plain sentence.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { StoryAnswer } from "../../../src/desk/answers.ts";
import type { MadeLink } from "../../../src/desk/preview/preview-links.ts";
import { type RunningWorker, SITE_URL, until } from "../harness.ts";
import { type Colleague, FROM_HERE, startDesk } from "./desk.ts";

const ARTICLE = {
  headline: "Shown outside",
  body: { html: '<p onclick="alert(1)">As it was shown.</p><script>alert(1)</script>' },
};

let worker: RunningWorker;
let editor: Colleague;
let reporter: Colleague;
beforeAll(async () => {
  ({ worker, editor, reporter } = await startDesk());
});
afterAll(() => worker?.close());

async function create(article: unknown = ARTICLE): Promise<string> {
  const made = await reporter.ask("POST", "/stories", { article });
  return ((await made.json()) as StoryAnswer).id;
}
async function share(id: string, revision = 1): Promise<MadeLink> {
  const made = await editor.ask("POST", `/stories/${id}/preview-links`, { revision });
  expect(made.status).toBe(201);
  return (await made.json()) as MadeLink;
}
const look = (url: string) => worker.fetch(url.replace(SITE_URL, ""));
const form = (id: string, fields: Readonly<Record<string, string>>, who = editor) =>
  worker.fetch(`/desk/stories/${id}/share`, {
    method: "POST",
    headers: { Cookie: who.cookie, ...FROM_HERE },
    body: new URLSearchParams(fields),
  });

describe("a link", () => {
  it("shows that revision without a session, nothing of the desk, and is kept, indexed and passed on by nobody", async () => {
    const id = await create();
    const { url, expires } = await share(id);
    expect(Date.parse(expires) - Date.now()).toBeGreaterThan(6.9 * 86_400_000);
    await reporter.ask(
      "PUT",
      `/stories/${id}`,
      { article: { ...ARTICLE, body: { html: "<p>Secret change.</p>" } } },
      { "If-Match": '"1"' },
    );
    const page = await look(url);
    const html = await page.text();
    expect(page.status).toBe(200);
    expect([html.includes("As it was shown."), html.includes("Secret change.")]).toEqual([true, false]);
    for (const inside of [id, "/desk", "Tomas", "alert(1)"]) expect(html).not.toContain(inside);
    const headers = Object.fromEntries(page.headers);
    expect(headers).toMatchObject({
      "cache-control": "no-store",
      "x-robots-tag": "noindex, nofollow",
      "referrer-policy": "no-referrer",
    });
    expect(headers["content-security-policy"]).toContain("default-src 'none'; style-src 'self';");
    expect(headers["content-security-policy"]).not.toContain("script-src");
    expect(page.headers.get("Set-Cookie")).toBe(null);
    expect((await look("/previews/preview.css")).status).toBe(200);
  });

  it("keeps its revision, however old it gets", async () => {
    const id = await create();
    await share(id);
    const { DB } = await worker.env();
    const row = await DB.prepare("SELECT kept FROM revisions WHERE story = ?").bind(id).first();
    expect(row).toEqual({ kept: 1 });
    const act = await DB.prepare(
      "SELECT act, by, revision FROM journal WHERE story = ? ORDER BY id DESC LIMIT 1",
    )
      .bind(id)
      .first();
    expect(act).toEqual({ act: "shared", by: "Mara", revision: 1 });
  });

  it("is none, where it was guessed or changed: a plain sentence, and no more than that", async () => {
    const { url } = await share(await create());
    const secret = url.split("/").at(-1) ?? "";
    const last = secret.endsWith("A") ? "E" : "A";
    const wrong = [
      `${secret.slice(0, -1)}${last}`,
      secret.toLowerCase() === secret ? secret.toUpperCase() : secret.toLowerCase(),
      secret.slice(0, -1),
      `${secret}A`,
      `${secret}/`,
      "0".repeat(43),
      "%00",
      "",
    ];
    for (const guess of wrong) {
      const page = await worker.fetch(`/previews/${guess}`, { redirect: "manual" });
      const body = await page.text();
      expect([guess, page.status, body.includes("As it was shown.")]).toEqual([guess, 404, false]);
    }
    const page = await look(`/previews/${"0".repeat(43)}`);
    expect([page.headers.get("Content-Type"), page.headers.get("Cache-Control"), await page.text()]).toEqual([
      "text/plain; charset=utf-8",
      "no-store",
      "There is no such preview. Check that the whole link was copied, or ask the newsroom for a new one.\n",
    ]);
    // The hash that is stored opens nothing.
    const { DB } = await worker.env();
    const { hash } = (await DB.prepare("SELECT hash FROM preview_links LIMIT 1").first<{
      hash: string;
    }>()) ?? { hash: "" };
    expect([hash.includes(secret), (await look(`/previews/${hash}`)).status]).toEqual([false, 404]);
  });

  it("ends after seven days, when somebody ends it, and when the article is withdrawn", async () => {
    const { DB } = await worker.env();
    const ended = async (url: string) => {
      const page = await look(url);
      expect([page.status, page.headers.get("Cache-Control")]).toEqual([410, "no-store"]);
      expect(await page.text()).toMatch(/^This link has ended\./);
    };
    const old = await share(await create());
    await DB.prepare("UPDATE preview_links SET expires = ? WHERE id = ?")
      .bind(`${new Date(Date.now() - 1000).toISOString().slice(0, 19)}Z`, old.id)
      .run();
    await ended(old.url);

    const id = await create();
    const [kept, revoked] = [await share(id), await share(id)];
    expect((await editor.ask("DELETE", `/stories/${id}/preview-links/${revoked.id}`)).status).toBe(200);
    expect((await editor.ask("DELETE", `/stories/${id}/preview-links/${revoked.id}`)).status).toBe(404);
    await ended(revoked.url);
    expect((await look(kept.url)).status).toBe(200);

    await editor.ask("POST", `/stories/${id}/publish`, { revision: 1 });
    await until("it is out", async () => {
      const story = (await (await editor.ask("GET", `/stories/${id}`)).json()) as StoryAnswer;
      return story.live !== null;
    });
    expect((await look(kept.url)).status).toBe(200);
    await editor.ask("POST", `/stories/${id}/withdraw`, {});
    await ended(kept.url);
  });

  it("that ended a month ago is forgotten", async () => {
    const { DB } = await worker.env();
    const old = await share(await create());
    await DB.prepare("UPDATE preview_links SET expires = '2020-01-01T00:00:00Z' WHERE id = ?")
      .bind(old.id)
      .run();
    await share(await create());
    expect((await look(old.url)).status).toBe(404);
  });

  it("is an editor's to make, list and end, of a story and revision that there is, by this site's pages", async () => {
    const id = await create();
    const other = await create();
    const { id: link, url } = await share(id);
    for (const [method, path, body] of [
      ["POST", `/stories/${id}/preview-links`, { revision: 1 }],
      ["GET", `/stories/${id}/preview-links`, undefined],
      ["DELETE", `/stories/${id}/preview-links/${link}`, undefined],
    ] as const) {
      expect((await reporter.ask(method, path, body)).status).toBe(403);
      expect((await worker.fetch(`/api${path}`, { method })).status).toBe(401);
      if (method !== "GET")
        expect((await editor.ask(method, path, body, { "Sec-Fetch-Site": "cross-site" })).status).toBe(403);
    }
    expect((await editor.ask("POST", `/stories/${id}/preview-links`, { revision: 9 })).status).toBe(404);
    expect((await editor.ask("POST", "/stories/nothing/preview-links", { revision: 1 })).status).toBe(404);
    expect((await editor.ask("POST", `/stories/${id}/preview-links`, { revision: "1" })).status).toBe(422);
    // Another story's link isn't ended by this one's address.
    expect((await editor.ask("DELETE", `/stories/${other}/preview-links/${link}`)).status).toBe(404);
    expect((await look(url)).status).toBe(200);
    const { links } = (await (await editor.ask("GET", `/stories/${id}/preview-links`)).json()) as {
      links: object[];
    };
    expect(links).toEqual([expect.objectContaining({ id: link, revision: 1, madeBy: "Mara" })]);
    expect(JSON.stringify(links)).not.toContain(url.split("/").at(-1));
  });
});

describe("the form", () => {
  it("makes a link, shows it once, lists it, and ends it without script", async () => {
    const id = await create();
    const made = await (await form(id, { revision: "1" })).text();
    const url = /value="([^"]*\/previews\/[^"]*)"/.exec(made)?.[1] ?? "";
    expect((await look(url)).status).toBe(200);
    const listed = await (
      await worker.fetch(`/desk/stories/${id}/share`, { headers: { Cookie: editor.cookie } })
    ).text();
    expect(listed).not.toContain(url);
    const link = /name="revoke" value="(\d+)"/.exec(listed)?.[1] ?? "";
    expect(await (await form(id, { revoke: link })).text()).toContain("The link no longer works.");
    expect((await look(url)).status).toBe(410);
    expect(await (await form(id, { revoke: link })).text()).toContain("That link had ended before.");
  });

  it("opens for no reporter and nobody without a session", async () => {
    const id = await create();
    expect((await form(id, { revision: "1" }, reporter)).status).toBe(403);
    expect((await worker.fetch(`/desk/stories/${id}/share`)).status).toBe(401);
    expect((await form("nothing", { revision: "1" })).status).toBe(404);
    for (const revision of ["", "x", "9"]) expect((await form(id, { revision })).status).toBe(404);
  });
});
