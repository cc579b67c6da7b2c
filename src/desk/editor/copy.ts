// Gives each secret that a page shows a button that copies it. Without script the text can be selected.

import { t } from "../../lib/translate.ts";
import { button, element } from "./dom.ts";

for (const secret of document.querySelectorAll<HTMLInputElement>("input.secret")) {
  const said = element("span", { class: "hint", role: "status" });
  const copy = button(t("Copy"), () => void copyFrom(secret, said));
  secret.after(element("span", { class: "copy" }, copy, said));
}

async function copyFrom(secret: HTMLInputElement, said: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(secret.value);
    said.textContent = t("Copied.");
  } catch {
    // The browser doesn't let pages copy, or this one isn't on https.
    secret.select();
    said.textContent = t("The browser didn’t copy it. It is selected: copy it from the keyboard.");
  }
}
