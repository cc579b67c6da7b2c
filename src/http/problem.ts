// RFC 9457 problem details, the only form of an API error.

import type { ProblemDetails } from "../lib/answer-fields.ts";
import { omitUndefined } from "../lib/omit-undefined.ts";
import type { Problem } from "../lib/problem.ts";

const TITLES = {
  400: "The request can't be read",
  401: "A valid token is needed",
  403: "This is not allowed",
  404: "Not found",
  405: "This method is not allowed here",
  409: "This conflicts with what is stored",
  412: "Another version is stored",
  413: "The body is too large",
  415: "This type of body is not accepted",
  422: "The content has problems",
  428: "The version that you changed is missing",
  503: "The service can't do this now",
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
  problemResponse(404, moved ? `This slug redirects to the article ${moved.article.slug}.` : none);
