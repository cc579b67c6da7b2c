// Players of video and sound in frames: the page that shows the same to people, and the player of a page.
// Readers' apps without frames get the page, never the player's own address, which is an empty screen to most
// people.

import { omitUndefined } from "../lib/omit-undefined.ts";

/** The player that sets no cookies until somebody presses play. */
const NO_COOKIE_HOST = "www.youtube-nocookie.com";
const YOUTUBE_HOSTS: ReadonlySet<string> = new Set([
  ...["www.youtube.com", "youtube.com", "m.youtube.com", "music.youtube.com"],
  ...[NO_COOKIE_HOST, "youtube-nocookie.com"],
]);
const VIMEO_HOSTS: ReadonlySet<string> = new Set(["vimeo.com", "www.vimeo.com", "player.vimeo.com"]);

/** One video or playlist, and from which second to which. */
interface Film {
  readonly service: "youtube" | "vimeo";
  readonly id?: string;
  readonly list?: string;
  /** Vimeo's key to an unlisted video. */
  readonly key?: string;
  readonly startSeconds?: number;
  readonly endSeconds?: number;
}

/** The player of a page of YouTube or Vimeo, or of another address of theirs that shows one film or list. */
export function playerFor(address: string): string | undefined {
  const film = filmAt(address);
  if (!film) return undefined;
  const { service, id, list, key, startSeconds, endSeconds } = film;
  if (service === "vimeo") {
    return `https://player.vimeo.com/video/${id}${key === undefined ? "" : `?h=${key}`}`;
  }
  return withQuery(`https://${NO_COOKIE_HOST}/embed/${id ?? "videoseries"}`, {
    ...{ list, start: startSeconds, end: endSeconds },
  });
}

/** Whose film or list an address shows, as a title: `YouTube`, `Vimeo`; undefined for any other address. */
export function serviceOf(address: string): string | undefined {
  const film = filmAt(address);
  return film && (film.service === "vimeo" ? "Vimeo" : "YouTube");
}

/**
 * The page for people that shows what the player at `address` plays; undefined for an address of no known
 * player.
 */
export function watchPage(address: string): string | undefined {
  const film = filmAt(address);
  if (film) return pageOf(film);
  const url = parsed(address);
  if (!url) return undefined;
  for (const [host, path, page] of OTHER_PLAYERS) {
    if (url.host !== host) continue;
    const match = path.exec(url.pathname);
    const found = match && page(match, url.searchParams);
    if (found) return found;
  }
  const post = MASTODON.exec(url.pathname)?.[1];
  return post && url.origin + post;
}

// A post of Mastodon, which may be on any host.
const MASTODON = /^(\/@[\w.@-]+\/\d+)\/embed$/;

/**
 * A player's address as an article may hold it: YouTube's at the host that sets no cookies, and without
 * autoplay. Any other address is returned as it is.
 */
export function normalizePlayer(address: string): string {
  const url = parsed(address);
  if (!url) return address;
  const isYoutube = YOUTUBE_HOSTS.has(url.host);
  // A page in a frame shows nothing: YouTube and Vimeo forbid it.
  if (filmAt(address) && !isPlayer(url)) return playerFor(address) ?? address;
  const starts = [...url.searchParams].filter(([name]) => STARTS_ITSELF.test(name)).map(([name]) => name);
  if (!isYoutube && starts.length === 0) return address;
  // Only if there is one: URLSearchParams writes all parameters in its own spelling.
  for (const name of starts) url.searchParams.delete(name);
  if (isYoutube) {
    url.protocol = "https:";
    url.host = NO_COOKIE_HOST;
  }
  return url.href;
}

/** True for a player of one of `hosts`. YouTube's two hosts count as one. */
export function isPlayerOf(address: string, hosts: readonly string[]): boolean {
  const url = parsed(address);
  if (url?.protocol !== "https:") return false;
  return (
    hosts.includes(url.host) || (url.host === NO_COOKIE_HOST && hosts.some((host) => YOUTUBE_HOSTS.has(host)))
  );
}

const STARTS_ITSELF = /^auto_?(?:play|start)$/i;

