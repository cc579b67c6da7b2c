// A feed's document as a strict reader has it: refused unless it is well-formed and every entry is all there.

import { elementsOf, textsAt } from "../formats/strict.ts";

/** An entry: its id, its title, and its body, whatever the format calls them. */
export interface StrictEntry {
  readonly id: string;
  readonly title: string;
  readonly body: string;
}

const PATHS = {
  "rss.xml": { entry: "rss/channel/item", id: "guid", body: "content:encoded" },
  "atom.xml": { entry: "feed/entry", id: "id", body: "content" },
} as const;

/** The entries of a document, by the name of its file. @throws Error, when it is cut off, or an entry lacks something. */
export function entriesOf(path: string, document: string): readonly StrictEntry[] {
  const file = path.slice(path.lastIndexOf("/") + 1);
  if (file === "feed.json") {
    const { items }: { items: { id: string; title: string; content_html: string }[] } = JSON.parse(document);
    return whole(
      items.map(({ id }) => id),
      items.map(({ title }) => title),
      items.map(({ content_html }) => content_html),
    );
  }
  if (file !== "rss.xml" && file !== "atom.xml") throw new Error(`${path} is no feed`);
  const { entry, id, body } = PATHS[file];
  const elements = elementsOf(document);
  const texts = (name: string) => textsAt(elements, `${entry}/${name}`);
  const entries = whole(texts(id), texts("title"), texts(body));
  if (entries.length !== elements.filter((element) => element.path === entry).length)
    throw new Error("an entry without an id");
  return entries;
}

function whole(
  ids: readonly string[],
  titles: readonly string[],
  bodies: readonly string[],
): readonly StrictEntry[] {
  return Array.from({ length: Math.max(ids.length, titles.length, bodies.length) }, (_, index) => {
    const [id = "", title = "", body = ""] = [ids[index], titles[index], bodies[index]];
    if (id === "" || title === "" || body === "") throw new Error(`an entry is not whole: ${id} ${title}`);
    return { id, title, body };
  });
}
