// Where in a file a node stands: `hast-util-from-parse5` says it where it is given the file. We give it none.

export const location = undefined;