const isPlayer = (url: URL): boolean =>
  YOUTUBE_HOSTS.has(url.host) ? /^\/embed\//.test(url.pathname) : url.host === "player.vimeo.com";

const parsed = (address: string): URL | undefined => (URL.canParse(address) ? new URL(address) : undefined);

function filmAt(address: string): Film | undefined {
  const url = parsed(address);
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  if (YOUTUBE_HOSTS.has(url.host) || url.host === "youtu.be") return youtubeFilm(url);
  return VIMEO_HOSTS.has(url.host) ? vimeoFilm(url) : undefined;
}

function youtubeFilm({ host, pathname, searchParams }: URL): Film | undefined {
  const list = /^[\w-]{2,80}$/.exec(searchParams.get("list") ?? "")?.[0];
  const [, place, last] = /^\/(?:(embed|v|e|shorts|live)\/)?([\w-]+)\/?$/.exec(pathname) ?? [];
  const inPath = host === "youtu.be" || place !== undefined ? last : undefined;
  const id = VIDEO_ID.exec((last === "watch" ? searchParams.get("v") : inPath) ?? "")?.[0];
  const isList = last === "playlist" || last === "videoseries";
  if ((id === undefined || isList) && !(isList && list !== undefined)) return undefined;
  return {
    service: "youtube",
    ...omitUndefined({ id: isList ? undefined : id, list }),
    ...seconds("startSeconds", searchParams.get("start") ?? searchParams.get("t")),
    ...seconds("endSeconds", searchParams.get("end")),
  };
}

// Eleven characters today, but YouTube doesn't promise that.
const VIDEO_ID = /^[\w-]{6,20}$/;

function vimeoFilm({ host, pathname, searchParams }: URL): Film | undefined {
  const inPlayer = host === "player.vimeo.com";
  const path = inPlayer
    ? /^\/video\/(\d+)()\/?$/
    : /^\/(?:[\w-]+\/[\w-]+\/(?:videos?\/)?)?(\d+)(?:\/([\da-f]+))?\/?$/;
  const [, id, inPath] = path.exec(pathname) ?? [];
  if (id === undefined) return undefined;
  const key = /^[\da-f]+$/.exec(searchParams.get("h") ?? inPath ?? "")?.[0];
  return { service: "vimeo", id, ...omitUndefined({ key }) };
}

function pageOf({ service, id, list, key, startSeconds }: Film): string {
  if (service === "vimeo") return `https://vimeo.com/${id}${key === undefined ? "" : `/${key}`}`;
  if (id === undefined) return withQuery("https://www.youtube.com/playlist", { list });
  return withQuery("https://www.youtube.com/watch", {
    ...{ v: id, list, t: startSeconds === undefined ? undefined : `${startSeconds}s` },
  });
}

function withQuery(address: string, values: Readonly<Record<string, string | number | undefined>>): string {
  const pairs = Object.entries(values).filter(([, value]) => value !== undefined);
  return pairs.length === 0
    ? address
    : `${address}?${pairs.map(([name, value]) => `${name}=${value}`).join("&")}`;
}

/** `90`, `90s`, `1m30s`, `1h2m3s`. */
function seconds<K extends string>(key: K, written: string | null): { readonly [P in K]?: number } | object {
  const [, hours, minutes, rest] =
    /^(?:(\d{1,2})h)?(?:(\d{1,3})m)?(?:(\d{1,6})s?)?$/.exec(written ?? "") ?? [];
  const sum = Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(rest ?? 0);
  return sum > 0 ? { [key]: sum } : {};
}

type Page = (path: RegExpExecArray, query: URLSearchParams) => string | undefined;

/** A parameter that is itself a web address. */
const named = (query: URLSearchParams, name: string): string | undefined => {
  const value = query.get(name) ?? "";
  return /^https:\/\//.test(value) && URL.canParse(value) ? new URL(value).href : undefined;
};

