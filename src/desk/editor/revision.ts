// On the page of an old revision: what differs between it and the newest one.

import type { StoryAnswer } from "../answers.ts";
import { differences } from "./differences.ts";
import { element } from "./dom.ts";

const place = document.querySelector<HTMLElement>("#compare");
if (place) void compare(place);

async function compare(place: HTMLElement): Promise<void> {
  const { story = "", revision = "" } = place.dataset;
  const path = `/api/stories/${story}`;
  const [old, newest] = await Promise.all([read(`${path}/revisions/${revision}`), read(path)]);
  // Without an answer the page still has the revision's text.
  if (!old || !newest) return;
  place.append(
    element("h2", {}, `What differs from revision ${newest.revision}, the newest`),
    element("p", { class: "hint" }, "Struck out: only in this revision. Underlined: only in the newest."),
    differences(old.article, newest.article),
  );
}

async function read(path: string): Promise<StoryAnswer | undefined> {
  try {
    const response = await fetch(path);
    return response.ok ? ((await response.json()) as StoryAnswer) : undefined;
  } catch {
    return undefined;
  }
}
