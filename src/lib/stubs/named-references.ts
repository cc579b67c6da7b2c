// Names of characters, with which `hast-util-to-html` can write references. The Worker has it write numbers,
// its default.

export const characterEntitiesHtml4 = {};
export const characterEntitiesLegacy = [];
