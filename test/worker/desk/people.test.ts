// People and their sessions: who may change what, which changes take effect at once, and what the journal records.

import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Role } from "../../../src/desk/inputs.ts";
import { type RunningWorker, startWorker, TOKEN } from "../harness.ts";
import { type Colleague, colleague, FROM_HERE, linkFor } from "./desk.ts";

interface Person {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  readonly lastSeen: string | null;
  readonly sessions: number;
  readonly linkExpires: string | null;
}
interface Session {
  readonly id: string;
  readonly browser: string;
  readonly isThis: boolean;
}

let worker: RunningWorker;
let admin: Colleague;
beforeAll(async () => {
  worker = await startWorker({ secrets: { PUBLISH_TOKEN: TOKEN } });
  admin = await colleague(worker, "Ada", "admin");
});
afterAll(() => worker?.close());

async function person(name: string): Promise<Person> {
  const { people } = (await (await admin.ask("GET", "/people")).json()) as { people: readonly Person[] };
  const found = people.find((one) => one.name === name);
  if (!found) throw new Error(`no ${name}`);
  return found;
}
const sessionsOf = async (who: Colleague, query = ""): Promise<readonly Session[]> =>
  ((await (await who.ask("GET", `/sessions${query}`)).json()) as { sessions: readonly Session[] }).sessions;

