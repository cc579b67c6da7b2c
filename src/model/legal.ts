// The characters that no XML 1.0 document may hold. By itself, since the command line needs no schema to say a word.

// XML 1.0 §2.2 Char, less C1 controls and DEL, which it discourages. With the u flag \p{Cs} matches lone surrogates only.
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cs}/gu;

/** Removes every character that XML 1.0 forbids, and makes every line end `\n`. */
export const legal = (value: string): string => value.replace(/\r\n?/g, "\n").replace(ILLEGAL, "");
