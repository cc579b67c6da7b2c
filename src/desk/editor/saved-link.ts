// Links to pages that show the story as it is saved: they save first what is on the screen.

import { t } from "../../lib/translate.ts";
import { element } from "./dom.ts";
import type { Saver } from "./saver.ts";

/** A link that saves the story and opens its preview in a new tab. If it can't be saved, nothing opens. */
export function previewLink(id: string, saver: Saver): HTMLAnchorElement {
  const link = element(
    "a",
    { href: `/desk/stories/${id}/preview`, target: "_blank", class: "button" },
    t("Preview"),
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

/** A link that saves the story and leaves the editor. If it can't be saved, the editor stays. */
export function leavingLink(href: string, saver: Saver): HTMLAnchorElement {
  const link = element("a", { href, class: "button" });
  saveFirst(link, saver);
  return link;
}

/** Has a link save the story before it leaves the editor. */
export function saveFirst(link: HTMLAnchorElement, saver: Saver): void {
  link.addEventListener("click", (event) => {
    if (!saver.isUnsaved) return;
    event.preventDefault();
    void saver.flush().then(({ kind }) => {
      if (kind === "saved") location.assign(link.href);
    });
  });
}
