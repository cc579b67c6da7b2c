// The desk's pages about partners: who sees which, a policy that is tried before it is saved, tokens that are seen once, and
// what each partner has. Plain forms: what a browser without script sends.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PartnerReport } from "../../../src/partners/answers.ts";
import { article } from "../articles.ts";
import { type RunningWorker, startWorker, TOKEN, until } from "../harness.ts";
import { issue, partner, policy, putPartner } from "../partners/partners.ts";
import { type Colleague, colleague, FROM_HERE } from "./desk.ts";

const ROLES = ["reporter", "editor", "admin"] as const;

let worker: RunningWorker;
let people: Readonly<Record<(typeof ROLES)[number], Colleague>>;
beforeAll(async () => {
  worker = await startWorker({ secrets: { PUBLISH_TOKEN: TOKEN, WEBHOOK_SECRET: "w".repeat(40) } });
  const [reporter, editor, admin] = await Promise.all(ROLES.map((role) => colleague(worker, role, role)));
  if (!reporter || !editor || !admin) throw new Error("nobody is there");
  people = { reporter, editor, admin };
  for (const section of ["science", "culture"])
    await worker.put(
      section,
      article({ headline: `About ${section}`, section, published: "2024-10-24T09:00:00Z" }),
    );
});
afterAll(() => worker?.close());

type Form = Readonly<Record<string, string | readonly string[]>>;

const page = (path: string, who: Colleague = people.editor, form?: Form, headers: object = FROM_HERE) =>
  worker.fetch(`/desk${path}`, {
    method: form ? "POST" : "GET",
    headers: { Cookie: who.cookie, ...headers },
    redirect: "manual",
    ...(form
      ? {
          body: new URLSearchParams(
            Object.entries(form).flatMap(([name, value]) => [value].flat().map((one) => [name, one])),
          ),
        }
      : {}),
  });
const html = async (path: string, who?: Colleague, form?: Form) => (await page(path, who, form)).text();

/** The fields of a page's form as a browser would send them, with what the pressed button says. */
function formIn(text: string, act?: string): Record<string, string | string[]> {
  const form: Record<string, string[]> = {};
  const add = (name: string, value: string) => {
    form[name] = [...(form[name] ?? []), plain(value)];
  };
  for (const [, attributes = ""] of text.matchAll(/<input ([^>]*?)\/?>/g)) {
    const of = (name: string) => new RegExp(`(?:^| )${name}="([^"]*)"`).exec(attributes)?.[1];
    if (of("type") === "checkbox" && !/ checked/.test(attributes)) continue;
    const name = of("name");
    if (name !== undefined) add(name, of("value") ?? "");
  }
  for (const [, name = "", options = ""] of text.matchAll(
    /<select [^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gs,
  )) {
    const chosen =
      /<option value="([^"]*)" selected/.exec(options) ?? /<option value="([^"]*)"/.exec(options);
    add(name, chosen?.[1] ?? "");
  }
  for (const [, name = "", value = ""] of text.matchAll(
    /<textarea [^>]*name="([^"]*)"[^>]*>(.*?)<\/textarea>/gs,
  ))
    add(name, value);
  return { ...form, ...(act === undefined ? {} : { act }) };
}
const plain = (text: string): string =>
  text
    .replaceAll("&quot;", '"')
    .replaceAll("&#39;", "'")
    .replaceAll("&lt;", "<")
    .replaceAll("&gt;", ">")
    .replaceAll("&amp;", "&");

const read = async (id: string): Promise<PartnerReport> =>
  (await people.editor.ask("GET", `/partners/${id}`)).json();
const said = (text: string): string => plain(text.replace(/<[^>]*>/g, " ")).replace(/\s+/g, " ");

