// The words of an article or a draft: nothing of its HTML is shown as HTML, but a body that was cleaned.

import { raw } from "hono/html";
import type { FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import { listed } from "../../lib/listed.ts";
import type { Html } from "../../lib/text.ts";
import { t } from "../../lib/translate.ts";
import { linesOf } from "./lines.ts";

/** An article's fields that are read, as plain text; a draft may hold any JSON. `body`: its text, cleaned. */
export const Words: FC<{ article: Readonly<Record<string, unknown>>; site: Site; body?: Html }> = ({
  article,
  site,
  body,
}) => {
  const [headline, dek, section] = [article.headline, article.dek, article.section].map(lineOf);
  const facts = [
    [t("By"), listOf(article.bylines, (key) => site.people[key]?.name ?? key)],
    [t("Section"), site.sections[section ?? ""]?.title ?? section],
    [t("Tags"), listOf(article.tags)],
  ].filter(([, value]) => value !== "");
  const lines = linesOf(article.body);
  return (
    <article class="past">
      <h1 dir="auto">{headline || <i>{t("Without a headline")}</i>}</h1>
      {dek === "" ? null : (
        <p class="dek" dir="auto">
          {dek}
        </p>
      )}
      <dl>
        {facts.map(([name, value]) => (
          <div>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {lines.length === 0 ? (
        <p class="empty">{t("It has no text.")}</p>
      ) : body ? (
        <div class="body" dir="auto">
          {raw(body)}
        </div>
      ) : (
        lines.map((line) => <p dir="auto">{line}</p>)
      )}
    </article>
  );
};

// A draft may hold any JSON: values that aren't text are shown as nothing.
const lineOf = (value: unknown): string => (typeof value === "string" ? value : "");

const listOf = (value: unknown, said = (name: string): string => name): string =>
  listed((Array.isArray(value) ? value : []).map((one) => said(nameOf(one))).filter((name) => name !== ""));

/** A tag or a person's key unchanged; the name of a person who is written out. */
function nameOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return lineOf(value);
  const { name, person } = value as { readonly name?: unknown; readonly person?: unknown };
  return lineOf(name) || lineOf(person);
}
