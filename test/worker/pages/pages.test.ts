// The pages for people as they are on the wire: which there are, what each holds and leads to, and that nothing is on
// any of them before its minute. How they look is in test/browser.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { article } from "../articles.ts";
import { type RunningWorker, SITE_URL, startWorker } from "../harness.ts";

const SETTINGS = readFileSync(join(import.meta.dirname, "../../../content/site.yaml"), "utf8")
  .replace("\nsections:", '\nsections:\n  world: {title: World}\n  empty: {title: "Empty & quiet"}')
  .replace(
    "\npeople:",
    "\npeople:\n  mara: {name: Mara Quill, affiliation: Harbour Desk, url: https://quill.test/, avatar: /mara.png, bio: Writes.}\n  nora: {name: Nora}",
  )
  .replace("front: 20", "front: 4");

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker({ siteYaml: SETTINGS });
  for (let day = 1; day <= 9; day++) {
    await worker.put(
      `story-${day}`,
      article({
        headline: `Story ${day}`,
        section: day % 2 === 1 ? "world" : "about",
        tags: [day === 9 ? "Überfähre" : "uberfahre", ...(day > 6 ? ["港", "C++"] : [])],
        bylines: ["mara", { name: "Guest" }],
        published: `2024-10-0${day}T10:00:00Z`,
      }),
    );
  }
  await worker.put(
    "over",
    article({ headline: "Over", expires: "2024-11-01T00:00:00Z", tags: ["uberfahre", "past"] }),
  );
  await worker.put("gone", article({ headline: "Gone", tags: ["uberfahre", "Lost"], section: "world" }));
  await worker.del("gone", "reason=Wrong%20%3Cb%3E");
  await worker.settled();
});
afterAll(() => worker?.close());

async function page(path: string): Promise<{ status: number; headers: Headers; body: string }> {
  const response = await worker.fetch(path, { redirect: "manual" });
  return { status: response.status, headers: response.headers, body: await response.text() };
}

