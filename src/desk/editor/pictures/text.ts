// Pictures in the text's editor: how each is shown and reached, and files that are dropped or pasted.

import { keymap } from "prosemirror-keymap";
import type { Node } from "prosemirror-model";
import { NodeSelection, Plugin, PluginKey, Selection, type Transaction } from "prosemirror-state";
import { Decoration, DecorationSet, type EditorView, type NodeView } from "prosemirror-view";
import { t } from "../../../lib/translate.ts";
import type { Picture } from "../../pictures/picture.ts";
import { button, element, parsed } from "../dom.ts";
import { markPictures, picturesOf } from "./node.ts";
import { drawSending } from "./panel.ts";
import type { Sending } from "./uploads.ts";

/** What the text asks of the rest. */
export interface TextHost {
  /** The content of a picture's figure as it is now. */
  readonly draw: (src: string) => readonly HTMLElement[];
  readonly sending: (src: string) => Sending | undefined;
  readonly edit: (src: string) => void;
  readonly remove: (src: string) => void;
  /** Files for a place of the text. */
  readonly addFiles: (files: readonly File[], at: number) => void;
  /** Pictures that came with pasted HTML. */
  readonly pasted: (pictures: readonly Picture[]) => void;
  /** The text has changed. */
  readonly changed: () => void;
  /** A picture was selected. */
  readonly selected: (src: string) => void;
}

const places = new PluginKey<DecorationSet>("places of pictures");
type PlaceChange = { readonly add?: { readonly id: object; readonly at: number; readonly name: string } } & {
  readonly remove?: object;
};

const filesIn = (data: DataTransfer | null): readonly File[] => [...(data?.files ?? [])];

