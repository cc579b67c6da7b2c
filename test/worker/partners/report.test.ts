// Why an article is in a partner's feed or not: rule by rule for the publisher; and the partner's page, which shows no article
// that the partner may not have yet.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { addSeconds, toInstant } from "../../../src/lib/time.ts";
import type { PartnerExplanation, PartnerReport } from "../../../src/partners/answers.ts";
import { article, png } from "../articles.ts";
import { type RunningWorker, startWorker } from "../harness.ts";
import { issue, partner } from "./partners.ts";

const NOW = toInstant(new Date());
const HOUR = 3600;
const LEAD = png(1280, 720);
const WIDE = png(1400, 700);
const TALL = png(300, 720);

/** An article that MSN takes, but for `changes`. */
const about = (headline: string, changes: Readonly<Record<string, unknown>> = {}) =>
  article({
    headline: `${headline}, in a headline that is long enough`,
    published: addSeconds(NOW, -2 * HOUR),
    section: "about",
    images: [{ src: LEAD.src, alt: "" }],
    // MSN takes 450 characters and more.
    body: { html: `<p>One.</p><p>${"Two is as long as it takes. ".repeat(20)}</p>` },
    ...changes,
  });

let worker: RunningWorker;
beforeAll(async () => {
  worker = await startWorker();
  for (const { sha256, bytes } of [LEAD, WIDE, TALL]) {
    const sent = await worker.api(`/media/${sha256}`, { method: "PUT", body: new Uint8Array(bytes) });
    expect(sent.ok).toBe(true);
  }
  await partner(worker, "portal", {
    profile: "msn",
    select: { sections: ["about"], maxAge: "3d" },
    delay: "1h",
    attribution: "First in Wireroom Daily",
  });
  for (const [slug, body] of Object.entries({
    fits: about("Fits"),
    short: about("", { headline: "Short" }),
    tall: about("Tall", { images: [{ src: TALL.src, alt: "" }] }),
    elsewhere: about("Elsewhere", { section: "asia-pacific" }),
    fresh: about("Fresh", { published: addSeconds(NOW, -60) }),
    old: about("Old", { published: addSeconds(NOW, -4 * 24 * HOUR) }),
    unsyndicated: about("Unsyndicated", { syndicate: false }),
  })) {
    const sent = await worker.put(slug, body);
    expect(sent.ok, await sent.text()).toBe(true);
  }
  await worker.settled();
});
afterAll(() => worker?.close());

const read = async <T>(path: string): Promise<T> => {
  const response = await worker.api(path);
  expect(response.status, path).toBe(200);
  return response.json() as Promise<T>;
};
const explain = (slug: string) => read<PartnerExplanation>(`/partners/portal/articles/${slug}`);

describe("the publisher is told", () => {
  it("what is in, what is left out, and the one rule that keeps it out", async () => {
    const { included, leftOut } = await read<PartnerReport>("/partners/portal");
    expect(included.map(({ slug, problems }) => [slug, problems])).toEqual([["fits", []]]);
    const why = leftOut.map(({ slug, problems: [problem] }) => [slug, problem?.path, problem?.message]);
    expect(Object.fromEntries(why.map(([slug, ...rest]) => [slug, rest]))).toEqual({
      fresh: ["delay", `comes ${addSeconds(NOW, HOUR - 60)}`],
      elsewhere: ["select.sections", "is in asia-pacific; the policy selects about"],
      unsyndicated: ["syndicate", "is marked syndicate: false"],
      old: ["select.maxAge", `has been too old since ${addSeconds(NOW, -24 * HOUR)}`],
      short: ["profile", "headline has 5 characters, and MSN wants more than 20"],
      tall: ["profile", "images[0] is 0.4167 times as wide as high; it must be at least 0.5"],
    });
  });

  it("rule by rule why it gets one article, or doesn't", async () => {
    const fits = await explain("fits");
    expect(fits).toMatchObject({ slug: "fits", included: true, ledger: { current: 1 } });
    expect(fits.rules.map(({ rule, passed }) => [rule, passed])).toEqual(
      ["enabled", "syndicate", "select.sections", "delay", "select.maxAge", "profile msn", "profile"].map(
        (rule) => [rule, true],
      ),
    );
    for (const [slug, rule] of [
      ["short", "profile"],
      ["fresh", "delay"],
      ["elsewhere", "select.sections"],
    ] as const) {
      const { included, rules, ledger } = await explain(slug);
      expect([included, ledger], slug).toEqual([false, null]);
      expect(
        rules.filter(({ passed }) => !passed).map((verdict) => verdict.rule),
        slug,
      ).toEqual([rule]);
    }
  });
});

describe("the partner's page", () => {
  it("says what the feed is, by which rules, who came when, and why an article isn't in it", async () => {
    const { token } = await issue(worker, "portal");
    const headers = { Authorization: `Bearer ${token}` };
    expect((await worker.fetch("/partners/portal/rss.xml", { headers })).status).toBe(200);
    const page = await (await worker.fetch("/partners/portal/", { headers })).text();
    for (const words of [
      '<a href="rss.xml">',
      "Authorization: Bearer wr_…",
      "support.microsoft.com",
      "section about",
      "1 hour after publication",
      "First in Wireroom Daily",
      "headline has 5 characters, and MSN wants more than 20",
      "it must be at least 0.5",
      "UTC · fits<",
    ]) {
      expect(page, words).toContain(words);
    }
    expect(page, "no token").not.toContain(token);
    // Saved by curl, it has its style sheet all the same.
    expect(page).toMatch(/<base href="https:\/\/wire\.test\/partners\/portal\/"\/>.*<link rel="stylesheet"/);
    for (const slug of ["fresh", "elsewhere", "unsyndicated"]) expect(page).not.toContain(`· ${slug}<`);
  });
});

describe("a picture of a type that a partner doesn't take", () => {
  it("is made over for their feed, and stays as it was for readers", async () => {
    await partner(worker, "narrow", {
      select: { sections: ["about"] },
      images: { types: ["image/jpeg"], required: true },
    });
    const { token } = await issue(worker, "narrow");
    const sent = await worker.put("pictured", about("Pictured", { images: [{ src: WIDE.src, alt: "" }] }));
    expect(sent.status).toBe(201);
    await worker.settled();
    const headers = { Authorization: `Bearer ${token}` };
    const feed = await (await worker.fetch("/partners/narrow/rss.xml", { headers })).text();
    const item = feed.slice(
      feed.indexOf("<title>Pictured"),
      feed.indexOf("</item>", feed.indexOf("<title>Pictured")),
    );
    const [, made = ""] =
      /<media:content url="[^"]*(\/media\/[^"]+\.jpg)"[^>]* width="1400"/.exec(item) ?? [];
    expect((await worker.raw(made)).headers["content-type"]).toBe("image/jpeg");
    expect(feed).not.toContain(WIDE.sha256);
    expect(await worker.document("rss")).toContain(WIDE.sha256);
  });
});