describe("who sees what", () => {
  beforeAll(() => partner(worker, "seen", { push: { url: "https://partner.example/hook" } }));

  it.each([
    ["/partners", "reporter"],
    ["/gaps", "reporter"],
    ["/new-partner", "editor"],
    ["/partners/seen", "editor"],
    ["/partners/seen/policy", "editor"],
    ["/partners/seen/webhook", "admin"],
    ["/partners/seen/remove", "admin"],
  ] as const)("%s: %s and above", async (path, least) => {
    for (const role of ROLES) {
      const status = ROLES.indexOf(role) >= ROLES.indexOf(least) ? 200 : 403;
      expect((await page(path, people[role])).status, role).toBe(status);
    }
    const stranger = await worker.fetch(`/desk${path}`);
    expect([stranger.status, (await stranger.text()).includes("seen")]).toEqual([401, false]);
  });

  it.each([
    ["/new-partner", "editor", 422],
    ["/partners/seen/policy", "editor", 422],
    ["/partners/seen/deliveries/1", "editor", 404],
    ["/partners/seen/tokens/00000000", "admin", 404],
    ["/partners/seen/webhook", "admin", 200],
    ["/partners/seen/webhook/on", "admin", 303],
  ] as const)("a form to %s is for %s and above, and from our own page", async (path, least, done) => {
    for (const role of ROLES) {
      const status = ROLES.indexOf(role) >= ROLES.indexOf(least) ? done : 403;
      expect((await page(path, people[role], { x: "" })).status, role).toBe(status);
      for (const headers of [{}, { "Sec-Fetch-Site": "cross-site" }, { Origin: "https://evil.example" }])
        expect((await page(path, people[role], { x: "" }, headers)).status).toBe(403);
    }
  });

  it("reporters see the list without links; tokens and the webhook's secret are an admin's", async () => {
    const list = await html("/partners", people.reporter);
    expect(said(list)).toContain("The seen enabled rss");
    expect(list).not.toContain("/desk/partners/seen");
    const own = await html("/partners/seen", people.editor);
    expect(said(own)).not.toMatch(/Make a token|The secret|Remove this partner/);
    expect(said(await html("/partners/seen", people.admin))).toMatch(/Make a token.*The secret.*Remove this/);
  });

  it("says of a partner that isn't there that it isn't", async () => {
    for (const path of ["/partners/none", "/partners/none/policy", "/partners/none/remove"])
      expect((await page(path, people.admin)).status).toBe(404);
  });
});

describe("a new partner", () => {
  it("is written, tried, changed, tried again and saved, by forms alone", async () => {
    const blank = formIn(await html("/new-partner"));
    const first = {
      ...blank,
      id: "portal",
      name: 'The "Portal" & <b>',
      "select.sections": "science",
      act: "trial",
    };
    const trial = await html("/new-partner", people.editor, first);
    expect(said(trial)).toContain("Nothing is saved yet. 1 article would come into the feed.");
    expect(said(trial)).toMatch(/About culture doesn’t get it select\.sections is in culture/);
    expect(said(trial)).toMatch(/About science gets it/);
    expect(trial).not.toContain("<b>");
    expect((await people.editor.ask("GET", "/partners/portal")).status).toBe(404);

    const back = formIn(await html("/new-partner", people.editor, formIn(trial, "edit")));
    expect(back).toMatchObject({
      id: ["portal"],
      name: ['The "Portal" & <b>'],
      "select.sections": ["science"],
    });
    const again = await html("/new-partner", people.editor, {
      ...back,
      "select.sections": [],
      "link.parameters": "utm_source=portal",
      act: "trial",
    });
    expect(said(again)).toContain("2 articles would come into the feed");
    const saved = await page("/new-partner", people.editor, formIn(again, "save"));
    expect([saved.status, saved.headers.get("Location")]).toEqual([303, "/desk/partners/portal"]);
    expect(await read("portal")).toMatchObject({
      home: "desk",
      policy: {
        name: 'The "Portal" & <b>',
        select: { sponsored: false },
        link: { parameters: { utm_source: "portal" } },
      },
    });
  });

  it("with an id that is taken, or without a name, is told so at the field", async () => {
    await partner(worker, "taken");
    const blank = formIn(await html("/new-partner"));
    const taken = await html("/new-partner", people.editor, {
      ...blank,
      id: "taken",
      name: "T",
      act: "trial",
    });
    expect(taken).toMatch(/id="f-id"[^>]*aria-describedby="f-id-hint f-id-problem" aria-invalid="true"/);
    expect(said(taken)).toContain("is another partner’s");
    const late = await page("/new-partner", people.editor, { ...blank, id: "taken", name: "T", act: "save" });
    expect(late.status).toBe(409);
    const nameless = await page("/new-partner", people.editor, { ...blank, id: "x", act: "trial" });
    expect([nameless.status, await nameless.text()]).toEqual([
      422,
      expect.stringContaining('id="f-name-problem"'),
    ]);
    expect(await read("taken")).toMatchObject({ home: "api" });
  });
});