// Host and path of a player, and the page that shows the same.
const OTHER_PLAYERS: readonly (readonly [string, RegExp, Page])[] = [
  ["open.spotify.com", /^\/embed(?:-podcast)?\/(\w+\/\w+)/, ([, what]) => `https://open.spotify.com/${what}`],
  [
    "w.soundcloud.com",
    /^\/player\/?$/,
    (_, query) => {
      const page = named(query, "url");
      // The API's own addresses are nothing that a person can open.
      return page !== undefined && new URL(page).host === "soundcloud.com" ? page : undefined;
    },
  ],
  ["www.dailymotion.com", /^\/embed\/video\/(\w+)/, ([, id]) => `https://www.dailymotion.com/video/${id}`],
  ["geo.dailymotion.com", /^\/player/, (_, query) => dailymotion(query.get("video"))],
  ["www.facebook.com", /^\/plugins\/(?:post|video)\.php$/, (_, query) => named(query, "href")],
  [
    "www.instagram.com",
    /^\/((?:p|reel|tv)\/[\w-]+)\/embed/,
    ([, post]) => `https://www.instagram.com/${post}/`,
  ],
  ["platform.twitter.com", /^\/embed\/Tweet\.html$/, (_, query) => tweet(query.get("id"))],
  [
    "embed.bsky.app",
    /^\/embed\/(did:[\w:.-]+)\/app\.bsky\.feed\.post\/(\w+)/,
    ([, did, post]) => `https://bsky.app/profile/${did}/post/${post}`,
  ],
  [
    "www.linkedin.com",
    /^\/embed\/(feed\/update\/urn:[\w:]+)/,
    ([, post]) => `https://www.linkedin.com/${post}`,
  ],
  // Viewers of files, which show what a browser opens by itself.
  ["docs.google.com", /^\/(?:g?view|viewer)$/, (_, query) => named(query, "url")],
  ["view.officeapps.live.com", /^\/op\/(?:embed|view)\.aspx$/, (_, query) => named(query, "src")],
  ["player.twitch.tv", /^\/$/, (_, query) => twitch(query)],
  ["embed.ted.com", /^\/(talks\/.+)$/, ([, talk]) => `https://www.ted.com/${talk}`],
  ["giphy.com", /^\/embed\/(\w+)/, ([, id]) => `https://giphy.com/gifs/${id}`],
  ["streamable.com", /^\/[a-z]\/(\w+)/, ([, id]) => `https://streamable.com/${id}`],
  [
    "codepen.io",
    /^\/([\w-]+)\/embed\/(?:preview\/)?(\w+)/,
    ([, user, pen]) => `https://codepen.io/${user}/pen/${pen}`,
  ],
  [
    "flo.uri.sh",
    /^\/((?:visualisation|story)\/\d+)\/embed/,
    ([, what]) => `https://public.flourish.studio/${what}/`,
  ],
  ["www.loom.com", /^\/embed\/(\w+)/, ([, id]) => `https://www.loom.com/share/${id}`],
  [
    "embed.podcasts.apple.com",
    /^\/(.+)$/,
    ([, path], query) =>
      withQuery(`https://podcasts.apple.com/${path}`, { i: /^\d+$/.exec(query.get("i") ?? "")?.[0] }),
  ],
  ["embed.music.apple.com", /^\/(.+)$/, ([, path]) => `https://music.apple.com/${path}`],
  ["archive.org", /^\/embed\/([\w.-]+)/, ([, id]) => `https://archive.org/details/${id}`],
  ["rumble.com", /^\/embed\/(v\w+)/, ([, id]) => `https://rumble.com/${id}`],
];

const dailymotion = (id: string | null): string | undefined =>
  /^\w+$/.test(id ?? "") ? `https://www.dailymotion.com/video/${id}` : undefined;
const tweet = (id: string | null): string | undefined =>
  /^\d+$/.test(id ?? "") ? `https://twitter.com/i/status/${id}` : undefined;

function twitch(query: URLSearchParams): string | undefined {
  const video = /^v?(\d+)$/.exec(query.get("video") ?? "")?.[1];
  if (video !== undefined) return `https://www.twitch.tv/videos/${video}`;
  const channel = /^\w+$/.exec(query.get("channel") ?? "")?.[0];
  return channel === undefined ? undefined : `https://www.twitch.tv/${channel}`;
}
