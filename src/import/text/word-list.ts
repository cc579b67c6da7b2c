// Lists of words, as the tables of this folder write them.

/** The words of a list, which white space parts. */
export const wordList = (list: string): ReadonlySet<string> => new Set(list.trim().split(/\s+/));
