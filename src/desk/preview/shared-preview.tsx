// What somebody outside sees by a link: the page that a revision would have, and nothing else of the desk. Not under /desk,
// which Cloudflare Access may guard.

import type { Hono } from "hono";
import type { Env, Runtime } from "../../env.ts";
import { newRouter } from "../../http/router.ts";
import { staticFile } from "../../http/static-files.ts";
import { humanTime, toInstant } from "../../lib/time.ts";
import { interfaceDirection, interfaceLanguage, plural, t } from "../../lib/translate.ts";
import { articlePage } from "../../pages/article.tsx";
import { draftArticle } from "../stories/draft-article.ts";
import { PREVIEW_HEADERS } from "./preview-headers.ts";
import { LINK_DAYS, openPreview } from "./preview-links.ts";

/** The address is the key: it must not reach the sites that the article links to, nor whose pictures it shows. */
const HEADERS = { ...PREVIEW_HEADERS, "Referrer-Policy": "no-referrer", "X-Robots-Tag": "noindex, nofollow" };
const REFUSED = { ...HEADERS, "Content-Type": "text/plain; charset=utf-8" };
const UNKNOWN = t(
  "There is no such preview. Check that the whole link was copied, or ask the newsroom for a new one.",
);
const ENDED = plural(LINK_DAYS, {
  one: "This link has ended. A preview can be seen for {count} day, or until the newsroom ends it. Ask for a new link.",
  other:
    "This link has ended. A preview can be seen for {count} days, or until the newsroom ends it. Ask for a new link.",
});

/** The routes under /previews. */
export function sharedPreviews(runtime: Runtime): Hono<{ Bindings: Env }> {
  const pages = newRouter();
  const { site } = runtime;

  pages.get("/preview.css", async (c) =>
    c.body(await staticFile(runtime, "preview.css"), 200, {
      "Content-Type": "text/css; charset=utf-8",
      "Cache-Control": "public, max-age=300",
    }),
  );

  pages.get("/:secret", async (c) => {
    const now = toInstant(new Date());
    const opened = await openPreview(runtime, c.req.param("secret"), now);
    if (opened === undefined) return c.body(`${UNKNOWN}\n`, 404, REFUSED);
    if (opened === "ended") return c.body(`${ENDED}\n`, 410, REFUSED);
    const { article } = await draftArticle(runtime, opened.story, now);
    const notice = (
      <section class="preview" lang={interfaceLanguage} dir={interfaceDirection} aria-label={t("Preview")}>
        <p>
          <strong>{t("A preview, for you.")}</strong>{" "}
          {t(
            "The newsroom sent you this link. It shows the article as it was written so far, and ends on {time}. Please don’t pass it on.",
            { time: humanTime(opened.expires, interfaceLanguage, site.timezone) },
          )}
        </p>
      </section>
    );
    const head = <link rel="stylesheet" href="/previews/preview.css" />;
    const { content } = await articlePage(runtime, article, now, { notice, head });
    return c.body(`<!doctype html>\n${String(await content)}\n`, 200, HEADERS);
  });

  return pages;
}
