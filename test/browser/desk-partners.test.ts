// Partners at the desk in a real browser: a policy is written, tried and saved by the keyboard alone and without script, and
// each page is fit for a phone, the dark and a screen reader.

import type { Page } from "playwright-core";
import { beforeAll, expect, it } from "vitest";
import { addSeconds, toInstant } from "../../src/lib/time.ts";
import { describeWith, TOOLS } from "../tools.ts";
import { article } from "../worker/articles.ts";
import { SITE_URL, until } from "../worker/harness.ts";
import { issue, partner } from "../worker/partners/partners.ts";
import { takePicture } from "./chromium.ts";
import { type Desk, signIn, useDesk } from "./desk.ts";
import { NARROW, overflow, violations } from "./windows.ts";

const HOUR = 3600;

describeWith(TOOLS.chromium, "partners at the desk", () => {
  const started = useDesk({ WEBHOOK_SECRET: "w".repeat(40) });
  beforeAll(async () => {
    const now = toInstant(new Date());
    const headlines = ["A tide gauge that nobody reads", "The night ferry is full", "Old film, new light"];
    for (const [index, headline] of headlines.entries())
      for (const section of ["science", "culture"])
        await started.worker.put(
          `${section}-${index}`,
          article({
            headline: `${headline}: ${section}`,
            section,
            published: addSeconds(now, -HOUR * (index + 2)),
          }),
        );
    await partner(started.worker, "portal", {
      name: "Portal of the Strait",
      select: { sections: ["science"] },
      push: { url: "https://partner.example/hook" },
    });
    await partner(started.worker, "msn", { name: "MSN", profile: "msn" });
    await partner(started.worker, "gits", { name: "Agency in git" });
    const { DB } = await started.worker.env();
    await DB.prepare("UPDATE partners SET home = 'git' WHERE id = 'gits'").run();
    await DB.prepare("UPDATE partners SET push_off = '410 Gone on 30 November' WHERE id = 'portal'").run();
    const { token } = await issue(started.worker, "portal");
    const headers = { Authorization: `Bearer ${token}` };
    await until("the portal has fetched", async () =>
      (await (await started.worker.fetch("/partners/portal/rss.xml", { headers })).text()).includes(
        "tide gauge",
      ),
    );
    await DB.prepare(
      `INSERT INTO webhooks (partner, article_id, version, event, url, at, since, attempts, answer) VALUES
       ('portal', 'science-0', 9, 'article.corrected', 'https://x.test/', '2024-10-24T09:00:00Z', '2024-10-24T09:00:00Z', 9, '500 Internal Server Error')`,
    ).run();
    await until("there are gaps", async () => {
      const sql = "UPDATE partner_versions SET at = '2024-10-24T09:00:00Z' WHERE partner = 'gits'";
      return (await DB.prepare(sql).run()).meta.changes > 0;
    });
  });

  const open = async ({ context }: Desk, path: string): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(`${SITE_URL}/desk${path}`);
    return page;
  };

  /** Presses Tab until an element has the focus; fails after `limit` times. */
  async function tabTo(page: Page, selector: string, limit = 120): Promise<void> {
    for (let count = 0; count < limit; count++) {
      if ((await page.locator(`${selector}:focus`).count()) > 0) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`Tab never reached ${selector}`);
  }

  it("a policy is written, tried, changed and saved by the keyboard alone, without script", async () => {
    const desk = await signIn(started, {
      name: "Keys",
      role: "editor",
      javaScriptEnabled: false,
    });
    const page = await open(desk, "/partners");
    await tabTo(page, 'a[href="/desk/new-partner"]');
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "New partner" }).waitFor();
    await tabTo(page, "#f-id");
    await page.keyboard.type("harbour");
    await tabTo(page, "#f-name");
    await page.keyboard.type("Harbour Radio");
    await tabTo(page, 'input[name="select.sections"][value="science"]');
    await page.keyboard.press("Space");
    await tabTo(page, "#f-delay");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("soon");
    await page.keyboard.press("Enter");
    // The mistake is named at the top, with a link to its field.
    await tabTo(page, '.problems a[href="#f-delay"]');
    expect(await page.locator("#f-delay").getAttribute("aria-invalid")).toBe("true");
    await page.keyboard.press("Enter");
    await tabTo(page, "#f-delay", 3);
    await page.keyboard.press("Control+A");
    await page.keyboard.type("15m");
    await page.keyboard.press("Enter");
    await page.getByText("3 articles would come into the feed.").waitFor();
    expect((await started.worker.api("/partners/harbour")).status).toBe(404);
    await tabTo(page, 'button[value="save"]');
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { name: "Harbour Radio" }).waitFor();
    const stored = (await (await started.worker.api("/partners/harbour")).json()) as {
      readonly policy: object;
    };
    expect(stored.policy).toMatchObject({ delay: "15m", select: { sections: ["science"] } });
  });

  it("a token is made, seen once, and revoked after a question", async () => {
    const desk = await signIn(started, {
      name: "Ada",
      role: "admin",
      javaScriptEnabled: false,
    });
    const page = await open(desk, "/partners/msn");
    await page.getByRole("button", { name: "Make a token" }).click();
    expect(await page.locator("#token").inputValue()).toMatch(/^wr_/);
    await page.getByRole("link", { name: "Back to the partner" }).click();
    await page.getByRole("link", { name: /^Revoke/ }).click();
    await page.getByRole("button", { name: "Revoke it" }).click();
    await page.getByText("no token").waitFor();
  });

  it("says of a trial loudly what leaves the feed", async () => {
    const desk = await signIn(started, { name: "Mara", role: "editor" });
    const page = await open(desk, "/partners/portal/policy");
    await page.getByLabel("Science").uncheck();
    await page.getByLabel("Culture").check();
    await page.getByLabel("How much of each").selectOption("excerpt");
    await page.getByRole("button", { name: "Try it" }).click();
    await page.getByText("The partner has fetched 3 of those that leave, and keeps them").waitFor();
    await page
      .getByLabel("Try it with one story")
      .selectOption({ label: "The night ferry is full: science" });
    await page.getByRole("button", { name: "Try", exact: true }).click();
    await page.getByText("the partner doesn’t get it").waitFor();
    expect(await violations(page)).toEqual([]);
    await takePicture(page, "desk-partner-trial");
    await page.setViewportSize(NARROW);
    expect(await overflow(page)).toBe(0);
    await takePicture(page, "desk-partner-trial-narrow");
  });

  it.each(["light", "dark"] as const)(
    "every page is fit for a phone and a screen reader: %s",
    async (colorScheme) => {
      const desk = await signIn(started, {
        name: `Seen ${colorScheme}`,
        role: "admin",
        colorScheme,
      });
      for (const [name, path] of [
        ["list", "/partners"],
        ["gaps", "/gaps"],
        ["new", "/new-partner"],
        ["page", "/partners/portal"],
        ["linted", "/partners/msn"],
        ["policy", "/partners/portal/policy"],
        ["git", "/partners/gits/policy"],
        ["secret", "/partners/portal/webhook"],
        ["remove", "/partners/portal/remove"],
      ]) {
        const page = await open(desk, path ?? "");
        expect(await violations(page), path).toEqual([]);
        expect(await overflow(page), path).toBe(0);
        await takePicture(page, `desk-partners-${name}-${colorScheme}`);
        await page.setViewportSize(NARROW);
        expect(await overflow(page), `${path}, narrow`).toBe(0);
        await takePicture(page, `desk-partners-${name}-${colorScheme}-narrow`);
        await page.close();
      }
    },
  );
});
