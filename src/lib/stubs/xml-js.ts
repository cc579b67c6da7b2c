// Of `xml-js`, what `feed` writes with: the compact form, four spaces of indentation, and no comments. The
// package reads XML too, has another form, and many options.

type Value = string | number | boolean | null | undefined | Compact | readonly Value[];
/** An element, or a whole document: what is in it, by name. */
interface Compact {
  readonly [name: string]: Value;
}

/** A document of the compact form as XML, to the byte what `xml-js` makes of it with the options of `feed`. */
export const js2xml = (document: Compact): string => inside(document, "");

function inside(parent: Compact, indent: string): string {
  let xml = "";
  for (const [name, value] of Object.entries(parent)) {
    for (const child of Array.isArray(value) ? (value as readonly Value[]) : [value as Value]) {
      if (name === "_declaration") xml += `<?xml${attributesOf(child)}?>`;
      else if (name === "_text") xml += escapeText(String(child));
      else if (name === "_cdata") xml += `<![CDATA[${String(child).replace("]]>", "]]]]><![CDATA[>")}]]>`;
      else if (name !== "_attributes")
        xml += (xml || indent ? `\n${indent}` : "") + element(name, child, indent);
    }
  }
  return xml;
}

function element(name: string, value: Value, indent: string): string {
  if (value === undefined || value === null || value === "") return `<${name}/>`;
  if (typeof value !== "object") return `<${name}>${escapeText(String(value))}</${name}>`;
  const content = value as Compact;
  const names = Object.keys(content).filter((key) => key !== "_attributes");
  const start = `<${name}${attributesOf(content)}`;
  if (names.length === 0) return `${start}/>`;
  const hasElements = names.some((key) => key !== "_text" && key !== "_cdata");
  return `${start}>${inside(content, `${indent}    `)}${hasElements ? `\n${indent}` : ""}</${name}>`;
}

const attributesOf = (value: Value): string =>
  Object.entries((value as Compact)._attributes ?? {})
    .filter(([, text]) => text !== undefined && text !== null)
    .map(([name, text]) => ` ${name}="${String(text).replaceAll('"', "&quot;")}"`)
    .join("");

/** A reference to `&` stays one: `xml-js` has it so. */
const escapeText = (text: string): string =>
  text.replaceAll("&amp;", "&").replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
