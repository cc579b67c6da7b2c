// On the page of an old revision: what differs between it and the newest one.

import { t } from "../../lib/translate.ts";
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
    element("h2", {}, t("What differs from revision {revision}, the newest", { revision: newest.revision })),
    element("p", { class: "hint" }, t("Struck out: only in this revision. Underlined: only in the newest.")),
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
