// The link to the story's preview, which shows what is on the screen.

import { element } from "./dom.ts";
import type { Saver } from "./saver.ts";

/**
 * A link that opens the preview in a new tab, once what is typed is saved. Where it can't be, nothing opens.
 */
export function previewLink(id: string, saver: Saver): HTMLAnchorElement {
  const link = element(
    "a",
    { href: `/desk/stories/${id}/preview`, target: "_blank", class: "button" },
    "Preview",
  );
  link.addEventListener("click", (event) => {
    if (!saver.isUnsaved) return;
    event.preventDefault();
    // Browsers let a page open a tab during the click alone.
    const tab = open("", "_blank");
    void saver.flush().then(({ kind }) => {
      if (kind === "saved") tab?.location.replace(link.href);
      else tab?.close();
    });
  });
  return link;
}
