// An article as the newsroom of a history sends it.

import type { Step } from "./history.ts";
import type { Revision, Sent, Witness } from "./witness.ts";
import { clock } from "./world.ts";

export const MINUTE = 60_000;

/** The body of the request for a step, and the revision that the witness records. */
export function articleOf(
  witness: Witness,
  step: Step & { readonly do: "put" },
): { readonly sent: Sent; readonly body: unknown } {
  const { slug, section, tags = [], by, from = -86_400, until } = step;
  const second = Math.floor(clock.now / 1000) * 1000;
  // The date of a published article can't be changed.
  const before = witness.sent.find(
    (one) =>
      one.slug === slug &&
      one.outcome !== "refused" &&
      (one.revision?.published ?? Number.POSITIVE_INFINITY) <= clock.now,
  );
  const published = before?.revision?.published ?? second + from * 1000;
  const expires = until === undefined ? undefined : Math.max(second + until * 1000, published + MINUTE);
  const revision: Revision = { published, expires, section, tags, by };
  const sent = witness.sends(slug, revision);
  const body = {
    headline: `Headline of ${slug} zq${sent.number}h`,
    body: { html: `<p>Text of ${slug} zq${sent.number}b.</p>` },
    ...{ section, tags, restore: true, published: new Date(published).toISOString() },
    ...(by === undefined ? {} : { bylines: [by] }),
    ...(expires === undefined ? {} : { expires: new Date(expires).toISOString() }),
  };
  return { sent, body };
}
