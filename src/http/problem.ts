// RFC 9457 problem details, the only form of an API error.

import type { ProblemDetails } from "../lib/answer-fields.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import type { Problem } from "../lib/problem.ts";
import { interfaceLanguage, t } from "../lib/translate.ts";

const TITLES = {
  400: t("The request can't be read"),
  401: t("A valid token is needed"),
  403: t("This is not allowed"),
  404: t("Not found"),
  405: t("This method is not allowed here"),
  409: t("This conflicts with what is stored"),
  412: t("Another version is stored"),
  413: t("The body is too large"),
  415: t("This type of body is not accepted"),
  422: t("The content has problems"),
  428: t("The version that you changed is missing"),
  503: t("The service can't do this now"),
} as const;

/** An HTTP status that the API answers errors with. */
export type ProblemStatus = keyof typeof TITLES;

/** A problem response; `errors` holds everything that is wrong with the input. */
export function problemResponse(
  status: ProblemStatus,
  detail?: string,
  {
    errors,
    headers,
  }: { readonly errors?: readonly Problem[]; readonly headers?: Readonly<Record<string, string>> } = {},
): Response {
  const body: ProblemDetails = {
    type: "about:blank",
    title: TITLES[status],
    status,
    ...omitUndefined({ detail, errors }),
  };
  return new Response(`${JSON.stringify(body, null, 2)}\n`, {
    status,
    headers: {
      "Content-Type": "application/problem+json; charset=utf-8",
      "Content-Language": interfaceLanguage,
      "Cache-Control": "no-store",
      ...headers,
    },
  });
}

/**
 * 404 for an article. The detail names the article that its slug redirects to (`moved`); without one it is
 * `none`.
 */
export const noArticle = (
  moved: { readonly article: { readonly slug: string } } | undefined,
  none?: string,
): Response =>
  problemResponse(
    404,
    moved ? t("This slug redirects to the article {slug}.", { slug: moved.article.slug }) : none,
  );
