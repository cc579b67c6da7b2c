// The panel for subscribing to a page's feed: its address, with a button that copies it. The other formats,
// and links that open reader apps, are folded away.

import type { FC } from "hono/jsx";
import { documentPath } from "../feeds/catalogue.ts";
import { type View, WrittenAddress } from "./view.tsx";

/** The names of the formats in reader apps. */
export const FORMAT_NAMES = { rss: "RSS", atom: "Atom", json: "JSON Feed" } as const;

/** Path of the list of all public feeds. */
export const OPML_PATH = "/feeds.opml";

/** Reader apps with a link that subscribes to a feed's address. */
const READERS: readonly (readonly [string, (feed: string) => string])[] = [
  ["Feedly", (feed) => `https://feedly.com/i/subscription/feed%2F${encodeURIComponent(feed)}`],
  ["Inoreader", (feed) => `https://www.inoreader.com/?add_feed=${encodeURIComponent(feed)}`],
  ["NewsBlur", (feed) => `https://www.newsblur.com/?url=${encodeURIComponent(feed)}`],
  ["NetNewsWire", (feed) => `feed:${feed}`],
];

/**
 * The panel for the feed of the page's first document; `name` names the feed if it isn't the site's. The
 * front page doesn't list other feeds: they are on their own pages, one click away, and in the OPML.
 */
export const Subscribe: FC<{ view: View; name?: string }> = ({ view, name }) => {
  const { site, words, mark } = view;
  const documents = view.documents.filter(({ feed }) => feed === view.documents[0]?.feed);
  const addresses = documents.map((key) => ({
    format: FORMAT_NAMES[key.format],
    url: site.url + documentPath(key),
  }));
  const [main, ...others] = addresses;
  if (main === undefined) return null;
  return (
    <section class="subscribe" aria-labelledby="subscribe">
      <h2 id="subscribe">
        <span {...mark}>{name === undefined ? words.subscribe : words.subscribeTo(name)}</span>
      </h2>
      <p {...mark}>{words.feeds}</p>
      <Address view={view} {...main} />
      <details>
        <summary {...mark}>{words.otherWays}</summary>
        <p class="readers">
          <span {...mark}>{words.addTo}</span>
          {READERS.map(([reader, link]) => (
            <a href={link(main.url)} rel="nofollow">
              {reader}
            </a>
          ))}
        </p>
        {others.map((address) => (
          <Address view={view} {...address} />
        ))}
        <p class="readers">
          <a href={OPML_PATH} {...mark}>
            {words.allFeeds}
          </a>
        </p>
      </details>
      <p class="unseen" role="status" {...mark} />
      <script src="/copy.js" defer />
    </section>
  );
};

const Address: FC<{ view: View; format: string; url: string }> = ({ view: { words, mark }, format, url }) => (
  <div class="address">
    <b>{format}</b>
    <a href={url} dir="ltr">
      <WrittenAddress url={url} />
    </a>
    <button type="button" hidden data-copy={url} data-copied={words.copied} {...mark}>
      {words.copy}
      <span class="unseen"> {format}</span>
    </button>
  </div>
);

/**
 * Body of `/copy.js`, the only script of public pages: it shows the buttons that copy a feed's address, and
 * makes them work. Browsers offer `clipboard` only on secure pages; elsewhere the buttons stay hidden. If the
 * user has forbidden it, the address is selected instead.
 */
export const COPY_SCRIPT = `for (const button of navigator.clipboard ? document.querySelectorAll("button[data-copy]") : []) {
  button.hidden = false;
  button.onclick = async () => {
    try {
      await navigator.clipboard.writeText(button.dataset.copy);
    } catch {
      getSelection().selectAllChildren(button.parentElement.querySelector("a"));
      return;
    }
    button.firstChild.data = button.dataset.copied;
    button.closest("section").querySelector("[role=status]").textContent = button.textContent;
  };
}
`;