describe("a policy that is there", () => {
  it("says loudly what would leave, and that the partner keeps it; the form goes on with what was typed", async () => {
    await partner(worker, "kept", { select: { sections: ["science"] } });
    const { token } = await issue(worker, "kept");
    const headers = { Authorization: `Bearer ${token}` };
    await until("it is fetched", async () =>
      (await (await worker.fetch("/partners/kept/rss.xml", { headers })).text()).includes("About science"),
    );
    await until("that is noted", async () => (await read("kept")).included[0]?.held);
    const form = formIn(await html("/partners/kept/policy"));
    expect(form["select.sections"]).toEqual(["science"]);
    const trial = await html("/partners/kept/policy", people.editor, {
      ...form,
      "select.sections": "culture",
      access: "public",
      act: "trial",
    });
    expect(said(trial)).toContain(
      "1 article would leave the feed. The partner has fetched 1 of those that leave, and keeps it: leaving a feed is no withdrawal.",
    );
    expect(said(trial)).toMatch(/Anybody could fetch the feed, without a token\./);
    expect(said(trial)).toContain(
      "select section science; nothing sponsored section culture; nothing sponsored",
    );
    expect(said(trial)).toContain("About science the partner keeps version 1");
    expect((await page("/partners/kept/policy", people.editor, formIn(trial, "save"))).status).toBe(303);
    expect((await read("kept")).policy).toMatchObject({
      select: { sections: ["culture"] },
      access: "public",
    });
  });

  it("is tried with one story or article, rule by rule", async () => {
    await partner(worker, "ruled", { select: { sections: ["science"] } });
    const form = formIn(await html("/partners/ruled/policy"), "trial");
    const trial = await html("/partners/ruled/policy", people.editor, { ...form, with: "article:culture" });
    expect(said(trial)).toMatch(/About culture : the partner doesn’t get it ✓ passes: enabled/);
    expect(said(trial)).toContain("✗ fails: select.sections is in culture; the policy selects science");
    const made = await people.reporter.ask("POST", "/stories", {
      article: { headline: "Not out yet", section: "science", body: { html: "<p>x</p>" } },
    });
    const { id } = (await made.json()) as { readonly id: string };
    const ofStory = await html("/partners/ruled/policy", people.editor, { ...form, with: `story:${id}` });
    expect(said(ofStory)).toContain("Not out yet : the partner gets it");
    expect(
      (await page("/partners/ruled/policy", people.editor, { ...form, with: "story:none" })).status,
    ).toBe(200);
  });

  it("that two people change is saved once; the second sees what is stored, and loses nothing", async () => {
    await partner(worker, "raced");
    const form = formIn(await html("/partners/raced/policy"), "save");
    expect((await page("/partners/raced/policy", people.editor, { ...form, delay: "1h" })).status).toBe(303);
    const late = await page("/partners/raced/policy", people.admin, { ...form, delay: "2h" });
    const text = await late.text();
    expect(late.status).toBe(409);
    expect(said(text)).toContain("Somebody has changed this policy meanwhile");
    expect(formIn(text).delay).toEqual(["2h"]);
    expect(said(text)).toContain("delay: 1h");
    expect((await page("/partners/raced/policy", people.admin, formIn(text, "save"))).status).toBe(303);
    expect((await read("raced")).policy.delay).toBe("2h");
  });

  it("with mistakes keeps what was typed, with each mistake at its field", async () => {
    await partner(worker, "mended");
    const form = formIn(await html("/partners/mended/policy"), "trial");
    const typed = {
      delay: "soon",
      "limits.items": "many",
      "push.url": "http://localhost/",
      "html.embeds": "a b",
    };
    const answer = await page("/partners/mended/policy", people.editor, { ...form, ...typed });
    const text = await answer.text();
    expect(answer.status).toBe(422);
    expect(formIn(text)).toMatchObject({ delay: ["soon"], "limits.items": ["many"], "html.embeds": ["a b"] });
    for (const id of ["f-delay", "f-limits-items", "f-html-embeds"]) {
      expect(text, id).toContain(`<a href="#${id}">`);
      expect(text, id).toContain(`id="${id}-problem"`);
    }
    expect((await read("mended")).policy.delay).toBe("0");
  });

  it("whose home is git is read, says where its file is, and can't be changed by a form", async () => {
    await putPartner(worker, policy("gits"), "gits?home=git");
    const shown = await html("/partners/gits/policy");
    expect(said(shown)).toContain("content/partners/gits.yaml");
    expect(shown).not.toContain('name="delay"');
    const sent = { id: "gits", name: "Taken", profile: "rss", act: "save" };
    expect((await page("/partners/gits/policy", people.editor, sent)).status).toBe(409);
    expect((await read("gits")).policy.name).toBe("The gits");
  });

  it("keeps a section that the site no longer has in sight", async () => {
    await partner(worker, "moon");
    const { DB } = await worker.env();
    await DB.prepare(
      `UPDATE partners SET policy = json_set(policy, '$.select.sections', json('["moon"]')) WHERE id = 'moon'`,
    ).run();
    const form = formIn(await html("/partners/moon/policy"), "trial");
    expect(form["select.sections"]).toEqual(["moon"]);
    const answer = await page("/partners/moon/policy", people.editor, form);
    expect([answer.status, await answer.text()]).toEqual([422, expect.stringContaining("is not a section")]);
  });
});

