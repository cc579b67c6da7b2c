// A saved page as plain text, one paragraph a line -> what it says.

import type { Importer } from "../imported.ts";

/** Reads a saved page as plain text, one paragraph a line. */
export const readText: Importer = () => ({ articles: [], problems: [], explained: [] });
