// The newsroom's site.yaml, and the feeds that it results in.

import { readSite } from "../worker/bundle-files.ts";

/** site.yaml of the simulation. */
export const SITE_YAML = `
title: The Simulated Times
description: News that nobody reads.
url: https://wire.example.org
tag: { authority: wire.example.org, date: "2024-01-01" }
language: en
timezone: UTC
copyright: © The Simulated Times
sections:
  news: { title: News, description: What is new. }
  sport: { title: Sport, description: What is played. }
people:
  ann: { name: Ann Example }
  bob: { name: Bob Example }
`;

export const site = readSite(SITE_YAML);

/** An outside hub, for histories that have one. */
export const HUB = "https://hub.example.net/";

/** What an article can be filed under. */
export const SECTIONS = ["news", "sport"] as const;
export const TAGS = ["red", "blue"] as const;
export const PEOPLE = ["ann", "bob"] as const;
export const SLUGS = ["ants", "bees", "cats"] as const;

const FILES = ["rss.xml", "atom.xml", "feed.json"] as const;

/** The folders of all feeds: empty for the site's. */
const FOLDERS: readonly string[] = [
  "",
  ...SECTIONS.map((name) => `/sections/${name}`),
  ...TAGS.map((name) => `/tags/${name}`),
  ...PEOPLE.map((name) => `/authors/${name}`),
];

/** The paths of all documents of all feeds. */
export const DOCUMENTS: readonly string[] = FOLDERS.flatMap((folder) =>
  FILES.map((file) => `${folder}/${file}`),
);

/** The documents that are kept in KV even without requests. */
export const ALWAYS_KEPT: readonly string[] = DOCUMENTS.filter((path) =>
  /^\/(?:sections\/|[^/]+$)/.test(path),
);

/** Pages and lists that show articles. */
export const PAGES: readonly string[] = [
  "/",
  "/sitemap.xml",
  "/news-sitemap.xml",
  "/feeds.opml",
  ...SLUGS.map((slug) => `/articles/${slug}`),
  ...FOLDERS.filter((folder) => folder !== ""),
];

/** A partner that gets the section `news`. */
export const PARTNER = {
  id: "paper",
  name: "The Paper",
  profile: "rss",
  select: { sections: ["news"] },
  push: { url: "https://paper.example.net/hook" },
};

/** A feed's path by its key: `section/news` and `json` for `/sections/news/feed.json`. */
export const pathOf = (feed: string, format: string): string =>
  DOCUMENTS.find(
    (path) =>
      (folderOf(path)
        .slice(1)
        .replace("sections/", "section/")
        .replace("tags/", "tag/")
        .replace("authors/", "author/") || "site") === feed && path.includes(format),
  ) ?? "";

/** The folder of a feed's path: `/sections/news` of `/sections/news/feed.json`. */
export const folderOf = (path: string): string => path.slice(0, path.lastIndexOf("/"));