describe("tokens", () => {
  it("are shown once, listed by name with their last use, and revoked after a question", async () => {
    await partner(worker, "tokened");
    const made = await html("/partners/tokened/tokens", people.admin, {});
    const token = /value="(wr_[\w-]{43})"/.exec(made)?.[1] ?? "";
    expect(said(made)).toContain("it is shown only this once");
    const own = await html("/partners/tokened", people.admin);
    expect(own).not.toContain(token);
    const name = /<code>([0-9a-f]{8})<\/code>/.exec(own)?.[1] ?? "";
    expect(said(own)).toContain("not used yet");
    const fetches = () =>
      worker.fetch("/partners/tokened/rss.xml", { headers: { Authorization: `Bearer ${token}` } });
    expect((await fetches()).status).toBe(200);
    await until("its use is noted", async () =>
      said(await html("/partners/tokened", people.admin)).includes("last used: Today"),
    );
    const question = await html(`/partners/tokened/tokens/${name}`, people.admin);
    expect(said(question)).toContain("The partner has no other token.");
    expect((await fetches()).status).toBe(200);
    expect((await page(`/partners/tokened/tokens/${name}`, people.admin, {})).status).toBe(303);
    expect((await fetches()).status).toBe(401);
    expect((await page(`/partners/tokened/tokens/${name}`, people.admin)).status).toBe(404);
  });

  it("are two at most", async () => {
    await partner(worker, "full");
    for (const status of [201, 201, 409])
      expect((await page("/partners/full/tokens", people.admin, {})).status).toBe(status);
  });
});

