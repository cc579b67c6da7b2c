// The list of a story's pictures below its text: the lead picture first, each with how far it is.

import { plural, t } from "../../../lib/translate.ts";
import type { Picture } from "../../pictures/picture.ts";
import { button, element } from "../dom.ts";
import { lineFor } from "./node.ts";
import { missingWords, nameOf, sendingWords } from "./picture-texts.ts";
import { thumbnail } from "./thumbnail.ts";
import type { Sending } from "./uploads.ts";

/** What the list asks of the rest. */
export interface PanelHost {
  readonly addFiles: (files: readonly File[]) => void;
  /** Opens the library. */
  readonly openLibrary: () => void;
  readonly edit: (src: string) => void;
  readonly remove: (src: string) => void;
  readonly move: (src: string, by: number) => void;
  readonly putIntoText: (src: string) => void;
  readonly showInText: (src: string) => void;
  readonly retry: (src: string) => void;
  readonly cancel: (src: string) => void;
}

/** A line of the list. */
export interface Row {
  readonly picture: Picture;
  readonly isInText: boolean;
  readonly sending: Sending | undefined;
}

interface Shown {
  readonly element: HTMLElement;
  readonly words: HTMLElement;
  readonly state: HTMLElement;
  readonly acts: HTMLElement;
  told: string;
}

/** Makes the list. */
export function picturePanel(host: PanelHost) {
  const choose = element("input", {
    type: "file",
    multiple: "",
    accept: "image/*",
    id: "choose-pictures",
    class: "hidden",
  });
  let take = host.addFiles;
  choose.addEventListener("change", () => {
    take([...(choose.files ?? [])]);
    // The same file can be chosen again.
    choose.value = "";
  });
  const open = (files: PanelHost["addFiles"]) => {
    take = files;
    choose.click();
  };
  const add = button(t("Add pictures"), () => open(host.addFiles));
  choose.tabIndex = -1;
  choose.setAttribute("aria-hidden", "true");
  const count = element("p", { class: "hint", role: "status" });
  const notices = element("div", { role: "alert" });
  const list = element("ol", { class: "rows" });
  const made = new Map<string, Shown>();
  const panel = element(
    "section",
    { class: "pictures", "aria-labelledby": "pictures-title" },
    element("h2", { id: "pictures-title" }, t("Pictures")),
    element("div", { class: "acts" }, add, button(t("Choose from the library"), host.openLibrary), choose),
    element(
      "p",
      { class: "hint" },
      t(
        "Drop pictures here or into the text, or paste them. The first is the lead picture: it stands at the top, and in lists.",
      ),
    ),
    count,
    notices,
    list,
  );
  return {
    element: panel,
    draw,
    /** Opens the chooser of files; `files` gets what is chosen. */
    choose: open,
    /** Shows how far a picture is. */
    progress(src: string, sending: Sending | undefined): void {
      const shown = made.get(src);
      if (shown) drawSending(shown.state, sending);
    },
    /** Puts the focus on the button that edits a picture. */
    focus: (src: string): void => made.get(src)?.acts.querySelector("button")?.focus(),
    /** Says something, until it is said again or closed. `act` is offered beside it. */
    say(text: string, act?: { readonly label: string; readonly work: () => void }): void {
      const line = element("p", {}, text, " ");
      if (act)
        line.append(
          button(act.label, () => {
            line.remove();
            act.work();
          }),
          " ",
        );
      line.append(button(t("Close"), () => line.remove()));
      notices.append(line);
      while (notices.children.length > 5) notices.firstElementChild?.remove();
    },
  };

  function draw(rows: readonly Row[], reading: number): void {
    const focused = [...made].flatMap(([src, { acts }]) => {
      const at = Array.from<unknown>(acts.children).indexOf(document.activeElement);
      return at === -1 ? [] : [{ src, at }];
    })[0];
    const sources = new Set(rows.map(({ picture }) => picture.src));
    for (const [src, { element: row }] of made)
      if (!sources.has(src)) {
        row.remove();
        made.delete(src);
      }
    for (const [index, row] of rows.entries()) {
      const shown = made.get(row.picture.src) ?? make(row.picture);
      update(shown, row, index, rows.length);
      // Only what moved is touched: pictures would be loaded again.
      if (list.children[index] !== shown.element)
        list.insertBefore(shown.element, list.children[index] ?? null);
    }
    // A button that moved its own line is still the one that is pressed next.
    if (focused) {
      const acts = [...(made.get(focused.src)?.acts.children ?? [])] as HTMLButtonElement[];
      (acts[focused.at]?.disabled ? acts.find(({ disabled }) => !disabled) : acts[focused.at])?.focus();
    }
    const told = countWords(rows, reading);
    if (count.textContent !== told) count.textContent = told;
  }

  function make(picture: Picture): Shown {
    const [words, state, acts] = [
      element("div", { class: "said" }),
      element("div", { class: "sending" }),
      element("div", { class: "acts" }),
    ];
    const row = element(
      "li",
      {},
      element("div", { class: "small" }, thumbnail(picture)),
      element("div", {}, words, state, acts),
    );
    const shown: Shown = { element: row, words, state, acts, told: "" };
    made.set(picture.src, shown);
    return shown;
  }

  function update(shown: Shown, { picture, isInText, sending }: Row, index: number, count: number): void {
    drawSending(shown.state, sending);
    const told = JSON.stringify([picture, isInText, sending?.kind, index, count]);
    if (shown.told === told) return;
    shown.told = told;
    const { src } = picture;
    const missing = missingWords(picture);
    const name = nameOf(picture);
    const act = (label: string, work: () => void, isOff = false): HTMLElement => {
      const one = button(label, work);
      one.setAttribute("aria-label", t("{act}: {what}", { act: label, what: name }));
      one.disabled = isOff;
      return one;
    };
    shown.words.replaceChildren(
      element("p", { class: "where" }, placeText(index, isInText)),
      element("p", { dir: "auto" }, lineFor(picture) || picture.alt || t("Without a caption")),
      ...(missing === "" ? [] : [element("p", { class: "missing" }, missing)]),
    );
    const isStopped = sending?.kind === "refused" || sending?.kind === "cancelled";
    shown.acts.replaceChildren(
      act(t("Edit"), () => host.edit(src)),
      isInText
        ? act(t("Show in the text"), () => host.showInText(src))
        : act(t("Put into the text"), () => host.putIntoText(src)),
      act(t("Up"), () => host.move(src, -1), index === 0),
      act(t("Down"), () => host.move(src, 1), index === count - 1),
      act(t("Remove"), () => host.remove(src)),
      ...(sending === undefined || sending.kind === "sent"
        ? []
        : isStopped || sending.kind === "unreachable" || sending.kind === "signed-out"
          ? [act(isStopped ? t("Send again") : t("Try now"), () => host.retry(src))]
          : [act(t("Stop sending"), () => host.cancel(src))]),
    );
  }
}

