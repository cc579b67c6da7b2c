// The checks beside the text: what keeps the story from being published, what is worth a look, and what each partner would
// make of it. The server makes them, a moment after the typing stops.

import type { CheckAnswer } from "../answers.ts";
import { button, element } from "./dom.ts";
import type { Draft } from "./saver.ts";

const PAUSE_MILLISECONDS = 1200;
const RETRY_MILLISECONDS = 20_000;

/** The list of checks. */
export interface Checks {
  readonly element: HTMLElement;
  /** The story is another one now: it is checked once this hasn't been called for a while. */
  readonly changed: () => void;
}

/** One line of the list. */
interface Line {
  readonly path: string;
  readonly message: string;
  readonly level: "problem" | "warning" | "partner";
}

/** Makes the list, which is empty at first. `read` gives the story as it is on the screen. */
export function checksOf(story: string, read: () => Draft): Checks {
  const summary = element("p", { role: "status", class: "hint" });
  const list = element("ul");
  const length = element("p", { class: "hint" });
  const heading = element("h2", { id: "checks-title" }, "Checks");
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
      ...problems.map(({ path, message }) => ({ path, message, level: "problem" as const })),
      ...warnings.map(({ path, message }) => ({ path, message, level: "warning" as const })),
      ...partners.flatMap(({ name, gets, says, findings }) => [
        ...(gets
          ? []
          : [{ path: "", message: `${name} doesn't get it: ${says}`, level: "partner" as const }]),
        ...(gets ? findings : []).map(({ path, message }) => ({
          path,
          message: `${message} (${name})`,
          level: "partner" as const,
        })),
      ]),
    ];
    const [missing, noted] = [problems.length, lines.length - problems.length];
    say(summary, missing === 0 && noted === 0 ? "Nothing found." : countsIn(missing, noted));
    const { characters, limits } = headline;
    const most = limits.map(
      ({ name, characters: limit }) => `${name.toLowerCase() === "lists" ? "lists show" : name} ${limit}`,
    );
    say(length, characters === 0 ? "" : `Headline: ${characters} characters; ${most.join(", ")}.`);
    length.classList.toggle(
      "over",
      limits.some((limit) => characters > limit.characters),
    );
    list.replaceChildren(...lines.map(lineOf));
  }
}

const countsIn = (problems: number, others: number): string =>
  [
    ...(problems === 0 ? [] : [`${problems} to mend before it can be published`]),
    ...(others === 0 ? [] : [`${others} worth a look`]),
  ].join(", ");

/** Said again, a screen reader would read it again. */
function say(place: HTMLElement, text: string): void {
  if (place.textContent !== text) place.textContent = text;
}

/** A line; a button where it belongs to a field, which it leads to. */
function lineOf({ path, message, level }: Line): HTMLElement {
  const field = fieldOf(path);
  const text = path === "" ? message : `${nameOf(path)} ${message}`;
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

const NAMES: Readonly<Record<string, string>> = {
  body: "Text",
  slug: "Address",
  shortHeadline: "Short headline",
};

/** `images[0].alt` as `Picture 1, alt`; `headline` as `Headline`. */
function nameOf(path: string): string {
  const image = /^images\[(\d+)\](?:\.(\w+))?/.exec(path);
  if (image) return `Picture ${Number(image[1]) + 1}${image[2] ? `, ${image[2]},` : ""}`;
  const first = path.split(/[.[]/)[0] ?? "";
  return NAMES[first] ?? first.charAt(0).toUpperCase() + first.slice(1);
}
