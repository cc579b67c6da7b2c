// The text of a revision as it would be published.

import { resolveKnown } from "../../article/resolve.ts";
import type { Runtime } from "../../env.ts";
import { storyHtml, withPlayerLinks } from "../../formats/body.ts";
import type { Html } from "../../lib/text.ts";
import type { Instant } from "../../lib/time.ts";
import { draftArticle } from "./draft-article.ts";
import type { Story } from "./sql.ts";

/** The cleaned text with its pictures. Text that can't be read as HTML is shown as it is typed. @throws Error, when D1 fails. */
export async function formattedBody(runtime: Runtime, story: Story, now: Instant): Promise<Html> {
  const { article } = resolveKnown((await draftArticle(runtime, story, now)).article, runtime.site);
  return storyHtml({ ...article, body: withPlayerLinks(article.body, article) });
}
