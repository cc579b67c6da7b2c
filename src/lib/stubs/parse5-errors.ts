// The names of errors in HTML. `parse5` passes them to `onParseError`, an option that we never set.

export const ERR = {};
