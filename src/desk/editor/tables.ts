// Tables in the editor: making one, and what is done to its rows and columns.

import type { NodeType } from "prosemirror-model";
import { type Command, TextSelection } from "prosemirror-state";
import {
  addColumnAfter,
  addRowAfter,
  deleteColumn,
  deleteRow,
  deleteTable,
  isInTable,
} from "prosemirror-tables";
import { t } from "../../lib/translate.ts";
import { schema } from "./schema.ts";

const { nodes } = schema;
const TABLE_ROWS = 3;
const TABLE_COLUMNS = 3;

/** Inserts an empty table with a header row, and puts the cursor into its first cell. */
export const insertTable: Command = (state, dispatch) => {
  if (isInTable(state)) return false;
  const row = (type: NodeType) =>
    nodes.table_row.create(
      null,
      Array.from({ length: TABLE_COLUMNS }, () => type.create()),
    );
  const table = nodes.table.create(null, [
    row(nodes.table_header),
    ...Array.from({ length: TABLE_ROWS - 1 }, () => row(nodes.table_cell)),
  ]);
  if (!dispatch) return true;
  const { tr } = state;
  tr.replaceSelectionWith(table);
  const at = tr.mapping.map(state.selection.from, -1);
  dispatch(tr.setSelection(TextSelection.near(tr.doc.resolve(at + 1))).scrollIntoView());
  return true;
};

/** What can be done while the cursor is in a table. */
export const TABLE_COMMANDS: readonly { readonly name: string; readonly command: Command }[] = [
  { name: t("Row below"), command: addRowAfter },
  { name: t("Column after"), command: addColumnAfter },
  { name: t("Delete row"), command: deleteRow },
  { name: t("Delete column"), command: deleteColumn },
  { name: t("Delete table"), command: deleteTable },
];
