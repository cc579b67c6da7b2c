// A policy as the file that it is read from; what goes without saying is left out. Pure.

import { isDeepStrictEqual } from "node:util";
import { stringify } from "yaml";
import { check } from "../../lib/problem.ts";
import { type Policy, policySchema } from "../../partners/policy.ts";

type Fields = Readonly<Record<string, unknown>>;

/** A policy's file; read again, it is the same policy. */
export function policyYaml(policy: Policy): string {
  const { id, name, profile } = policy;
  const usual = check(policySchema, { id, name, profile });
  return stringify({ id, name, profile, ...unusual(policy, usual.ok ? usual.value : {}) }, { lineWidth: 0 });
}

function unusual(fields: Fields, usual: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([key, value]) => !isDeepStrictEqual(value, usual[key]))
      .map(([key, value]) => {
        const other = usual[key];
        return [key, isFields(value) && isFields(other) ? unusual(value, other) : value];
      }),
  );
}

const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
