// Objects with optional fields, and lists with optional items: in the model a field is missing, never `undefined`.

/** `T` with every field optional that may be undefined, and never undefined. */
export type OmitUndefined<T> = {
  readonly [K in keyof T as undefined extends T[K] ? never : K]: T[K];
} & { readonly [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined> };

/** `fields` without those that are undefined. */
export const omitUndefined = <T extends object>(fields: T): OmitUndefined<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as OmitUndefined<T>;

/** The items without those that are undefined or false: `present(isLate && "late", reason)`. */
export const present = <T>(...items: readonly (T | false | undefined)[]): readonly T[] =>
  items.filter((item) => item !== undefined && item !== false) as T[];

/** A list; undefined if it is empty. */
export const someOf = <T>(list: readonly T[] | undefined): readonly T[] | undefined =>
  list === undefined || list.length === 0 ? undefined : list;
