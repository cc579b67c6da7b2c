// The checks beside the text: what keeps the story from being published, what is worth a look, and what each partner would
// make of it. The server makes them, a moment after the typing stops.

import { plural, t } from "../../lib/translate.ts";
import type { CheckAnswer } from "../answers.ts";
import { problemText } from "../publish/field-names.ts";
import { button, element } from "./dom.ts";
import type { Draft } from "./saver.ts";

const PAUSE_MILLISECONDS = 1200;
const RETRY_MILLISECONDS = 20_000;
/** What the API calls the lists of headlines on the site and in apps, beside partners' names. */
const LISTS = "Lists";

/** The list of checks. */
export interface Checks {
  readonly element: HTMLElement;
  /** The story is another one now: it is checked once this hasn't been called for a while. */
  readonly changed: () => void;
}

/** One line of the list. */
interface Line {
  readonly path: string;
  readonly text: string;
  readonly level: "problem" | "warning" | "partner";
}

/** Makes the list, which is empty at first. `read` gives the story as it is on the screen. */
export function checksOf(story: string, read: () => Draft): Checks {
  const summary = element("p", { role: "status", class: "hint" });
  const list = element("ul");
  const length = element("p", { class: "hint" });
  const heading = element("h2", { id: "checks-title" }, t("Checks"));
  const box = element(
    "section",
    { class: "checks", "aria-labelledby": "checks-title" },
    heading,
    summary,
    length,
    list,
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  let running: AbortController | undefined;
  const wait = (milliseconds: number): void => {
    clearTimeout(timer);
    timer = setTimeout(() => void check(), milliseconds);
  };
  return { element: box, changed: () => wait(PAUSE_MILLISECONDS) };

  async function check(): Promise<void> {
    running?.abort();
    const own = new AbortController();
    running = own;
    try {
      const response = await fetch(`/api/check?story=${encodeURIComponent(story)}`, {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(read()),
        signal: own.signal,
      });
      // A draft that can't be saved has its reason in the status line; a session that is over, too.
      if (response.ok) show((await response.json()) as CheckAnswer);
      else if (response.status >= 500) wait(RETRY_MILLISECONDS);
    } catch {
      if (!own.signal.aborted) wait(RETRY_MILLISECONDS);
    }
  }

  function show({ problems, warnings, headline, partners }: CheckAnswer): void {
    const lines: readonly Line[] = [
      ...problems.map((one) => ({ path: one.path, text: problemText(one), level: "problem" as const })),
      ...warnings.map((one) => ({ path: one.path, text: problemText(one), level: "warning" as const })),
      ...partners.flatMap(({ name, gets, says, findings }) => [
        ...(gets
          ? []
          : [
              {
                path: "",
                text: t("{partner} doesn't get it: {reason}", { partner: name, reason: says ?? "" }),
                level: "partner" as const,
              },
            ]),
        ...(gets ? findings : []).map((one) => ({
          path: one.path,
          text: t("{finding} ({partner})", { finding: problemText(one), partner: name }),
          level: "partner" as const,
        })),
      ]),
    ];
    const [missing, noted] = [problems.length, lines.length - problems.length];
    setText(summary, missing === 0 && noted === 0 ? t("Nothing found.") : countsText(missing, noted));
    const { characters, limits } = headline;
    setText(length, characters === 0 ? "" : lengthText(headline));
    length.classList.toggle(
      "over",
      limits.some((limit) => characters > limit.characters),
    );
    list.replaceChildren(...lines.map(lineOf));
  }
}

const countsText = (problems: number, others: number): string =>
  [
    ...(problems === 0
      ? []
      : [
          plural(problems, {
            one: "{count} thing to mend before it can be published.",
            other: "{count} things to mend before it can be published.",
          }),
        ]),
    ...(others === 0
      ? []
      : [plural(others, { one: "{count} thing worth a look.", other: "{count} things worth a look." })]),
  ].join(" ");

/** How long the headline is, and how much of it is shown where. */
const lengthText = ({ characters, limits }: CheckAnswer["headline"]): string =>
  plural(
    characters,
    { one: "Headline: {count} character. {limits}", other: "Headline: {count} characters. {limits}" },
    {
      limits: limits
        .map(({ name, characters: most }) =>
          name === LISTS
            ? t("Lists show {most}.", { most })
            : t("{partner} takes {most}.", { partner: name, most }),
        )
        .join(" "),
    },
  );

/** Sets a text, but not again: a screen reader would read it again. */
function setText(place: HTMLElement, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}

/** A line; a button where it belongs to a field, which it leads to. */
function lineOf({ path, text, level }: Line): HTMLElement {
  const field = fieldOf(path);
  const made = field ? button(text, () => goTo(field)) : element("span", {}, text);
  return element("li", { class: level }, made);
}

/** The field that a path belongs to: `bylines[1].url` to the bylines. */
function fieldOf(path: string): HTMLElement | null {
  const [, first = "", second = ""] = /^(\w+)(?:\.(\w+))?/.exec(path) ?? [];
  if (first === "body") return document.querySelector<HTMLElement>(".ProseMirror");
  const name = first === "rights" ? second : first;
  return name === "" ? null : document.querySelector<HTMLElement>(`#${name}, [data-field="${name}"]`);
}

function goTo(field: HTMLElement): void {
  field.closest("details")?.setAttribute("open", "");
  const inside = field.matches("input, select, textarea, button, [contenteditable]")
    ? field
    : field.querySelector<HTMLElement>("input, select, textarea, button");
  (inside ?? field).focus();
  field.scrollIntoView({ block: "center" });
}
