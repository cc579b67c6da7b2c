// Shortcodes that embed what stands elsewhere, such as `[youtube=…]`, `[vimeo 1]` and `[gist]1[/gist]`: the
// address of what they show.

/** An embedding shortcode: its attributes by name or number. */
interface Embed {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  /** What stands between its tags. */
  readonly content?: string;
}

/** What stands before an id in the address, and behind it; undefined for those that only take an address. */
const SERVICES: Readonly<Record<string, readonly [before: string, after?: string] | undefined>> = {
  youtube: ["https://www.youtube.com/watch?v="],
  vimeo: ["https://vimeo.com/"],
  tweet: ["https://twitter.com/i/status/"],
  gist: ["https://gist.github.com/"],
  dailymotion: ["https://www.dailymotion.com/video/"],
  instagram: ["https://www.instagram.com/p/", "/"],
  ted: ["https://www.ted.com/talks/view/id/"],
  wpvideo: ["https://videopress.com/v/"],
  videopress: ["https://videopress.com/v/"],
  scribd: ["https://www.scribd.com/document/"],
  flickr: undefined,
  facebook: undefined,
  googlemaps: undefined,
  slideshare: undefined,
  soundcloud: undefined,
  spotify: undefined,
  tiktok: undefined,
};

/** The shortcodes' names. */
export const EMBED_NAMES: readonly string[] = Object.keys(SERVICES);

const KEYS = ["url", "src", "href", "id", "video", "tweet", "username"];
const ADDRESS = /(?:https?:)?\/\/[^\s"'<>[\]]+/i;
const ID = /^[\w/-]+$/;
// How large it was shown, which WordPress.com lets people write behind YouTube's address.
const SIZE = /&(?:amp;|#0?38;)?[wh]=\d+/g;

/** The address of what `shortcode` shows; undefined where it says none. */
export function addressOfEmbed({ name, attributes, content }: Embed): string | undefined {
  const given = [attributes.get("0"), ...KEYS.map((key) => attributes.get(key)), content];
  const values = given.flatMap(
    (value) =>
      value
        ?.replace(/^=/, "")
        .replace(/^["']|["']$/g, "")
        .trim() || [],
  );
  const address = values.map((value) => ADDRESS.exec(value)?.[0]).find((found) => found !== undefined);
  if (address !== undefined) return address.replace(SIZE, "");
  const [, service, kind, track] = /^(spotify):(\w+):(\w+)$/.exec(values[0] ?? "") ?? [];
  if (service !== undefined) return `https://open.spotify.com/${kind}/${track}`;
  const [before, after = ""] = SERVICES[name] ?? [];
  const id = values.find((value) => ID.test(value));
  return before === undefined || id === undefined ? undefined : before + id + after;
}
