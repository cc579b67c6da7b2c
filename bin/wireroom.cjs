#!/usr/bin/env node
// The `wireroom` command, for any Node: `src/cli/main.ts`.

"use strict";

process.argv.splice(2, 0, "main");
require("./run.cjs");
