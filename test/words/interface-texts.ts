// Finds the interface's texts in the code: those that are translated, and English that stands outside of `t`, `plural`
// and `parts`, where no language would replace it.

import { parseSync } from "oxc-parser";

/** The texts of a file, and what is wrong with how it speaks. */
export interface Texts {
  /** English text -> whether it has plural forms. */
  readonly texts: ReadonlyMap<string, "one" | "plural">;
  /** English that is not translated, or a text that can't be collected, each with its line. */
  readonly faults: readonly string[];
}

type Node = { readonly type: string; readonly start: number; readonly end: number } & Record<string, unknown>;

const TRANSLATORS = new Set(["t", "plural", "parts"]);
/** What is printed on a page: attributes of elements, and fields of messages. */
const SHOWN =
  /^(?:aria-label|aria-description|title|placeholder|alt|label|summary|text|message|data-[a-z]+-text)$/;
/** Calls whose arguments nobody sees on a page. */
const UNSEEN = new Set(["described", "describe", "Error", "TypeError", "RangeError", "log", "logError"]);
/** Calls whose texts are put on the page. */
const MAKERS = new Set(["element", "button"]);
const HAS_WORD = /\p{L}{2}/u;
/** A sentence or a label: starts with a capital, and has a second word or an end. */
const SENTENCE = /^\p{Lu}\p{L}*(?:['’]\p{L}+)?(?:[ ,:.?!…]|$).*\p{L}.*(?: |[.?!…]$)/u;

/** Reads the texts of a file of TypeScript, `name` with its ending. */
export function textsOf(name: string, source: string): Texts {
  const texts = new Map<string, "one" | "plural">();
  const faults: string[] = [];
  const lineOf = (node: Node): number => source.slice(0, node.start).split("\n").length;
  const fault = (node: Node, what: string): void => void faults.push(`${name}:${lineOf(node)}: ${what}`);
  visit(parseSync(name, source).program as unknown as Node, undefined);
  return { texts, faults };

  function visit(node: Node, inside: Node | undefined): void {
    if (node.type === "CallExpression" || node.type === "NewExpression") {
      const called = nameOf(node.callee);
      if (TRANSLATORS.has(called)) {
        take(node, called);
        // Values are English of their own, if they are literals.
        for (const value of (node.arguments as Node[]).slice(called === "plural" ? 2 : 1)) visit(value, node);
        return;
      }
      if (UNSEEN.has(called)) return;
    }
    if (node.type.startsWith("TS") && node.type !== "TSAsExpression" && node.type !== "TSSatisfiesExpression")
      return;
    if (node.type === "ImportDeclaration" || isCode(node)) return;
    if (node.type === "Property" && node.computed !== true) {
      visit(node.value as Node, node);
      return;
    }
    if (node.type === "JSXText" && HAS_WORD.test(String(node.value))) fault(node, String(node.value).trim());
    const literal = literalText(node);
    if (literal !== undefined && HAS_WORD.test(literal) && (isShown(node, inside) || SENTENCE.test(literal)))
      fault(node, literal);
    for (const child of childrenOf(node)) visit(child, node);
  }

  function take(call: Node, called: string): void {
    const args = call.arguments as Node[];
    if (called !== "plural") {
      const text = args[0] && literalText(args[0]);
      if (text === undefined) fault(call, `${called}(…) needs a literal`);
      else texts.set(text, "one");
      return;
    }
    const forms = ((args[1]?.properties ?? []) as Node[]).map(
      (property) => [nameOf(property.key), literalText(property.value as Node)] as const,
    );
    const other = forms.find(([form]) => form === "other")?.[1];
    if (other === undefined || forms.some(([, text]) => text === undefined))
      fault(call, "plural(…) needs an object of literals");
    else texts.set(other, "plural");
  }
}

/** `<code>` in JSX: a command or a name, the same in every language. */
const isCode = (node: Node): boolean =>
  node.type === "JSXElement" && nameOf((node.openingElement as Node).name) === "code";

/** A text that is printed where it stands. */
function isShown(node: Node, inside: Node | undefined): boolean {
  if (inside?.type === "CallExpression")
    return MAKERS.has(nameOf(inside.callee)) && (inside.arguments as Node[]).indexOf(node) !== tagOf(inside);
  if (inside?.type === "JSXAttribute") return SHOWN.test(nameOf(inside.name));
  return inside?.type === "Property" && SHOWN.test(nameOf(inside.key));
}

/** Where `element` has the name of the element among its arguments. */
const tagOf = ({ callee }: Node): number => (nameOf(callee) === "element" ? 0 : -1);

function literalText(node: Node): string | undefined {
  if (node.type === "Literal" && typeof node.value === "string") return node.value;
  if (node.type !== "TemplateLiteral") return undefined;
  const quasis = node.quasis as readonly { readonly value: { readonly cooked: string } }[];
  return quasis.map(({ value }) => value.cooked).join("{}");
}

function nameOf(value: unknown): string {
  const node = value as Node | undefined;
  if (node?.type === "MemberExpression") return nameOf(node.property);
  return String(node?.name ?? node?.value ?? "");
}

const childrenOf = (node: Node): readonly Node[] =>
  Object.values(node)
    .flat()
    .filter((child): child is Node => typeof child === "object" && child !== null && "type" in child);
