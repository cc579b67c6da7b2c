// The dialog that makes, changes or removes a link.

import type { MarkType } from "prosemirror-model";
import type { EditorState } from "prosemirror-state";
import type { EditorView } from "prosemirror-view";
import { t } from "../../lib/translate.ts";
import { button, element } from "./dom.ts";
import { addressOf } from "./link-address.ts";

/** The stretch of text that a link covers, or will. */
interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly href: string;
}

/** The link at the selection, else the selection. */
function stretchAt({ doc, selection: { from, to, $from } }: EditorState, link: MarkType): Stretch {
  const mark = link.isInSet($from.marks()) ?? link.isInSet(doc.nodeAt(from)?.marks ?? []);
  if (!mark) return { from, to, href: "" };
  const isSame = (at: number) => mark.isInSet(doc.nodeAt(at)?.marks ?? []);
  let [start, end] = [from, from];
  while (start > $from.start() && isSame(start - 1)) start--;
  while (end < $from.end() && isSame(end)) end++;
  return { from: Math.min(start, from), to: Math.max(end, to), href: String(mark.attrs.own.href ?? "") };
}

/** Opens the dialog for the link at the selection, for the selected words, or for new words. */
export function openLinkDialog(view: EditorView, link: MarkType): void {
  const { from, to, href } = stretchAt(view.state, link);
  const address = element("input", {
    id: "link-address",
    type: "text",
    inputmode: "url",
    autocomplete: "off",
  });
  address.value = href;
  const words = element("input", { id: "link-words", type: "text", dir: "auto", autocomplete: "off" });
  const problem = element("p", { class: "problems", role: "alert" });
  const hasWords = from < to;
  const form = element(
    "form",
    { method: "dialog" },
    element("h2", { id: "link-title" }, href === "" ? t("Add a link") : t("Change the link")),
    field("link-address", t("Address"), address),
    ...(hasWords ? [] : [field("link-words", t("Words of the link"), words)]),
    problem,
    element(
      "p",
      { class: "buttons" },
      element("button", { class: "first" }, t("Set the link")),
      ...(href === ""
        ? []
        : [button(t("Remove the link"), () => finish(view.state.tr.removeMark(from, to, link)))]),
      button(t("Cancel"), () => dialog.close()),
    ),
  );
  const dialog = element("dialog", { "aria-labelledby": "link-title" }, form);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const target = addressOf(address.value);
    if (target === undefined) {
      problem.textContent = t(
        "This is no address. Write one like https://a.example/page, /articles/a-slug or mailto:desk@a.example.",
      );
      return address.focus();
    }
    const mark = link.create({ own: { href: target } });
    const text = words.value.trim() === "" ? address.value.trim() : words.value.trim();
    const { tr, schema } = view.state;
    finish(
      hasWords
        ? tr.removeMark(from, to, link).addMark(from, to, mark)
        : tr.insert(from, schema.text(text, [...(view.state.storedMarks ?? []), mark])),
    );
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    view.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
  address.select();

  function finish(transaction: EditorState["tr"]): void {
    view.dispatch(transaction.scrollIntoView());
    dialog.close();
  }
}

const field = (id: string, label: string, input: HTMLElement): HTMLElement =>
  element("div", { class: "field" }, element("label", { for: id }, label), input);
