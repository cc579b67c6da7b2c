// Names of what is wrong with HTML. `parse5` tells them whoever passes it `onParseError`; nobody does.

export const ERR = {};