describe("the webhook", () => {
  beforeAll(() => partner(worker, "hooked", { push: { url: "https://partner.example/hook" } }));

  it("shows its secret to an admin, and makes a new one beside which the old one is seen", async () => {
    const secretIn = (text: string) => /value="(whsec_[^"]+)"/.exec(text)?.[1];
    const before = secretIn(await html("/partners/hooked/webhook", people.admin));
    const after = await html("/partners/hooked/webhook", people.admin, {});
    expect(secretIn(after)).not.toBe(before);
    expect(plain(after)).toContain(before);
    await partner(worker, "deaf");
    expect((await page("/partners/deaf/webhook", people.admin)).status).toBe(409);
  });

  it("lists deliveries, sends a dead one again, and is enabled again", async () => {
    const { DB } = await worker.env();
    await DB.batch([
      DB.prepare(
        `INSERT INTO webhooks (id, partner, article_id, version, event, url, at, since, attempts, answer) VALUES
         (700, 'hooked', 'urn:dead', 1, 'article.corrected', 'https://x.test/', '2024-10-24T09:00:00Z', '2024-10-24T09:00:00Z', 9, '500')`,
      ),
      DB.prepare("UPDATE partners SET push_off = '410 Gone' WHERE id = 'hooked'"),
    ]);
    const own = said(await html("/partners/hooked", people.admin));
    expect(own).toContain("It is disabled: 410 Gone");
    expect(own).toMatch(
      /urn:dead failed version 1, corrected: .* · tried 9 times · last answer: 500 Send again/,
    );
    expect((await page("/partners/hooked/deliveries/700", people.editor, {})).status).toBe(303);
    expect(said(await html("/partners/hooked", people.admin))).toContain("urn:dead waits");
    expect((await page("/partners/hooked/webhook/on", people.admin, {})).status).toBe(303);
    expect(said(await html("/partners/hooked", people.admin))).toContain("It is enabled:");
  });
});

it("the page of gaps names them over all partners, and a partner's page its own", async () => {
  await partner(worker, "behind", { select: { sections: ["culture"] } });
  const { DB } = await worker.env();
  await until("the ledger has it", async () => {
    const sql = "UPDATE partner_versions SET at = '2024-10-24T09:00:00Z' WHERE partner = 'behind'";
    return (await DB.prepare(sql).run()).meta.changes > 0;
  });
  expect(said(await html("/gaps", people.reporter))).toMatch(
    /About culture never fetched The behind : version 1/,
  );
  const own = said(await html("/partners/behind"));
  expect(own).toMatch(/Gaps: 1 About culture never fetched version 1/);
  expect(own).toMatch(/In the feed: 1 About culture not fetched/);
  expect(said(await html("/partners"))).toMatch(/The behind enabled rss · 1 article · never fetched · 1 gap/);
});

it("a partner is removed after a question, and is gone", async () => {
  await partner(worker, "ended");
  expect(said(await html("/partners/ended/remove", people.admin))).toContain("for good");
  expect((await page("/partners/ended/remove", people.admin, {})).status).toBe(303);
  expect((await people.admin.ask("GET", "/partners/ended")).status).toBe(404);
});

it("what a partner is called, and what is written in a policy, runs no script", async () => {
  const evil = `</pre></textarea><img src=x onerror=alert(1)>"'>`;
  await partner(worker, "evil", { name: evil, attribution: evil, select: { tags: [evil] } });
  await worker.put("evil", article({ headline: evil, tags: [evil] }));
  const form = formIn(await html("/partners/evil/policy"), "trial");
  const pages = ["/partners", "/gaps", "/partners/evil", "/partners/evil/policy", "/partners/evil/remove"];
  const texts = [
    ...(await Promise.all(pages.map((path) => html(path, people.admin)))),
    await html("/partners/evil/policy", people.editor, { ...form, with: "article:evil" }),
  ];
  for (const text of texts) expect(text).not.toMatch(/<img|<svg/);
  expect(texts.filter((text) => text.includes("&lt;img src=x")).length).toBeGreaterThan(3);
});
