// Windows of a browser onto a site whose public address is a Worker here, and what is measured in them.

import axe, { type AxeResults } from "axe-core";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { expect, onTestFinished } from "vitest";
import { type RunningWorker, SITE_URL } from "../worker/harness.ts";

export const DESKTOP = { width: 1440, height: 900 };
export const PHONE = { width: 390, height: 844 };
export const NARROW = { width: 320, height: 640 };

/** Some of the rules that every page gives axe-core a reason to try. */
const AXE_RULES = [
  "color-contrast",
  "document-title",
  "heading-order",
  "html-lang-valid",
  "link-name",
  "target-size",
];

/** Opens windows in which the site's public address is the Worker. Anything else that a page asks for fails. */
export function windowsOn(given: () => { readonly browser: Browser; readonly worker: RunningWorker }) {
  async function open(options: BrowserContextOptions): Promise<Page> {
    const { browser, worker } = given();
    const context = await browser.newContext({ viewport: DESKTOP, ...options });
    await context.route("**/*", (route) => route.abort());
    await context.route(`${SITE_URL}/**`, async (route) => {
      const { pathname, search } = new URL(route.request().url());
      await route.fulfill({ response: await route.fetch({ url: worker.url + pathname + search }) });
    });
    return context.newPage();
  }

  /** A page that is closed when the test ends. */
  async function visit(path: string, options: BrowserContextOptions = {}): Promise<Page> {
    const page = await open(options);
    onTestFinished(() => close(page));
    await page.goto(SITE_URL + path);
    return page;
  }

  return { open, visit };
}

/** Runs code in a page, from outside of the page's own policy. It is text: the tests' types know no DOM. */
export const inPage = <T>(page: Page, code: string): Promise<T> => page.evaluate(code) as Promise<T>;

/** Closes a page's window, with whatever it is still loading. */
export async function close(page: Page | undefined): Promise<void> {
  await page?.context().unrouteAll({ behavior: "ignoreErrors" });
  await page?.context().close();
}

/** What axe-core finds wrong, a line each. `rules` are some that the page must give a reason to try. */
export async function violations(
  page: Page,
  rules: readonly string[] = AXE_RULES,
): Promise<readonly string[]> {
  await inPage(page, axe.source);
  // Of what passed, the rules are enough.
  const options = "{ resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }";
  const found = await inPage<AxeResults>(page, `axe.run(${options})`);
  expect(found.passes.map(({ id }) => id)).toEqual(expect.arrayContaining([...rules]));
  return found.violations.flatMap(({ id, nodes }) =>
    nodes.map((node) => `${id}: ${node.html} ${node.failureSummary}`),
  );
}

/** By how many pixels a page is wider than its window. */
export const overflow = (page: Page): Promise<number> =>
  inPage(page, "document.documentElement.scrollWidth - document.documentElement.clientWidth");

/** Cumulative layout shift up to now. */
export const layoutShift = (page: Page): Promise<number> =>
  inPage(
    page,
    `new Promise((resolve) => {
      let sum = 0;
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) sum += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
      requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)));
    })`,
  );
