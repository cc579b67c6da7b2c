// The form of one picture, in a dialog. What is typed is saved as in the rest of the editor: there is nothing
// to confirm.

import { t } from "../../../lib/translate.ts";
import { creditName, creditRole, lacksAlt, MOST_CHARACTERS, type Picture } from "../../pictures/picture.ts";
import { button, element } from "../dom.ts";
import { thumbnail } from "./thumbnail.ts";

/** What the form asks of the rest. */
export interface FormHost {
  readonly change: (picture: Picture) => void;
  readonly remove: (src: string) => void;
  /** The picture behind this one; undefined for the last. */
  readonly next: (src: string) => Picture | undefined;
  /** What is known of a picture beside its fields, in sentences. */
  readonly notes: (src: string) => readonly string[];
  readonly closed: () => void;
}

/** Opens the form of a picture. */
export function openForm(first: Picture, host: FormHost): void {
  const dialog = element("dialog", { class: "picture-form", "aria-labelledby": "picture-title" });
  let shown = first;
  dialog.addEventListener("close", () => {
    dialog.remove();
    host.closed();
  });
  draw();
  document.body.append(dialog);
  dialog.showModal();

  function change(part: Partial<Record<keyof Picture, unknown>>): void {
    const entries = Object.entries({ ...shown, ...part }).filter(([, value]) => value !== undefined);
    shown = Object.fromEntries(entries) as unknown as Picture;
    host.change(shown);
  }

  function draw(): void {
    const next = host.next(shown.src);
    const acts = element(
      "div",
      { class: "acts" },
      button(t("Remove the picture"), () => {
        dialog.close();
        host.remove(shown.src);
      }),
      next
        ? button(t("Next picture"), () => {
            shown = next;
            draw();
            dialog.querySelector<HTMLElement>("textarea")?.focus();
          })
        : "",
      button(t("Done"), () => dialog.close()),
    );
    acts.lastElementChild?.classList.add("first");
    const focus = focusField(shown, (point) => change({ focus: point }));
    dialog.replaceChildren(
      element("h2", { id: "picture-title" }, t("Picture")),
      focus.picture,
      ...host.notes(shown.src).map((note) => element("p", { class: "hint" }, note)),
      ...altFields(),
      field("caption", t("Caption: what readers see below it"), shown.caption ?? "", "area", (value) =>
        change({ caption: value || undefined }),
      ),
      ...creditFields(),
      field("copyright", t("Copyright"), shown.copyright ?? "", "line", (value) =>
        change({ copyright: value || undefined }),
      ),
      check(t("Partners may use it"), shown.syndicate !== false, (yes) =>
        change({ syndicate: yes ? undefined : false }),
      ),
      focus.fields,
      check(t("Never crop it, as with a chart or a map"), shown.crop === false, (yes) =>
        change({ crop: yes ? false : undefined }),
      ),
      acts,
    );
  }

  function altFields(): readonly HTMLElement[] {
    const isDecorative = shown.alt === "";
    const alt = field(
      "alt",
      t("Alternative text: what it shows, for people who can't see it"),
      shown.alt ?? "",
      "area",
      (value) => change({ alt: value || undefined }),
    );
    const area = alt.querySelector("textarea");
    if (area) {
      area.disabled = isDecorative;
      area.autofocus = lacksAlt(shown);
    }
    const decorative = check(
      t("Decorative: it shows nothing that the text doesn't say"),
      isDecorative,
      (yes) => {
        if (area) area.disabled = yes;
        change({ alt: yes ? "" : area?.value.trim() || undefined });
      },
    );
    return [alt, decorative];
  }

  function creditFields(): readonly HTMLElement[] {
    const name = field("credit", t("Credit: who made it"), creditName(shown), "line", credit);
    const role = field(
      "role",
      t("What the credit is for, if it isn't a photograph: “Illustration”"),
      creditRole(shown),
      "line",
      credit,
    );
    return [name, role];

    function credit(): void {
      const [who = "", what = ""] = [name, role].map((one) => one.querySelector("input")?.value.trim());
      change({ credit: who === "" ? undefined : what === "" ? who : { name: who, role: what } });
    }
  }
}

/** A labelled field; `changed` gets its text without spaces round it. */
function field(
  name: keyof typeof MOST_CHARACTERS,
  label: string,
  value: string,
  kind: "line" | "area",
  changed: (value: string) => void,
): HTMLElement {
  const id = `picture-${name}`;
  const most = { maxlength: String(MOST_CHARACTERS[name]) };
  const made =
    kind === "area"
      ? element("textarea", { id, rows: "2", dir: "auto", ...most })
      : element("input", { id, type: "text", dir: "auto", autocomplete: "off", ...most });
  made.value = value;
  made.addEventListener("input", () => changed(made.value.trim()));
  return element("div", { class: "field" }, element("label", { for: id }, label), made);
}

function check(label: string, isOn: boolean, changed: (isOn: boolean) => void): HTMLElement {
  const box = element("input", { type: "checkbox" });
  box.checked = isOn;
  box.addEventListener("input", () => changed(box.checked));
  return element("label", { class: "check" }, box, " ", label);
}

/**
 * The picture, on which a click sets the point that stays visible when it is cropped; and the same as two
 * fields.
 */
function focusField(
  picture: Picture,
  changed: (point: readonly [number, number] | undefined) => void,
): { readonly picture: HTMLElement; readonly fields: HTMLElement } {
  const mark = element("span", { class: "focus-mark" });
  const box = element("div", { class: "focus-picture" }, thumbnail(picture), mark);
  const sides = [
    ["left", t("Percent from the left")] as const,
    ["top", t("Percent from the top")] as const,
  ].map(([side, label]) => {
    const id = `picture-${side}`;
    const input = element("input", { id, type: "number", min: "0", max: "100", inputmode: "numeric" });
    return {
      input,
      field: element("div", { class: "field" }, element("label", { for: id }, label), input),
    };
  });
  const [left, top] = sides.map(({ input }) => input);
  const show = (point: readonly [number, number] | undefined) => {
    mark.hidden = point === undefined;
    if (!point) return;
    mark.style.left = `${point[0]}%`;
    mark.style.top = `${point[1]}%`;
  };
  const write = (point: readonly [number, number] | undefined) => {
    if (left) left.value = point ? String(point[0]) : "";
    if (top) top.value = point ? String(point[1]) : "";
  };
  write(picture.focus);
  show(picture.focus);
  for (const { input } of sides)
    input.addEventListener("input", () => {
      const [x, y] = [left, top].map((one) => (one?.value.trim() ? Number(one.value) : undefined));
      const isPoint = x !== undefined && y !== undefined && [x, y].every((one) => one >= 0 && one <= 100);
      const isNone = x === undefined && y === undefined;
      if (!isPoint && !isNone) return;
      const point = isPoint ? ([x, y] as const) : undefined;
      show(point);
      changed(point);
    });
  box.addEventListener("click", ({ clientX, clientY }) => {
    const { left: x, top: y, width, height } = box.getBoundingClientRect();
    const percent = (value: number) => Math.max(0, Math.min(100, Math.round(value * 100)));
    const point = [percent((clientX - x) / width), percent((clientY - y) / height)] as const;
    write(point);
    show(point);
    changed(point);
  });
  const fields = element(
    "fieldset",
    { class: "focus-fields" },
    element(
      "legend",
      {},
      t("What stays visible when lists crop it: click on it in the picture, or say where it is."),
    ),
    ...sides.map((one) => one.field),
  );
  return { picture: box, fields };
}
