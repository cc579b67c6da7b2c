// Countries, and the states and provinces that datelines and credits name.

// ISO 3166-1 in the languages of the pages that are read.
const LANGUAGES = ["en", "fr", "de", "es"];

const STATES = `Alabama Alaska Arizona Arkansas California Colorado Connecticut Delaware Florida Georgia Hawaii Idaho Illinois
  Indiana Iowa Kansas Kentucky Louisiana Maine Maryland Massachusetts Michigan Minnesota Mississippi Missouri Montana Nebraska
  Nevada New_Hampshire New_Jersey New_Mexico New_York North_Carolina North_Dakota Ohio Oklahoma Oregon Pennsylvania Rhode_Island
  South_Carolina South_Dakota Tennessee Texas Utah Vermont Virginia Washington West_Virginia Wisconsin Wyoming Alberta
  British_Columbia Manitoba New_Brunswick Newfoundland Nova_Scotia Ontario Quebec Saskatchewan England Scotland Wales
  Northern_Ireland Gaza_Strip West_Bank Hong_Kong Macau Crimea Kashmir`;

const folded = (name: string): string => name.trim().replace(/\s+/g, " ").toLowerCase();

let known: ReadonlySet<string> | undefined;

/** True for the name of a country, or of a state that is named as if it were one. */
export function isRegion(written: string): boolean {
  // Made when first asked for: 2,700 questions to Intl.
  known ??= new Set([
    ...STATES.split(/\s+/).map((name) => folded(name.replaceAll("_", " "))),
    ...countries(),
  ]);
  return known.has(folded(written)) || /^(?:\p{Lu}\.){2,3}$/u.test(written.trim());
}

function countries(): readonly string[] {
  const letters = Array.from({ length: 26 }, (_, index) => String.fromCharCode(65 + index));
  const codes = letters.flatMap((first) => letters.map((second) => first + second));
  return LANGUAGES.flatMap((language) => {
    const names = new Intl.DisplayNames(language, { type: "region", fallback: "none" });
    return codes.flatMap((code) => names.of(code)?.toLowerCase() ?? []);
  });
}