/** The headlines in a page's lists, in their order. */
const headlines = (body: string): readonly string[] =>
  Array.from(body.matchAll(/<h[23]><a href="[^"]*">([^<]*)<\/a>/g), ([, headline]) => headline ?? "");

const links = (body: string, pattern: RegExp): readonly string[] =>
  Array.from(body.matchAll(/<link ([^>]*)>/g), ([, link]) => link ?? "").filter((link) => pattern.test(link));

describe("the page of a feed", () => {
  it.each([
    ["/sections/world", "World", ["Story 9", "Story 7", "Story 5", "Story 3"]],
    ["/tags/uberfahre", "Überfähre", ["Story 9", "Story 8", "Story 7", "Story 6"]],
    ["/tags/%E6%B8%AF", "港", ["Story 9", "Story 8", "Story 7"]],
    ["/tags/c", "C++", ["Story 9", "Story 8", "Story 7"]],
    ["/authors/mara", "Mara Quill", ["Story 9", "Story 8", "Story 7", "Story 6"]],
  ])("%s is called %s and lists its newest", async (path, name, expected) => {
    const { status, body } = await page(path);
    expect(status).toBe(200);
    expect(body).toContain(`<title>${name} — Wireroom Daily</title>`);
    expect(/<h1[^>]*>([^<]*)<\/h1>/.exec(body)?.[1]).toBe(name);
    expect(headlines(body)).toEqual(expected);
    expect(links(body, /rel="canonical"/)).toEqual([`rel="canonical" href="${SITE_URL}${path}"/`]);
  });

  it("of a person tells who they are and where else to find them", async () => {
    const { body } = await page("/authors/mara");
    expect(body).toContain(`<img class="avatar" src="${SITE_URL}/mara.png" alt=""`);
    expect(body).toContain("<span>Author, Harbour Desk</span></p>");
    expect(body).toContain('href="https://quill.test/"');
    expect(body).toContain("<p>Writes.</p>");
  });

  it("goes on to older articles, and ends", async () => {
    const [first, second, third] = await Promise.all(
      ["", "?page=2", "?page=3"].map((query) => page(`/authors/mara${query}`)),
    );
    expect([first, second, third].flatMap((read) => headlines(read?.body ?? ""))).toEqual(
      [9, 8, 7, 6, 5, 4, 3, 2, 1].map((day) => `Story ${day}`),
    );
    expect(links(second?.body ?? "", /rel="(prev|next|canonical)"/)).toEqual([
      `rel="canonical" href="${SITE_URL}/authors/mara?page=2"/`,
      `rel="prev" href="${SITE_URL}/authors/mara"/`,
      `rel="next" href="${SITE_URL}/authors/mara?page=3"/`,
    ]);
    expect(links(third?.body ?? "", /rel="next"/)).toEqual([]);
    expect(headlines((await page("/?page=2")).body)).toEqual([5, 4, 3, 2].map((day) => `Story ${day}`));
  });

  it("says in its heading which page it is, and leads with nothing where it isn't the first", async () => {
    const headOf = (body: string) => /<h1.*?(?=<\/header>)/s.exec(body)?.[0];
    const [older, world, worldToo] = await Promise.all(
      ["/?page=2", "/sections/world", "/sections/world?page=2"].map(async (path) => (await page(path)).body),
    );
    expect(headOf(older ?? "")).toBe('<h1>Older articles</h1><p class="number">Page 2</p>');
    expect(headOf(world ?? "")).toBe("<h1>World</h1>");
    expect(headOf(worldToo ?? "")).toBe('<h1>World</h1><p class="number">Page 2</p>');
    expect([older, world, worldToo].map((body) => body?.includes('class="teaser first"'))).toEqual([
      false,
      true,
      false,
    ]);
  });

  it.each(["4", "0", "01", "-1", "x", "", "501", "99999999999999999999"])(
    "has no page %j",
    async (number) => {
      expect((await page(`/authors/mara?page=${number}`)).status).toBe(404);
    },
  );

  it("is there, and says so, where the settings name it and where it once had an article", async () => {
    for (const path of ["/sections/empty", "/authors/nora", "/tags/past", "/tags/lost"]) {
      const { status, body } = await page(path);
      expect([path, status]).toEqual([path, 200]);
      expect(body).toContain("Nothing is published here yet.");
    }
  });

  it.each([
    "/sections/nowhere",
    "/tags/nowhere",
    "/authors/nobody",
    "/tags/Story",
    "/tags/%FF",
    "/tags",
    "/archive/1",
  ])("%s is 404", async (path) => expect((await page(path)).status).toBe(404));

  it.each([
    ["/sections/world/", "/sections/world"],
    ["/tags/%E6%B8%AF/", "/tags/%E6%B8%AF"],
  ])("%s leads to %s", async (path, to) => {
    const { status, headers } = await page(path);
    expect([status, headers.get("Location")]).toEqual([301, to]);
  });

  it("with a slash that no feed is spelled like leads nowhere", async () => {
    for (const path of ["/tags/%2F%2Fevil.test/", "/tags/Ferries/"])
      expect((await page(path)).status).toBe(404);
  });
});

describe("what is listed", () => {
  it("are the sections that have an article, on every page", async () => {
    for (const path of ["/", "/articles/story-1", "/sections/empty", "/nowhere", "/articles/gone"]) {
      const nav = /<nav aria-label="Sections">.*?<\/nav>/s.exec((await page(path)).body)?.[0] ?? "";
      expect(Array.from(nav.matchAll(/href="([^"]*)"/g), ([, href]) => href)).toEqual([
        "/sections/world",
        "/sections/about",
      ]);
    }
  });

  it("beside an article are four that share most with it, never itself or one that is gone or over", async () => {
    const { body } = await page("/articles/story-7");
    expect(headlines(body)).toEqual(["Story 9", "Story 8", "Story 5", "Story 3"]);
  });

  it("before and after an article is what came out before and after", async () => {
    const around = async (path: string) =>
      Array.from(
        (await page(path)).body.matchAll(/<a href="[^"]*\/([^"/]*)" rel="(prev|next)">/g),
        (match) => [match[2], match[1]],
      );
    expect(await around("/articles/story-1")).toEqual([["next", "story-2"]]);
    expect(await around("/articles/story-5")).toEqual([
      ["prev", "story-4"],
      ["next", "story-6"],
    ]);
    expect(await around("/articles/story-9")).toEqual([["prev", "story-8"]]);
    expect(await around("/articles/over")).toEqual([["prev", "story-9"]]);
  });

  it("is nothing that is scheduled, on any page", async () => {
    const paths = [
      ...[
        "/",
        "/?page=3",
        "/articles/story-9",
        "/articles/gone",
        "/nowhere",
        "/sections/world",
        "/sections/empty",
      ],
      ...["/tags/uberfahre", "/tags/secret", "/authors/mara", "/authors/nora", "/articles/secret"],
    ];
    const read = () =>
      Promise.all(paths.map(async (path) => [path, (await page(path)).status, (await page(path)).body]));
    const before = await read();
    const secret = {
      headline: "Secret",
      section: "empty",
      tags: ["uberfahre", "secret"],
      bylines: ["mara", "nora"],
    };
    const response = await worker.put("secret", article({ ...secret, published: "2099-01-01T00:00:00Z" }));
    expect(response.status).toBe(201);
    expect(await read()).toEqual(before);
  });
});

describe("autodiscovery", () => {
  const SITE = ["/rss.xml", "/atom.xml", "/feed.json"];
  it.each([
    ["/", SITE],
    ["/nowhere", SITE],
    ["/articles/story-9", [...SITE, "/sections/world/rss.xml"]],
    ["/sections/world", [...SITE.map((file) => `/sections/world${file}`), "/rss.xml"]],
    ["/tags/%E6%B8%AF", [...SITE.map((file) => `/tags/%E6%B8%AF${file}`), "/rss.xml"]],
    ["/authors/mara", [...SITE.map((file) => `/authors/mara${file}`), "/rss.xml"]],
  ])("on %s names the feeds that fit, in the head and in Link", async (path, files) => {
    const { headers, body } = await page(path);
    const addresses = files.map((file) => SITE_URL + file);
    const head = links(body, /rel="alternate" type="application\//);
    expect(head.map((link) => /href="([^"]*)"/.exec(link)?.[1])).toEqual(addresses);
    const header = (headers.get("Link") ?? "").split(", ");
    expect(
      header.map((link) => /^<([^>]*)>; rel="alternate"; type="application\/[a-z+]+"$/.exec(link)?.[1]),
    ).toEqual(addresses);
  });

  it("names the OPML on the front page", async () => {
    expect(links((await page("/")).body, /x-opml/)).toEqual([
      expect.stringContaining(`${SITE_URL}/feeds.opml`),
    ]);
  });
});

describe("the front page and a section's", () => {
  const AT = "2024-10-20T10:00:00Z";
  const image = { src: "https://p.test/a.jpg", alt: "" };
  const leads = async (path: string) => {
    const { body } = await page(path);
    return /class="teaser (?:lead|lead text|first)"[^>]*>.*?<h2><a[^>]*>([^<]*)/s.exec(body)?.[1];
  };

  it("are led by the newest with a picture, by what is pinned before it, and by nothing sponsored", async () => {
    const put = (slug: string, changes: object) =>
      worker.put(slug, article({ section: "world", published: AT, ...changes }));
    expect(await leads("/")).toBe("Story 9");
    await put("paid", { headline: "Paid", images: [image], sponsored: true, priority: "lead" });
    expect([await leads("/"), await leads("/sections/world")]).toEqual(["Story 9", "Story 9"]);
    await put("pictured", { headline: "Pictured", images: [image], published: "2024-10-08T12:00:00Z" });
    expect([await leads("/"), await leads("/sections/world")]).toEqual(["Pictured", "Pictured"]);
    await put("pinned", { headline: "Pinned", priority: "lead", published: "2024-10-08T11:00:00Z" });
    expect([await leads("/"), await leads("/sections/world")]).toEqual(["Pinned", "Pinned"]);
    await put("pinned", { headline: "Pinned", priority: "low", published: "2024-10-08T11:00:00Z" });
    const front = headlines((await page("/")).body);
    expect([front[0], front.at(-1)]).toEqual(["Pictured", "Pinned"]);
    for (const slug of ["paid", "pictured", "pinned"]) await worker.del(slug, "silent=true");
  });

  it("are told which field, section, person or role was meant, by the API too", async () => {
    const wrong = { ...article({ section: "wrld", bylines: [{ name: "A", role: "editr" }] }), headlin: "x" };
    const { errors } = (await (await worker.put("story-9", wrong)).json()) as {
      errors: readonly { readonly path: string; readonly message: string }[];
    };
    const ends = Object.fromEntries(errors.map(({ path, message }) => [path, message.split("; ").at(-1)]));
    expect(ends).toEqual({
      headlin: 'did you mean "headline"?',
      section: 'did you mean "world"?',
      "bylines[0].role": 'did you mean "editor"?',
    });
  });

  it("refuse an unknown priority", async () => {
    const response = await worker.put("story-9", article({ priority: "urgent" }));
    expect(response.status).toBe(422);
    expect(await response.text()).toContain("priority");
  });

  it("show the time for today's articles, and the day for others", async () => {
    const published = new Date().toISOString();
    await worker.put("today", article({ headline: "Now", published }));
    const { body } = await page("/");
    const times = Array.from(body.matchAll(/<time datetime="[^"]*">([^<]*)</g), ([, time]) => time);
    const hours = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: "Asia/Seoul" } as const;
    expect(times).toContain(`Today ${new Intl.DateTimeFormat("en-GB", hours).format(new Date(published))}`);
    expect(times).toContain("9 October 2024");
    await worker.del("today", "silent=true");
  });
});

describe("an article's page", () => {
  it("shows every field of the article", async () => {
    const person = {
      name: "Petra",
      role: "photographer",
      affiliation: "Island Radio",
      bio: "Swims.",
      url: "https://p.test/",
    };
    await worker.put(
      "whole",
      article({
        ...{
          headline: "Whole",
          dek: "In all its parts.",
          section: "world",
          tags: ["Ferries"],
          sponsored: true,
        },
        ...{ dateline: "HARBOUR TOWN", published: "2024-09-01T10:00:00Z", updated: "2024-09-03T12:00:00Z" },
        bylines: ["mara", person],
        images: [{ src: "https://p.test/a.jpg", alt: "A boat", caption: "At dusk.", credit: "Ruth" }],
        corrections: [{ at: "2024-09-02T10:00:00Z", kind: "clarification", text: "It was Monday." }],
        rights: {
          copyright: "© Courier",
          license: "https://creativecommons.org/licenses/by/4.0/",
          terms: "Ask first.",
        },
      }),
    );
    const { body } = await page("/articles/whole");
    const main = /<main.*<\/main>/s.exec(body)?.[0] ?? "";
    const shown = main
      .replaceAll("<wbr/>", "")
      .replace(/<[^>]*>/g, " ")
      .replace(/\s+/g, " ");
    for (const text of [
      ...["Sponsored", "World", "Whole", "In all its parts.", "HARBOUR TOWN", "Ferries"],
      ...[
        "1 September 2024, 19:00 Korean Standard Time",
        "Updated 3 September 2024",
        "Clarification, 2 September 2024: It was Monday.",
      ],
      ...["Mara Quill", "Harbour Desk", "Writes.", "Petra", "Photographer, Island Radio", "Swims."],
      ...["At dusk. — Ruth", "photographs by Petra", "© Courier", "Ask first.", "creativecommons.org"],
    ]) {
      expect(shown).toContain(text);
    }
    expect(main).toContain('<a href="#wr-corrections">Clarification</a>');
    expect(main).toContain('<div id="wr-corrections"><aside class="wr-corrections">');
    expect(main).toContain("creativecommons.<wbr/>org/<wbr/>licenses/<wbr/>by/<wbr/>4.<wbr/>0</a>");
    for (const [name, value] of [
      ...[
        ["alt", "A boat"],
        ["src", "https://p.test/a.jpg"],
        ["href", "https://p.test/"],
      ],
      ["href", "https://creativecommons.org/licenses/by/4.0/"],
    ]) {
      expect(body).toContain(`${name}="${value}"`);
    }
    await worker.del("whole", "silent=true");
  });

  it("links its section, its tags and its people, to machines too", async () => {
    const { body } = await page("/articles/story-9");
    for (const path of [
      "/sections/world",
      "/tags/uberfahre",
      "/tags/%E6%B8%AF",
      "/tags/c",
      "/authors/mara",
    ]) {
      expect(body).toContain(`href="${path}"`);
    }
    const data = /<script type="application\/ld\+json">(.*?)<\/script>/s.exec(body)?.[1] ?? "";
    expect(JSON.parse(data).author).toEqual([
      expect.objectContaining({
        name: "Mara Quill",
        url: `${SITE_URL}/authors/mara`,
        sameAs: "https://quill.test/",
      }),
      { "@type": "Person", name: "Guest" },
    ]);
  });

  it("is 410 with day and reason once it is withdrawn, and leads on", async () => {
    const { status, body } = await page("/articles/gone");
    expect(status).toBe(410);
    expect(body).toMatch(/<time datetime="20/);
    expect(body).toContain("Wrong &lt;b&gt;");
    expect(headlines(body)[0]).toBe("Story 9");
  });
});

describe("words", () => {
  const speaking = async (language: string) => {
    await worker.reload({ siteYaml: SETTINGS.replace("language: en", `language: ${language}`) });
    return page("/");
  };

  it("are the site's language's", async () => {
    const { body } = await speaking("de-AT");
    expect(body).toContain('<html lang="de-AT" dir="ltr">');
    expect(body).toContain("<span>Abonnieren</span>");
    expect(body).not.toContain("Subscribe");
  });

  it("are English and say so where we have none", async () => {
    const { body } = await speaking("he");
    expect(body).toContain('<html lang="he" dir="rtl">');
    expect(body).toContain('<span lang="en" dir="ltr">Subscribe</span>');
  });
});

describe("whoever is named", () => {
  const bylines = (body: string): readonly string[] =>
    Array.from(
      /<ul class="bylines">(.*?)<\/ul>/s.exec(body)?.[1]?.matchAll(/<li[^>]*>(.*?)<\/li>/gs) ?? [],
      ([, row]) => (row ?? "").replace(/<[^>]*>/g, ""),
    );

  it("stands in the byline row with what they did, and in lists, where nobody wrote the article", async () => {
    const petra = { name: "Petra Pixel", role: "photographer" };
    await worker.put("pictures", article({ headline: "Pictures", tags: ["row"], bylines: [petra] }));
    await worker.put("both", article({ headline: "Both", tags: ["row"], bylines: [petra, { name: "Ana" }] }));
    expect(bylines((await page("/articles/pictures")).body)).toEqual(["Photographs by Petra Pixel"]);
    expect(bylines((await page("/articles/both")).body)).toEqual(["Ana", "Photographs by Petra Pixel"]);
    const list = (await page("/tags/row")).body;
    expect(Array.from(list.matchAll(/<span class="by"[^>]*>([^<]*)</g), ([, by]) => by).toSorted()).toEqual([
      "Ana",
      "Photographs by Petra Pixel",
    ]);
  });
});

it("a related article that is also the next one is listed once", async () => {
  const told = async () =>
    (await page("/articles/pair-1")).body.match(/<a [^>]*href="[^"]*\/articles\/pair-2"/g);
  const pair = { tags: ["Pair"], section: undefined, bylines: [{ name: "Somebody" }] };
  await worker.put("pair-1", article({ ...pair, headline: "Pair 1", published: "1999-01-01T00:00:00Z" }));
  await worker.put("pair-2", article({ ...pair, headline: "Pair 2", published: "1999-01-02T00:00:00Z" }));
  expect(await told()).toHaveLength(1);
});

it("a frame has a link beside it, for readers who block frames", async () => {
  const html = "<p>https://www.youtube.com/watch?v=abcdefghijk</p>";
  await worker.put(
    "film",
    article({ headline: "Film", language: "en", published: "1999-02-01T00:00:00Z", body: { html } }),
  );
  expect((await page("/articles/film")).body).toContain(
    '<p class="wr-player"><a href="https://www.youtube.com/watch?v=abcdefghijk">Watch on YouTube</a></p>',
  );
});

describe("a sponsored article", () => {
  it("is on the front page and in its section, and leads neither; nor is it in Related, on 404 or on 410", async () => {
    const paid = { headline: "Paid for", sponsored: true, section: "world", tags: ["row"] };
    const sent = await worker.put("paid-for", article({ ...paid, published: "2026-06-01T00:00:00Z" }));
    expect(sent.status, await sent.text()).toBe(201);
    for (const path of ["/", "/sections/world"]) {
      const { body } = await page(path);
      expect(headlines(body), path).toContain("Paid for");
      expect(/class="teaser lead[^"]*".*?<h2>(?:<a[^>]*>)([^<]*)/s.exec(body)?.[1] ?? "", path).not.toBe(
        "Paid for",
      );
    }
    // The articles before and after it lead past it.
    await worker.put("before-paid", article({ headline: "Before", published: "2026-05-31T00:00:00Z" }));
    await worker.put("after-paid", article({ headline: "After", published: "2026-06-02T00:00:00Z" }));
    const around = async (slug: string) =>
      (await page(`/articles/${slug}`)).body.split('class="around"')[1] ?? "";
    expect(await around("before-paid")).toContain(">After<");
    expect(await around("after-paid")).toContain(">Before<");
    for (const slug of ["before-paid", "after-paid"])
      expect(await around(slug), slug).not.toContain("Paid for");
    for (const path of ["/articles/both", "/articles/nowhere", "/articles/gone", "/tags/nowhere"]) {
      const { body } = await page(path);
      if (path !== "/articles/both") expect(headlines(body).length, path).toBeGreaterThan(0);
      expect(headlines(body), path).not.toContain("Paid for");
    }
  });
});

it("a 404 ends as soon as this isolate publishes at that address", async () => {
  for (const path of ["/articles/soon", "/tags/soon", "/tags/soon/rss.xml"])
    for (const _ of [1, 2]) expect((await page(path)).status, path).toBe(404);
  await worker.put("soon", article({ headline: "Soon", tags: ["soon"] }));
  for (const path of ["/articles/soon", "/tags/soon", "/tags/soon/rss.xml"])
    expect((await page(path)).status, path).toBe(200);
});
