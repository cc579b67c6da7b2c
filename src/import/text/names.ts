// Names of people, as bylines write them.

/** A person's name in its usual spelling (`MARTA QUILL` is `Marta Quill`); undefined for what is no name. */
export const personName = (_written: string): string | undefined => undefined;
