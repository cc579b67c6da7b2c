// Elements of the page, made in one line.

/** A button that does something. */
export function button(label: string, work: () => void): HTMLButtonElement {
  const made = element("button", { type: "button" }, label);
  made.addEventListener("click", work);
  return made;
}

/** An element with attributes and children. */
export function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Readonly<Record<string, string>> = {},
  ...children: readonly (Node | string)[]
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** HTML as a tree, in a document of its own: nothing in it runs or is loaded. */
export const parsed = (html: string): HTMLElement => new DOMParser().parseFromString(html, "text/html").body;