/** How far a picture is, with a bar while it is being sent. */
export function drawSending(place: HTMLElement, sending: Sending | undefined): void {
  const words = sendingWords(sending);
  place.hidden = words === "";
  place.dataset.kind = sending?.kind ?? "";
  if (words === "") {
    place.replaceChildren();
    return;
  }
  const [bar, line] = [place.querySelector("progress"), place.querySelector("p")];
  if (sending?.kind === "sending" && bar && line) {
    bar.value = sending.share;
    line.textContent = words;
    return;
  }
  place.replaceChildren(element("p", {}, words));
  if (sending?.kind === "sending")
    place.prepend(
      element("progress", { max: "1", value: String(sending.share), "aria-label": t("Sending") }),
    );
}

function countWords(rows: readonly Row[], reading: number): string {
  if (reading > 0)
    return plural(reading, { one: "Reading {count} picture …", other: "Reading {count} pictures …" });
  const waiting = rows.filter(({ sending }) => sending && sending.kind !== "sent").length;
  if (waiting > 0)
    return plural(
      waiting,
      { one: "{count} picture of {all} not sent yet.", other: "{count} pictures of {all} not sent yet." },
      { all: rows.length },
    );
  const missing = rows.filter(({ picture }) => missingWords(picture) !== "").length;
  if (rows.length === 0) return t("No pictures yet.");
  const all = plural(rows.length, { one: "{count} picture.", other: "{count} pictures." });
  if (missing === 0) return all;
  return `${all} ${plural(missing, {
    one: "{count} picture has no alternative text.",
    other: "{count} pictures have no alternative text.",
  })}`;
}

function placeText(index: number, isInText: boolean): string {
  if (index === 0) return isInText ? t("Lead picture, in the text") : t("Lead picture");
  const number = { number: index + 1 };
  return isInText ? t("Picture {number}, in the text", number) : t("Picture {number}", number);
}
