// The static files that the Worker serves under its own addresses: the build writes them (cli/build-files.ts),
// http/static-files.ts reads them.

/** The names of these files. */
export type StaticFile = "style.css" | "feed.css" | "desk.css" | "preview.css" | "openapi.json";
