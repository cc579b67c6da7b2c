// A policy as the text of its file, `content/partners/<id>.yaml`. The Worker shows it too, and a library for the whole of
// YAML would make it a tenth larger: a policy has only texts, numbers, flags, lists and keys. Pure.

import { check } from "../lib/problem.ts";
import { type Policy, policySchema } from "./policy.ts";

type Fields = Readonly<Record<string, unknown>>;

/**
 * The text of a policy's file, without the keys that have their default values. Read again, it gives the same
 * policy.
 */
export function policyYaml(policy: Policy): string {
  const { id, name, profile } = policy;
  const defaults = check(policySchema, { id, name, profile });
  const rest = nonDefault(policy, defaults.ok ? defaults.value : {});
  return `${linesOf({ id, name, profile, ...rest }).join("\n")}\n`;
}

function nonDefault(fields: Fields, defaults: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields)
      // Both are written by one schema, so equal values have their keys in one order.
      .filter(([key, value]) => JSON.stringify(value) !== JSON.stringify(defaults[key]))
      .map(([key, value]) => {
        const other = defaults[key];
        return [key, isFields(value) && isFields(other) ? nonDefault(value, other) : value];
      }),
  );
}

/** The lines of a mapping. A list has an item on each line. */
function linesOf(fields: Fields): readonly string[] {
  return Object.entries(fields).flatMap(([key, value]) => {
    const name = `${scalar(key)}:`;
    if (Array.isArray(value)) {
      const items = value.map((item) => `  - ${scalar(item)}`);
      return items.length === 0 ? [`${name} []`] : [name, ...items];
    }
    if (!isFields(value)) return [`${name} ${scalar(value)}`];
    const lines = linesOf(value);
    return lines.length === 0 ? [`${name} {}`] : [name, ...lines.map((line) => `  ${line}`)];
  });
}

/** Anything else stands in quotes, as in JSON, which YAML reads. */
function scalar(value: unknown): string {
  const written = JSON.stringify(value);
  return typeof value === "string" && isPlain(value) ? value : written;
}

/** Words of letters and digits with single spaces between them, an address, or a time like `15m`. */
const isPlain = (text: string): boolean =>
  (/^[A-Za-z][\w./-]*(?: [A-Za-z][\w./-]*)*$/.test(text) && !WORDS_OF_YAML.test(text)) ||
  /^https:\/\/[\w./-]+$/.test(text) ||
  /^[1-9]\d*[mhd]$/.test(text);

/** Read as something else than a text, by some version of YAML. */
const WORDS_OF_YAML = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
