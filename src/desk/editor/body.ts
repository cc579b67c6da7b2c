// The editor of a story's text: ProseMirror with a toolbar, Markdown shortcuts, and clean-up of pasted HTML.

import {
  baseKeymap,
  chainCommands,
  exitCode,
  lift,
  setBlockType,
  toggleMark,
  wrapIn,
} from "prosemirror-commands";
import { history, redo, undo } from "prosemirror-history";
import { inputRules, textblockTypeInputRule, wrappingInputRule } from "prosemirror-inputrules";
import { keymap } from "prosemirror-keymap";
import { liftListItem, sinkListItem, splitListItem, wrapInList } from "prosemirror-schema-list";
import { type Command, EditorState } from "prosemirror-state";
import { EditorView } from "prosemirror-view";
import { element } from "./dom.ts";
import { schema, toDocument, toHtml, withoutStyles } from "./schema.ts";

/** The editor of a text. */
export interface Body {
  readonly element: HTMLElement;
  readonly html: () => string;
  readonly destroy: () => void;
}

const { nodes, marks } = schema;
const line: Command = chainCommands(exitCode, (state, dispatch) => {
  dispatch?.(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView());
  return true;
});

const KEYS: Readonly<Record<string, Command>> = {
  "Mod-z": undo,
  "Mod-y": redo,
  "Mod-Shift-z": redo,
  "Mod-b": toggleMark(marks.strong),
  "Mod-i": toggleMark(marks.em),
  "Mod-k": link,
  "Shift-Enter": line,
  Enter: splitListItem(nodes.list_item),
  Tab: sinkListItem(nodes.list_item),
  "Shift-Tab": liftListItem(nodes.list_item),
  "Mod-Alt-0": setBlockType(nodes.paragraph),
  "Mod-Alt-2": setBlockType(nodes.heading, { level: 2 }),
  "Mod-Alt-3": setBlockType(nodes.heading, { level: 3 }),
};

/** `## `, `> `, `- `, `1. ` and ``` at the start of a paragraph. */
const SHORTCUTS = inputRules({
  rules: [
    textblockTypeInputRule(/^(#{2,4})\s$/, nodes.heading, ([, signs = ""]) => ({ level: signs.length })),
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote),
    wrappingInputRule(/^\s*[-*]\s$/, nodes.bullet_list),
    wrappingInputRule(/^\s*1\.\s$/, nodes.ordered_list),
    textblockTypeInputRule(/^```$/, nodes.code_block),
  ],
});

interface Tool {
  readonly name: string;
  readonly command: Command;
  readonly isOn: (state: EditorState) => boolean;
}

const TOOLS: readonly Tool[] = [
  {
    name: "Bold",
    command: toggleMark(marks.strong),
    isOn: (state) => hasMark(state, marks.strong),
  },
  { name: "Italic", command: toggleMark(marks.em), isOn: (state) => hasMark(state, marks.em) },
  { name: "Link", command: link, isOn: (state) => hasMark(state, marks.link) },
  {
    name: "Heading",
    command: toggleHeading,
    isOn: (state) => state.selection.$from.parent.type === nodes.heading,
  },
  {
    name: "List",
    command: toggleIn(wrapInList(nodes.bullet_list), "bullet_list"),
    isOn: (state) => isIn(state, "bullet_list"),
  },
  {
    name: "Numbered list",
    command: toggleIn(wrapInList(nodes.ordered_list), "ordered_list"),
    isOn: (state) => isIn(state, "ordered_list"),
  },
  {
    name: "Quote",
    command: toggleIn(wrapIn(nodes.blockquote), "blockquote"),
    isOn: (state) => isIn(state, "blockquote"),
  },
];

/** Makes the editor of a body; `changed` is called when the text changes. */
export function bodyEditor(html: string, changed: () => void): Body {
  const state = EditorState.create({
    doc: toDocument(html),
    plugins: [history(), SHORTCUTS, keymap({ ...KEYS, "Alt-F10": toToolbar }), keymap(baseKeymap)],
  });
  const place = element("div", { class: "text" });
  const buttons = TOOLS.map((tool, index) => {
    const made = element("button", { type: "button", tabindex: index === 0 ? "0" : "-1" }, tool.name);
    made.addEventListener("click", () => {
      tool.command(view.state, view.dispatch);
      view.focus();
    });
    return made;
  });
  const toolbar = element("div", { role: "toolbar", "aria-label": "Text", class: "tools" }, ...buttons);
  toolbar.addEventListener("keydown", (event) => {
    const at = buttons.findIndex((one) => one.matches(":focus"));
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") view.focus();
    else if (step !== undefined) moveTo((at + step + buttons.length) % buttons.length);
  });
  const view = new EditorView(place, {
    state,
    transformPastedHTML: (html) => withoutStyles(html),
    attributes: { role: "textbox", "aria-multiline": "true", "aria-label": "Text of the story" },
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      showTools();
      if (transaction.docChanged) changed();
    },
  });
  showTools();
  return {
    element: element("div", { class: "body" }, toolbar, place),
    html: () => toHtml(view.state.doc),
    destroy: () => view.destroy(),
  };

  function showTools(): void {
    for (const [index, tool] of TOOLS.entries())
      buttons[index]?.setAttribute("aria-pressed", String(tool.isOn(view.state)));
  }

  function moveTo(index: number): void {
    for (const [other, one] of buttons.entries()) one.tabIndex = other === index ? 0 : -1;
    buttons[index]?.focus();
  }

  function toToolbar(): boolean {
    (buttons.find((one) => one.tabIndex === 0) ?? buttons[0])?.focus();
    return true;
  }
}

type MarkType = (typeof marks)[keyof typeof marks];

function hasMark(
  { selection: { from, to, empty, $from }, storedMarks, doc }: EditorState,
  mark: MarkType,
): boolean {
  return empty ? mark.isInSet(storedMarks ?? $from.marks()) !== undefined : doc.rangeHasMark(from, to, mark);
}

function isIn({ selection: { $from } }: EditorState, name: string): boolean {
  return Array.from({ length: $from.depth }, (_, depth) => $from.node(depth + 1)).some(
    (node) => node.type.name === name,
  );
}

/** Wraps the selection in a node, or lifts it out. */
function toggleIn(wrap: Command, name: string): Command {
  return (state, dispatch, view) =>
    isIn(state, name)
      ? chainCommands(liftListItem(nodes.list_item), lift)(state, dispatch, view)
      : wrap(state, dispatch, view);
}

function toggleHeading(...[state, dispatch, view]: Parameters<Command>): boolean {
  const isHeading = state.selection.$from.parent.type === nodes.heading;
  return (isHeading ? setBlockType(nodes.paragraph) : setBlockType(nodes.heading, { level: 2 }))(
    state,
    dispatch,
    view,
  );
}

/** Asks for an address and links the selection to it, or removes the selection's link. */
function link(...[state, dispatch]: Parameters<Command>): boolean {
  if (hasMark(state, marks.link)) return toggleMark(marks.link)(state, dispatch);
  if (state.selection.empty) return false;
  if (!dispatch) return true;
  const href = prompt("Where does the link lead?", "https://")?.trim();
  if (!href || href === "https://") return true;
  return toggleMark(marks.link, { own: { href } })(state, dispatch);
}
