// What Ghost shows to members or in e-mails alone stands between comments in a post's HTML. It never was public, so it is
// taken out before anything else is read.

/** Marks that hide what follows, each with what ends it. */
const HIDING: readonly (readonly [begin: RegExp, end: string])[] = [
  [/^kg-card-begin: email(?:-cta)?$/, "kg-card-end: email"],
  // Written for members of some kind, and not for everybody: `nonMember:true` is.
  [/^kg-gated-block:begin(?! nonMember:true\b)/, "kg-gated-block:end"],
];

/** HTML as everybody saw it. */
export interface Shown {
  readonly html: string;
  /** How many parts were taken out. */
  readonly hidden: number;
  /** True where Ghost's paywall stands in it. */
  readonly paywall: boolean;
}

/** Takes out of `html` what only some saw. A part that never ends hides all that follows. */
export function withoutHidden(html: string): Shown {
  let written = "";
  let hidden = 0;
  let paywall = false;
  let end: string | undefined;
  let done = 0;
  for (let start = html.indexOf("<!--"); start !== -1; start = html.indexOf("<!--", done)) {
    const close = html.indexOf("-->", start);
    if (close === -1) break;
    const comment = html.slice(start + "<!--".length, close).trim();
    if (end === undefined) {
      written += html.slice(done, start);
      end = HIDING.find(([begin]) => begin.test(comment))?.[1];
      if (end !== undefined) hidden++;
      if (comment === "members-only") paywall = true;
    } else if (comment.startsWith(end)) end = undefined;
    done = close + "-->".length;
  }
  return { html: end === undefined ? written + html.slice(done) : written, hidden, paywall };
}
