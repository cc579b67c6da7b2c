// Every language that we have words in, a file a language. The Worker is built with less in this module's
// place (`wrangler.toml`): `bundledWords` of `overrides.ts`, with the words of site.yaml.

import ar from "./ar.json" with { type: "json" };
import de from "./de.json" with { type: "json" };
import en from "./en.json" with { type: "json" };
import es from "./es.json" with { type: "json" };
import fr from "./fr.json" with { type: "json" };
import it from "./it.json" with { type: "json" };
import ja from "./ja.json" with { type: "json" };
import ko from "./ko.json" with { type: "json" };
import nl from "./nl.json" with { type: "json" };
import pl from "./pl.json" with { type: "json" };
import pt from "./pt.json" with { type: "json" };
import ru from "./ru.json" with { type: "json" };
import uk from "./uk.json" with { type: "json" };
import zh from "./zh.json" with { type: "json" };
import zhHant from "./zh-Hant.json" with { type: "json" };

export default { ar, de, en, es, fr, it, ja, ko, nl, pl, pt, ru, uk, zh, "zh-Hant": zhHant };
