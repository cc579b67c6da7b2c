// Loaded before a program (`node --import`): says at its end, on stderr, which modules were loaded, a line each.

import { registerHooks } from "node:module";

const loaded = [];
registerHooks({
  load(url, context, next) {
    loaded.push(url);
    return next(url, context);
  },
});
process.on("exit", () => process.stderr.write(`${loaded.join("\n")}\n`));
