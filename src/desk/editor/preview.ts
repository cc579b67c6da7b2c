// The link to the story's preview, which shows the text on the screen.

import { element } from "./dom.ts";
import type { Saver } from "./saver.ts";

/** A link that saves the story and opens its preview in a new tab. If it can't be saved, nothing opens. */
export function previewLink(id: string, saver: Saver): HTMLAnchorElement {
  const link = element(
    "a",
    { href: `/desk/stories/${id}/preview`, target: "_blank", class: "button" },
    "Preview",
  );
  link.addEventListener("click", (event) => {
    if (!saver.isUnsaved) return;
    event.preventDefault();
    // Browsers only allow a page to open a tab during the click.
    const tab = open("", "_blank");
    void saver.flush().then(({ kind }) => {
      if (kind === "saved") tab?.location.replace(link.href);
      else tab?.close();
    });
  });
  return link;
}