const form = (who: Colleague, path: string, fields: Readonly<Record<string, string>>) =>
  worker.fetch(path, {
    method: "POST",
    redirect: "manual",
    headers: { Cookie: who.cookie, ...FROM_HERE, "Content-Type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(fields).toString(),
  });

it("who isn't signed in reads what an editor can do; npm start is named on the reader's own computer alone", async () => {
  const page = await (await worker.fetch("/desk")).text();
  expect(page).toContain("If you have none that works, ask an admin for a new one.");
  expect(page).not.toContain("npm start");
  const local = await startWorker({ siteUrl: "http://localhost:8787" });
  try {
    expect(await (await local.fetch("/desk")).text()).toContain("<code>npm start</code>");
  } finally {
    await local.close();
  }
});

describe("each call by role and origin", () => {
  const CALLS = [
    ["GET", "/people", "admin"],
    ["POST", "/people", "admin"],
    ["PATCH", "/people/{id}", "admin"],
    ["POST", "/people/{id}/link", "admin"],
    ["DELETE", "/people/{id}", "admin"],
    ["GET", "/sessions", "reporter"],
    ["GET", "/sessions?person={id}", "admin"],
    ["DELETE", "/sessions/0000000000000000", "reporter"],
    ["DELETE", "/sessions?person={id}", "admin"],
    ["DELETE", "/sessions", "reporter"],
    ["GET", "/journal", "reporter"],
  ] as const;
  const ROLES = ["reporter", "editor", "admin"] as const;

  it.each(CALLS)("%s %s: %s", async (method, path, least) => {
    await linkFor(worker, "Object", "reporter");
    const { id } = await person("Object");
    const body = { POST: path === "/people" ? { name: "Object", role: "reporter" } : undefined, PATCH: {} };
    for (const role of ROLES) {
      const who = await colleague(worker, `A ${role}`, role);
      const at = path.replace("{id}", id);
      const send = (headers: Readonly<Record<string, string>>) =>
        who.ask(method, at, body[method as "POST"], headers);
      if (method !== "GET") {
        for (const headers of [{ "Sec-Fetch-Site": "cross-site" }, { "Sec-Fetch-Site": "same-site" }])
          expect((await send(headers)).status, `${role} from elsewhere`).toBe(403);
      }
      const { status } = await send({});
      const may = ROLES.indexOf(role) >= ROLES.indexOf(least);
      if (may) expect([200, 201, 404], role).toContain(status);
      else expect(status, role).toBe(403);
    }
    expect((await worker.fetch(`/api${path.replace("{id}", id)}`, { method })).status).toBe(401);
  });

  it.each(["/desk/people", "/desk/people/x", "/desk/people/x/remove"])("%s is for admins", async (path) => {
    const reporter = await colleague(worker, "Looks", "editor");
    expect((await form(reporter, path, { name: "X", role: "admin", act: "remove" })).status).toBe(403);
    expect((await worker.fetch(path, { headers: { Cookie: reporter.cookie } })).status).toBe(403);
    expect((await worker.fetch(path)).status).toBe(401);
  });

  it("a page asks before somebody is removed", async () => {
    await colleague(worker, "Leaving", "editor");
    const { id } = await person("Leaving");
    const look = (path: string) => worker.fetch(path, { headers: { Cookie: admin.cookie } });
    const whose = await (await look(`/desk/people/${id}`)).text();
    expect(whose).toContain(`<a href="/desk/people/${id}/remove">Remove from the desk</a>`);
    const asks = await (await look(`/desk/people/${id}/remove`)).text();
    expect(asks).toContain("This can&#39;t be undone.");
    expect(asks).toContain("Leaving</bdi> is signed out at once");
    expect(await person("Leaving")).toMatchObject({ sessions: 1 });
    expect((await form(admin, `/desk/people/${id}`, { act: "remove" })).status).toBe(303);
    expect(await person("Leaving")).toMatchObject({ sessions: 1 });
    expect((await form(admin, `/desk/people/${id}/remove`, {})).status).toBe(303);
    await expect(person("Leaving")).rejects.toThrow("no Leaving");
    expect((await look(`/desk/people/${id}/remove`)).status).toBe(404);
  });
});

describe("somebody", () => {
  it("is listed with their role, and when they were last seen", async () => {
    await linkFor(worker, "New", "reporter");
    expect(await person("New")).toMatchObject({ role: "reporter", lastSeen: null, sessions: 0 });
    expect((await person("New")).linkExpires).not.toBeNull();
    await colleague(worker, "New", "editor");
    const seen = await person("New");
    expect(seen).toMatchObject({ role: "editor", sessions: 1, linkExpires: null });
    expect(Date.parse(seen.lastSeen ?? "")).toBeGreaterThan(Date.now() - 60_000);
    expect(
      await (await worker.fetch("/desk/people", { headers: { Cookie: admin.cookie } })).text(),
    ).toContain("last seen");
  });

  it("is remembered as seen when their session is over", async () => {
    const { ask } = await colleague(worker, "Was here", "reporter");
    const { DB } = await worker.env();
    await DB.prepare("UPDATE sessions SET seen_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-2 hours')").run();
    expect((await ask("GET", "/stories")).status).toBe(200);
    expect((await ask("DELETE", `/sessions/${(await sessionsOf({ ask, cookie: "" }))[0]?.id}`)).status).toBe(
      200,
    );
    expect(await person("Was here")).toMatchObject({ sessions: 0, lastSeen: expect.any(String) });
  });

  it("loses access to every page and call at once when removed; the name stays in the journal", async () => {
    const gone = await colleague(worker, "Gone", "editor");
    const made = await gone.ask("POST", "/stories", { article: { headline: "By Gone" } });
    const { id: story } = (await made.json()) as { id: string };
    const link = await linkFor(worker, "Gone", "editor");
    const { id } = await person("Gone");
    expect((await admin.ask("DELETE", `/people/${id}`)).status).toBe(200);
    expect((await gone.ask("GET", "/stories")).status).toBe(401);
    expect((await worker.fetch("/desk", { headers: { Cookie: gone.cookie } })).status).toBe(401);
    expect((await worker.fetch(link, { method: "POST", headers: FROM_HERE })).status).toBe(410);
    expect((await admin.ask("DELETE", `/people/${id}`)).status).toBe(404);
    const journal = await (await admin.ask("GET", `/journal?story=${story}`)).json();
    expect(journal).toMatchObject({
      acts: [{ by: "Gone", act: "created", headline: "By Gone", revision: 1 }],
    });
  });

  it("may do what the new role allows at once; the old link ends with a new one", async () => {
    const raised = await colleague(worker, "Raised", "reporter");
    const { id } = await person("Raised");
    expect((await raised.ask("GET", "/people")).status).toBe(403);
    expect(
      (await form(admin, `/desk/people/${id}`, { act: "change", role: "admin", email: "" })).status,
    ).toBe(303);
    expect((await raised.ask("GET", "/people")).status).toBe(200);
    const old = await linkFor(worker, "Raised", "reporter");
    expect((await raised.ask("GET", "/people")).status).toBe(403);
    const page = await (await form(admin, `/desk/people/${id}`, { act: "link" })).text();
    const link = /value="https:\/\/wire\.test(\/desk\/sign-in\/[\w-]+)"/.exec(page)?.[1] ?? "";
    const use = async (path: string) =>
      (await worker.fetch(path, { method: "POST", headers: FROM_HERE, redirect: "manual" })).status;
    expect([await use(old), await use(link), await use(link)]).toEqual([410, 303, 410]);
  });

  it("has an e-mail address that nobody else has", async () => {
    const ask = (name: string, email: string) =>
      admin.ask("POST", "/people", { name, role: "reporter", email });
    expect((await ask("First", "One@Paper.test")).status).toBe(201);
    expect((await ask("Second", "one@paper.test")).status).toBe(409);
    expect((await ask("Second", "not an address")).status).toBe(422);
    expect((await ask("Second", "two@paper.test")).status).toBe(201);
    const { id } = await person("Second");
    expect((await admin.ask("PATCH", `/people/${id}`, { email: "one@paper.test" })).status).toBe(409);
    expect((await admin.ask("PATCH", `/people/${id}`, { email: null })).status).toBe(200);
  });

  it("is asked for once more by a form that says which field is wrong, and keeps what was typed", async () => {
    const typed = { name: "Typed once", role: "editor", email: "not an address" };
    const refused = await form(admin, "/desk/people", typed);
    const page = await refused.text();
    expect(refused.status).toBe(422);
    expect(page).toContain('<a href="#email">E-mail address</a> must be an e-mail address');
    expect(page).toMatch(/value="Typed once".*value="editor" selected.*value="not an address"/s);
    expect((await form(admin, "/desk/people", { ...typed, email: "one@paper.test" })).status).toBe(422);
    const { id } = await person("Second");
    const changed = await form(admin, `/desk/people/${id}`, {
      act: "change",
      role: "reporter",
      email: "nobody",
    });
    expect([changed.status, await changed.text()]).toEqual([422, expect.stringContaining('value="nobody"')]);
  });
});

describe("one admin remains", () => {
  it("whatever is asked, and by whom", async () => {
    const { id } = await person("Ada");
    const { people } = (await (await admin.ask("GET", "/people")).json()) as { people: readonly Person[] };
    for (const one of people.filter(({ role, name }) => role === "admin" && name !== "Ada"))
      expect((await admin.ask("PATCH", `/people/${one.id}`, { role: "editor" })).status).toBe(200);
    const attempts = [
      admin.ask("PATCH", `/people/${id}`, { role: "editor" }),
      admin.ask("DELETE", `/people/${id}`),
      admin.ask("POST", "/people", { name: "Ada", role: "reporter" }),
      worker.api(`/people/${id}`, { method: "DELETE" }),
    ];
    expect((await Promise.all(attempts)).map(({ status }) => status)).toEqual([409, 409, 409, 409]);
    expect((await form(admin, `/desk/people/${id}/remove`, {})).status).toBe(422);
    expect(await person("Ada")).toMatchObject({ role: "admin", sessions: 1 });
  });

  it("of two who remove each other at once", async () => {
    await colleague(worker, "Other", "admin");
    const [{ id: ada }, { id: other }] = await Promise.all([person("Ada"), person("Other")]);
    const statuses = (
      await Promise.all([ada, other].map((id) => worker.api(`/people/${id}`, { method: "DELETE" })))
    ).map(({ status }) => status);
    expect(statuses.toSorted()).toEqual([200, 409]);
    admin = await colleague(worker, "Ada", "admin");
  });
});

describe("sessions", () => {
  it("are listed with their browsers, ended singly or all others; never by another", async () => {
    const agent = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
    const first = await colleague(worker, "Mara", "editor");
    const path = await linkFor(worker, "Mara", "editor");
    await worker.fetch(path, {
      method: "POST",
      headers: { ...FROM_HERE, "User-Agent": agent },
      redirect: "manual",
    });
    const third = await colleague(worker, "Mara", "editor");
    const listed = await sessionsOf(first);
    expect(listed.map(({ browser }) => browser)).toContain("Firefox on Linux");
    expect(listed.filter(({ isThis }) => isThis)).toHaveLength(1);
    const firefox = listed.find(({ browser }) => browser === "Firefox on Linux")?.id ?? "";

    const tomas = await colleague(worker, "Tomas", "editor");
    expect((await tomas.ask("DELETE", `/sessions/${firefox}`)).status).toBe(404);
    expect((await form(tomas, "/desk/me", { act: "end", session: firefox })).status).toBe(303);
    expect(await sessionsOf(first)).toHaveLength(3);
    for (const id of ["", "0", "%", `${firefox}0`, firefox.slice(0, 4)])
      expect((await admin.ask("DELETE", `/sessions/${id}`, undefined)).status, id).not.toBe(500);
    expect(await sessionsOf(first)).toHaveLength(3);

    expect((await form(first, "/desk/me", { act: "end", session: firefox })).status).toBe(303);
    expect(await sessionsOf(first)).toHaveLength(2);
    expect(await (await first.ask("DELETE", "/sessions")).json()).toEqual({ ended: 1 });
    expect((await third.ask("GET", "/stories")).status).toBe(401);
    expect((await first.ask("GET", "/stories")).status).toBe(200);
  });

  it("of somebody end by an admin, with a link that isn't used yet", async () => {
    const lost = await colleague(worker, "Lost", "editor");
    const link = await linkFor(worker, "Lost", "editor");
    const { id } = await person("Lost");
    expect(await sessionsOf(admin, `?person=${id}`)).toHaveLength(1);
    expect((await form(admin, `/desk/people/${id}`, { act: "end-all" })).status).toBe(303);
    expect((await lost.ask("GET", "/stories")).status).toBe(401);
    expect((await worker.fetch(link, { method: "POST", headers: FROM_HERE })).status).toBe(410);
  });
});

describe("the journal", () => {
  interface Acts {
    readonly acts: readonly { readonly id: number; readonly by: string; readonly words: string }[];
    readonly next?: string;
  }
  const read = async (query: string) => (await (await admin.ask("GET", `/journal${query}`)).json()) as Acts;

  it("says who did what to whom, and is filtered by person and act", async () => {
    await linkFor(worker, "Written about", "reporter");
    const { id } = await person("Written about");
    await admin.ask("PATCH", `/people/${id}`, { role: "editor" });
    await admin.ask("DELETE", `/people/${id}`);
    const { acts } = await read("?by=Ada");
    expect(acts.slice(0, 2).map(({ words }) => words)).toEqual([
      "removed Written about from the desk",
      "changed what Written about may do",
    ]);
    expect(new Set((await read("?act=signed-in")).acts.map(({ words }) => words))).toEqual(
      new Set(["signed in"]),
    );
    expect((await read("?by=Nobody")).acts).toEqual([]);
    const page = await worker.fetch("/desk/journal?by=Ada&act=person-removed", {
      headers: { Cookie: admin.cookie },
    });
    expect(await page.text()).toMatch(/Ada<\/bdi> removed <bdi>Written about<\/bdi> from the desk/);
  });

  it("goes on page by page, each act once", async () => {
    const { DB } = await worker.env();
    const rows = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150)";
    await DB.prepare(
      `INSERT INTO journal (at, by, act) ${rows} SELECT '2024-01-01T00:00:00Z', 'Busy', 'created' FROM n`,
    ).run();
    const first = await read("?by=Busy");
    const second = await read(`?by=Busy&cursor=${first.next}`);
    const ids = [...first.acts, ...second.acts].map(({ id }) => id);
    expect([ids.length, new Set(ids).size, second.next]).toEqual([150, 150, undefined]);
    expect((await admin.ask("GET", "/journal?cursor=x")).status).toBe(400);
    const page = await worker.fetch("/desk/journal?by=Busy", { headers: { Cookie: admin.cookie } });
    const older = /href="(\/desk\/journal\?[^"]*before[^"]*)"/.exec(await page.text())?.[1] ?? "";
    const last = await worker.fetch(older.replaceAll("&amp;", "&"), { headers: { Cookie: admin.cookie } });
    expect((await last.text()).match(/Busy<\/bdi>/g)).toHaveLength(50);
  });
});
