// A WordPress export (WXR) -> what it says.

import type { Importer } from "../imported.ts";

/** Reads a WordPress export (WXR). */
export const readWordpress: Importer = () => ({ articles: [], problems: [], explained: [] });
