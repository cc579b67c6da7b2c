// Pages saved as text and items of feeds, generated: the lines of an article in any order that newspapers give them.

import fc from "fast-check";
import { STORIES, type Story } from "./stories.ts";

type Lines = (story: Story) => readonly string[];

const one = (...parts: readonly Lines[]) => fc.constantFrom(...parts);

const MENU = "Home\nSport\nSubscribe\nSign in";

const byline = one(
  ({ byline }) => [byline],
  ({ byline }) => [byline.toUpperCase()],
  ({ byline, day }) => [`${byline} | ${day}`],
);
const date = one(
  ({ day }) => [day],
  ({ day, updated }) => [day, updated],
);
const picture = one(
  ({ caption, credit }) => [`${caption} (${credit}/Fotodienst)`],
  ({ caption, credit }) => [`${caption} Photo: ${credit}`],
  ({ caption, credit }) => [`${caption} © ${credit} / Fotodienst`],
);
const dateline = one(
  () => [""],
  ({ dateline }) => [dateline],
);
const related = one(
  ({ related, relatedTitle }) => [relatedTitle, ...related],
  ({ related: [first], relatedTitle }) => [`${relatedTitle}: ${first}`],
);
const rule = one(
  () => ["_______________"],
  () => ["Our Standards: The Fotodienst Trust Principles."],
  () => ["Share"],
);

/** A page saved as text. */
export const layouts = fc.record({
  story: fc.constantFrom(...STORIES),
  menu: fc.boolean(),
  dek: fc.option(
    one(({ dek }) => [dek]),
    { nil: () => [] },
  ),
  above: fc.tuple(byline, date, picture).chain((parts) => fc.shuffledSubarray([...parts], { minLength: 1 })),
  dateline,
  inside: fc
    .tuple(
      related,
      one(({ heading }) => [heading]),
      one(({ quote }) => [`“${quote}”`]),
      one(({ facts }) => [facts]),
    )
    .chain((parts) => fc.shuffledSubarray([...parts], { maxLength: 2 })),
  places: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 2, maxLength: 2 }),
  below: fc
    .tuple(
      one(({ bio }) => [bio]),
      one(({ signOff }) => [signOff]),
      one(({ correction }) => [correction]),
      rule,
    )
    .chain((parts) => fc.shuffledSubarray([...parts])),
});

/** One page. */
export type Layout = typeof layouts extends fc.Arbitrary<infer T> ? T : never;

/** The lines of the page. */
export function textOf({ story, menu, dek, above, dateline, inside, places, below }: Layout): string {
  const [opening, ...others] = story.paragraphs;
  const text = [`${dateline(story).join("")}${opening}`, ...others].map((line): readonly string[] => [line]);
  for (const [at, part] of inside.entries()) text.splice(places[at] ?? 1, 0, part(story));
  const lines = [
    ...(menu ? [MENU] : []),
    story.headline,
    ...dek(story),
    ...above.flatMap((part) => part(story)),
    ...text.flat(),
    ...below.flatMap((part) => part(story)),
  ];
  return lines.join("\n\n");
}
