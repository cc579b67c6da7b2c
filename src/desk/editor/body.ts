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
import { type Command, EditorState, type Plugin, type Transaction } from "prosemirror-state";
import { goToNextCell, tableEditing } from "prosemirror-tables";
import { EditorView } from "prosemirror-view";
import { t } from "../../lib/translate.ts";
import { coveredHeight, keepClearOf } from "./bar.ts";
import { element } from "./dom.ts";
import { toDocument, toHtml } from "./html.ts";
import { openLinkDialog } from "./link-dialog.ts";
import { cleanPasted } from "./paste.ts";
import { schema } from "./schema.ts";
import { insertTable, TABLE_COMMANDS } from "./tables.ts";

/** The editor of a text. */
export interface Body {
  readonly element: HTMLElement;
  readonly view: EditorView;
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
  Tab: chainCommands(goToNextCell(1), sinkListItem(nodes.list_item)),
  "Shift-Tab": chainCommands(goToNextCell(-1), liftListItem(nodes.list_item)),
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

/** What other parts of the editor add to the text. */
interface Extras {
  readonly plugins: readonly Plugin[];
  readonly tools: readonly Tool[];
  /** Changes the text's HTML before it is saved. */
  readonly finish: (html: string) => string;
}

/** A button of the toolbar. */
interface Tool {
  readonly name: string;
  readonly command: Command;
  readonly isOn: (state: EditorState) => boolean;
}

const TOOLS: readonly Tool[] = [
  {
    name: t("Bold"),
    command: toggleMark(marks.strong),
    isOn: (state) => hasMark(state, marks.strong),
  },
  { name: t("Italic"), command: toggleMark(marks.em), isOn: (state) => hasMark(state, marks.em) },
  { name: t("Link"), command: link, isOn: (state) => hasMark(state, marks.link) },
  { name: t("Heading"), ...toHeading(2) },
  { name: t("Subheading"), ...toHeading(3) },
  {
    name: t("List"),
    command: toggleIn(wrapInList(nodes.bullet_list), "bullet_list"),
    isOn: (state) => isIn(state, "bullet_list"),
  },
  {
    name: t("Numbered list"),
    command: toggleIn(wrapInList(nodes.ordered_list), "ordered_list"),
    isOn: (state) => isIn(state, "ordered_list"),
  },
  {
    name: t("Quote"),
    command: toggleIn(wrapIn(nodes.blockquote), "blockquote"),
    isOn: (state) => isIn(state, "blockquote"),
  },
  { name: t("Table"), command: insertTable, isOn: (state) => isIn(state, "table") },
  { name: t("Dividing line"), command: insertRule, isOn: () => false },
];

const LABELS = { role: "textbox", "aria-multiline": "true", "aria-label": t("Text of the story") };
/** Between the line that is being written and what lies over the text. */
const ROOM_PIXELS = 8;

/** Makes the editor of a body; `changed` is called when the text changes. */
export function bodyEditor(html: string, changed: () => void, extras: Extras): Body {
  const state = EditorState.create({
    doc: toDocument(html),
    plugins: [
      ...extras.plugins,
      history(),
      SHORTCUTS,
      keymap({ ...KEYS, "Alt-F10": toToolbar }),
      keymap(baseKeymap),
      tableEditing(),
    ],
  });
  const place = element("div", { class: "text" });
  const standing = [...TOOLS, ...extras.tools];
  const tools = [...standing, ...TABLE_COMMANDS.map((tool) => ({ ...tool, isOn: () => false }))];
  const buttons = tools.map((tool, index) => {
    const made = element("button", { type: "button", tabindex: index === 0 ? "0" : "-1" }, tool.name);
    made.addEventListener("click", () => {
      tool.command(view.state, view.dispatch, view);
      if (!document.querySelector("dialog[open]")) view.focus();
    });
    return made;
  });
  const toolbar = element(
    "div",
    { role: "toolbar", "aria-label": t("Formatting"), class: "tools" },
    ...buttons,
  );
  toolbar.addEventListener("keydown", (event) => {
    const shown = buttons.filter((one) => !one.hidden);
    const at = shown.findIndex((one) => one.matches(":focus"));
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (event.key === "Escape") view.focus();
    else if (step !== undefined) moveTo(shown.at((at + step) % shown.length));
  });
  keepClearOf(toolbar, "scrollPaddingTop");
  // The toolbar and the bar at the end of the screen cover what is scrolled below them.
  const clear = {
    ...{ left: 0, right: 0 },
    get top() {
      return toolbar.offsetHeight + ROOM_PIXELS;
    },
    get bottom() {
      return coveredHeight() + ROOM_PIXELS;
    },
  };
  const view = new EditorView(place, {
    state,
    transformPastedHTML: (html) => cleanPasted(html),
    attributes: ({ doc }) => (isEmpty(doc) ? { ...LABELS, "data-hint": t("Text of the story") } : LABELS),
    scrollThreshold: clear,
    scrollMargin: clear,
    dispatchTransaction(transaction) {
      view.updateState(view.state.apply(transaction));
      showTools();
      if (transaction.docChanged) changed();
    },
  });
  showTools();
  return {
    element: element("div", { class: "body" }, toolbar, place),
    view,
    html: () => extras.finish(toHtml(view.state.doc)),
    destroy: () => view.destroy(),
  };

  function showTools(): void {
    const isInTable = isIn(view.state, "table");
    for (const [index, tool] of tools.entries()) {
      const made = buttons[index];
      if (!made) continue;
      if (index >= standing.length) made.hidden = !isInTable;
      else if (index < TOOLS.length) made.setAttribute("aria-pressed", String(tool.isOn(view.state)));
    }
  }

  function moveTo(chosen: HTMLButtonElement | undefined): void {
    for (const one of buttons) one.tabIndex = one === chosen ? 0 : -1;
    chosen?.focus();
  }

  function toToolbar(): boolean {
    moveTo(buttons.find((one) => one.tabIndex === 0 && !one.hidden) ?? buttons[0]);
    return true;
  }
}

const isEmpty = (doc: EditorState["doc"]): boolean =>
  doc.childCount === 1 && doc.firstChild?.type === nodes.paragraph && doc.firstChild.childCount === 0;

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

/** Makes a paragraph a heading, or a heading of that level a paragraph. */
function toHeading(level: number): Pick<Tool, "command" | "isOn"> {
  const isOn = ({ selection: { $from } }: EditorState) =>
    $from.parent.type === nodes.heading && $from.parent.attrs.level === level;
  const command: Command = (state, dispatch, view) =>
    (isOn(state) ? setBlockType(nodes.paragraph) : setBlockType(nodes.heading, { level }))(
      state,
      dispatch,
      view,
    );
  return { command, isOn };
}

/** Opens the link's dialog. */
function link(state: EditorState, dispatch?: (transaction: Transaction) => void, view?: EditorView): boolean {
  if (state.selection.$from.parent.type.spec.code) return false;
  if (dispatch && view) openLinkDialog(view, marks.link);
  return true;
}

/** Inserts a rule. */
function insertRule(...[state, dispatch]: Parameters<Command>): boolean {
  dispatch?.(state.tr.replaceSelectionWith(nodes.horizontal_rule.create()).scrollIntoView());
  return true;
}