/** Makes the plugin, and the views of the nodes. Of one host several editors may be made, one after another. */
export function pictureText(host: TextHost) {
  const views = new Set<PictureView>();

  class PictureView implements NodeView {
    readonly dom = element("figure", { class: "picture", contenteditable: "false" });
    readonly #content = element("div", {});
    readonly #sending = element("div", { class: "sending" });
    readonly #src: string;

    constructor({ attrs }: Node) {
      this.#src = String(attrs.src);
      const edit = button(t("Edit picture"), () => host.edit(this.#src));
      const remove = button(t("Remove"), () => host.remove(this.#src));
      // The keyboard selects the picture itself: Enter edits it, Delete removes it.
      for (const one of [edit, remove]) one.tabIndex = -1;
      this.dom.append(this.#content, this.#sending, element("div", { class: "acts" }, edit, remove));
      this.dom.addEventListener("dblclick", () => host.edit(this.#src));
      views.add(this);
      this.draw();
    }
    draw(): void {
      this.#content.replaceChildren(...host.draw(this.#src));
      this.progress();
    }
    progress(): void {
      drawSending(this.#sending, host.sending(this.#src));
    }
    selectNode(): void {
      this.dom.classList.add("ProseMirror-selectednode");
      host.selected(this.#src);
    }
    deselectNode(): void {
      this.dom.classList.remove("ProseMirror-selectednode");
    }
    get src(): string {
      return this.#src;
    }
    stopEvent({ target }: Event): boolean {
      return target instanceof HTMLButtonElement;
    }
    ignoreMutation(): boolean {
      return true;
    }
    destroy(): void {
      views.delete(this);
    }
  }

  const plugin = new Plugin<DecorationSet>({
    key: places,
    state: {
      init: () => DecorationSet.empty,
      apply(transaction, set) {
        const moved = set.map(transaction.mapping, transaction.doc);
        const { add, remove } = (transaction.getMeta(places) ?? {}) as PlaceChange;
        if (add) {
          const text = element("p", { class: "reading" }, t("Reading {name} …", { name: add.name }));
          return moved.add(transaction.doc, [Decoration.widget(add.at, text, { id: add.id })]);
        }
        return remove ? moved.remove(moved.find(undefined, undefined, ({ id }) => id === remove)) : moved;
      },
    },
    props: {
      decorations: (state) => places.getState(state),
      nodeViews: { picture: (node) => new PictureView(node) },
      transformPastedHTML(html) {
        const body = parsed(html);
        host.pasted(markPictures(body));
        return body.innerHTML;
      },
      handlePaste(view, event) {
        const files = filesIn(event.clipboardData);
        // Word and others add a picture of the text to the text.
        const html = event.clipboardData?.getData("text/html") ?? "";
        const words = parsed(html).textContent?.trim();
        if (files.length === 0 || words) return false;
        host.addFiles(files, view.state.selection.to);
        return true;
      },
      handleDrop(view, event) {
        const files = filesIn(event.dataTransfer);
        if (files.length === 0) return false;
        const at = view.posAtCoords({ left: event.clientX, top: event.clientY })?.pos;
        host.addFiles(files, at ?? view.state.doc.content.size);
        event.preventDefault();
        return true;
      },
      // Typing while a picture is selected must not replace it.
      handleTextInput(view, _from, _to, text) {
        const at = afterSelected(view);
        if (at === undefined) return false;
        const { paragraph } = view.state.schema.nodes;
        if (!paragraph) return false;
        const transaction = view.state.tr.insert(at, paragraph.create(null, view.state.schema.text(text)));
        view.dispatch(withCursor(transaction, at + 1 + text.length));
        return true;
      },
    },
    appendTransaction(transactions, _before, { doc, schema, tr }) {
      // So that there is a place to write behind the last picture.
      const isLast = doc.lastChild?.type.name === "picture";
      const line = schema.nodes.paragraph;
      if (!isLast || !line || !transactions.some(({ docChanged }) => docChanged)) return null;
      return tr.insert(doc.content.size, line.create());
    },
    view: () => ({
      update({ state }, before) {
        if (!before.doc.eq(state.doc)) host.changed();
      },
    }),
  });

  const keys = keymap({
    Enter: ({ selection }, dispatch) => {
      if (!(selection instanceof NodeSelection) || selection.node.type.name !== "picture") return false;
      if (dispatch) host.edit(String(selection.node.attrs.src));
      return true;
    },
    ArrowUp: (state, dispatch) => {
      const { selection, tr, schema } = state;
      const line = schema.nodes.paragraph;
      if (!(selection instanceof NodeSelection) || selection.from > 0 || !line) return false;
      // Above the first picture there is no other place to write.
      dispatch?.(withCursor(tr.insert(0, line.create()), 1));
      return true;
    },
  });

  return {
    plugins: [plugin, keys],
    /** Draws the figures of a picture again, or all. */
    draw(src?: string): void {
      for (const view of views) if (src === undefined || view.src === src) view.draw();
    },
    /** Shows how far a picture is. */
    progress(src: string): void {
      for (const view of views) if (view.src === src) view.progress();
    },
  };
}

/** The place behind the selected picture; undefined if none is selected. */
function afterSelected({ state: { selection } }: EditorView): number | undefined {
  const isPicture = selection instanceof NodeSelection && selection.node.type.name === "picture";
  return isPicture ? selection.to : undefined;
}

/** With the cursor at a place in a line. */
function withCursor(transaction: Transaction, at: number): Transaction {
  const { doc } = transaction;
  return transaction.setSelection(Selection.near(doc.resolve(at))).scrollIntoView();
}

/** Marks a place, which moves along while the text is changed. */
export function markPlace(view: EditorView, id: object, at: number, name: string): void {
  view.dispatch(view.state.tr.setMeta(places, { add: { id, at, name } } satisfies PlaceChange));
}

/** Takes a mark away. Returns where it was; undefined if the text round it was deleted. */
export function takePlace(view: EditorView, id: object): number | undefined {
  const [found] = places.getState(view.state)?.find(undefined, undefined, (spec) => spec.id === id) ?? [];
  if (found) view.dispatch(view.state.tr.setMeta(places, { remove: id } satisfies PlaceChange));
  return found?.from;
}

/**
 * The place for a block behind the block of the text that `at` is in; if that is empty, the empty one, which
 * it takes the place of.
 */
export function blockPlace(doc: Node, at: number): { readonly from: number; readonly to: number } {
  const $at = doc.resolve(Math.max(0, Math.min(at, doc.content.size)));
  const isEmpty = $at.depth === 1 && $at.parent.isTextblock && $at.parent.content.size === 0;
  const from = $at.depth === 0 ? $at.pos : isEmpty ? $at.before(1) : $at.after(1);
  return { from, to: isEmpty ? $at.after(1) : from };
}

/** Puts a picture behind the block that `at` is in; before it, if that is empty. Returns the place behind the picture. */
export function insertPicture(view: EditorView, src: string, at: number): number {
  const { doc, schema, tr } = view.state;
  const place = blockPlace(doc, at).from;
  const node = schema.nodes.picture?.create({ src });
  if (node) view.dispatch(tr.insert(place, node));
  return place + (node?.nodeSize ?? 0);
}

/** Takes a picture out of the text, wherever it stands. Returns where it stood first; undefined if it didn't. */
export function removePicture(view: EditorView, src: string): number | undefined {
  const first = picturesOf(view.state.doc).get(src);
  if (first === undefined) return undefined;
  const { tr, doc } = view.state;
  doc.descendants((node, at) => {
    if (node.type.name === "picture" && node.attrs.src === src)
      tr.delete(tr.mapping.map(at), tr.mapping.map(at) + node.nodeSize);
    return !node.isTextblock;
  });
  view.dispatch(tr);
  return first;
}

/** Selects a picture in the text, and scrolls to it. */
export function showPicture(view: EditorView, at: number): void {
  view.dispatch(view.state.tr.setSelection(NodeSelection.create(view.state.doc, at)).scrollIntoView());
  view.focus();
}

/** The number of the block that a place of the text is in, or behind. */
export const blockAt = (doc: Node, at: number): number => doc.resolve(at).index(0);

/** The place behind a number of blocks. */
export function placeBehind(doc: Node, blocks: number): number {
  let at = 0;
  for (let index = 0; index < Math.min(blocks, doc.childCount); index++) at += doc.child(index).nodeSize;
  return at;
}
