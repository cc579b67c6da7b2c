// The interface's texts in another language, by the English text; empty here, because the code speaks English. The Worker and
// the editor are built with another language in this module's place: `wrangler.toml` and `cli/build-editor.ts`.

import type { Translations } from "./translate.ts";

const english: Translations = { language: "en", texts: {} };

export default english;
