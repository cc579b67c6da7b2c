// What is known of each generator of sites: where its posts and pictures are, the zone of dates that name
// none, and the addresses of its posts.

/** A generator. */
export interface Generator {
  /** As people call it. */
  readonly name: string;
  /** Paths of settings files from the site's folder, one of which is there. */
  readonly settings: RegExp;
  /** Paths of files that are posts, from the site's folder; all Markdown with a date where it is missing. */
  readonly posts?: RegExp;
  /** Paths of posts that nobody sees. */
  readonly drafts?: RegExp;
  /** Folders whose files are at the site's root; "" is the site's folder itself. */
  readonly roots: readonly string[];
  /** The zone of a date without one, unless a setting says otherwise; missing where that is the builder's. */
  readonly zone?: string;
  /** What is taken off a post's path for its address. */
  readonly base: RegExp;
  /** Address of posts, unless a setting says otherwise. */
  readonly permalink: string;
}

/** In the order in which they are tried: Hexo's and Jekyll's settings have one name. */
export const GENERATORS: readonly Generator[] = [
  {
    name: "Hugo",
    settings:
      /^(?:hugo\.(?:toml|ya?ml|json)|config\/_default\/(?:hugo|config)\.(?:toml|ya?ml|json)|config\.(?:toml|ya?ml|json))$/,
    posts: /^content\/(?:.*\/)?(?!_index\.)[^/]+$/,
    roots: ["static", "assets", "content"],
    zone: "UTC",
    base: /^content\//,
    permalink: "/:path/",
  },
  {
    name: "Hexo",
    settings: /^_config\.ya?ml$/,
    posts: /^source\/_(?:posts|drafts)\//,
    drafts: /^source\/_drafts\//,
    roots: ["source"],
    base: /^source\/_(?:posts|drafts)\//,
    permalink: "/:year/:month/:day/:title/",
  },
  {
    name: "Jekyll",
    settings: /^_config\.(?:ya?ml|toml)$/,
    posts: /(?:^|\/)_(?:posts|drafts)\//,
    drafts: /(?:^|\/)_drafts\//,
    roots: ["", "assets"],
    base: /^(?:.*\/)?_(?:posts|drafts)\//,
    permalink: "date",
  },
  {
    name: "Eleventy",
    settings: /^(?:\.eleventy|eleventy\.config)\.[cm]?[jt]s$/,
    roots: ["", "src", "public", "src/public", "content", "static", "src/static"],
    zone: "UTC",
    base: /^(?:src|content|input|site|docs)\//,
    permalink: "/:path/",
  },
  {
    name: "Astro",
    settings: /^astro\.config\.[cm]?[jt]s$/,
    posts: /^src\/(?:content|pages|data)\//,
    roots: ["public", "src", ""],
    zone: "UTC",
    base: /^src\/(?:content|pages|data)\//,
    permalink: "/:path/",
  },
  {
    name: "Gatsby",
    settings: /^gatsby-config\.[cm]?[jt]s$/,
    roots: ["static", "content", "src", ""],
    zone: "UTC",
    base: /^(?:src\/)?(?:content|pages|posts)\/(?:blog\/|posts\/)?/,
    permalink: "/:path/",
  },
];

/** Markdown without a generator, such as an export of Ghost's. */
export const NO_GENERATOR: Generator = {
  name: "Markdown",
  settings: /^$/,
  roots: ["", "static", "public", "assets", "content"],
  base: /^/,
  permalink: "",
};

/** Folders that hold no sources of a site: what it was built to, its theme, its parts. */
export const OTHER_FOLDERS =
  /^(?:node_modules|_site|public|dist|docs-dist|build|out|themes|vendor|resources|archetypes|layouts|scaffolds|_layouts|_includes|_sass|_plugins|_data|data|i18n|\.\w.*)$/;
/** Files of the project, not of the site. */
export const PROJECT_FILES =
  /^(?:readme|changelog|license|licence|contributing|code_of_conduct|security|authors|history|todo)\b/i;
