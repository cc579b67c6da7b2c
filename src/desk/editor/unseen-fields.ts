// Fields of the story that no field of the editor shows. Only a program sets them; the editor keeps them.

import { t } from "../../lib/translate.ts";
import { moreFields } from "../publish/field-names.ts";
import { element } from "./dom.ts";

/** Fills a section with these fields, and hides it where there are none. */
export function unseenFields(section: HTMLElement, own: Readonly<Record<string, unknown>>): void {
  const fields = moreFields(own, new Set());
  section.hidden = fields.length === 0;
  section.replaceChildren(
    element("h2", {}, t("Also in this article")),
    element("p", { class: "hint" }, t("A program set these fields. They are published with the article.")),
    element(
      "dl",
      { class: "fields" },
      ...fields.map(([label, value]) =>
        element("div", {}, element("dt", {}, label), element("dd", {}, element("bdi", {}, value))),
      ),
    ),
  );
}
