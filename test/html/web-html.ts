// HTML as systems of the web write it, and what becomes of it whichever way it comes in: one table for every door.
// In `shown` stands the body behind the clean-up, on a site that allows players of YouTube (without cookies) and Vimeo.

import type { WarningCode } from "../../src/article/warning.ts";

/** One piece of HTML, and what readers get. */
export interface WebHtml {
  readonly name: string;
  readonly html: string;
  readonly shown: string;
  /** By way of WordPress, where its paragraphs part what others keep together. */
  readonly shownByWordpress?: string;
  /** What a PUT answers with; an import notes what it takes out itself. */
  readonly warnings?: readonly WarningCode[];
}

const GIF = "data:image/gif;base64,R0lGODlhAQABAAAAACw=";
const SVG = "data:image/svg+xml;base64,PHN2ZyB4bWxucz0iaHR0cDovL3d3dy53My5vcmcvMjAwMC9zdmciLz4=";
const PIER = '<img src="https://pics.example/pier.jpg" alt="A pier">';
const pictures: readonly WebHtml[] = [
  ...[
    `<img src="${GIF}" data-src="https://pics.example/pier.jpg" alt="A pier">`,
    `<img src="${SVG}" data-lazy-src="https://pics.example/pier.jpg" alt="A pier">`,
    '<img src="" data-original="https://pics.example/pier.jpg" alt="A pier">',
    '<img data-hi-res-src="https://pics.example/pier.jpg" alt="A pier">',
    `<img src="${GIF}" data-orig-file="https://pics.example/pier.jpg" alt="A pier">`,
    '<img src="https://pics.example/blank.gif" loading="lazy" data-pier="https://pics.example/pier.jpg" alt="A pier">',
    '<img src="https://pics.example/blank.gif" data-small="https://pics.example/pier-s.jpg" data-large="https://pics.example/pier.jpg" alt="A pier">',
    '<img srcset="https://pics.example/pier-s.jpg 600w, https://pics.example/pier.jpg 1200w" alt="A pier">',
    `<img src="${GIF}" data-srcset="https://pics.example/pier-s.jpg 1x, https://pics.example/pier.jpg 2x" alt="A pier">`,
    `<img data-lazy-srcset="https://pics.example/pier-s.jpg 600w,https://pics.example/pier.jpg 1200w" sizes="auto" src="${GIF}" alt="A pier">`,
    `<img src="${GIF}" alt="A pier"><noscript><img src="https://pics.example/pier.jpg" alt="A pier"></noscript>`,
    `<img src="${GIF}" data-src="https://pics.example/pier.jpg" alt="A pier"><noscript><img src="https://pics.example/pier.jpg" alt="A pier"></noscript>`,
    '<amp-img src="https://pics.example/pier.jpg" alt="A pier"></amp-img>',
    '<img src="https://pics.example/_next/image?url=%2Fpier.jpg&amp;w=1920&amp;q=75" srcset="https://pics.example/_next/image?url=%2Fpier.jpg&amp;w=640&amp;q=75 1x" alt="A pier">',
    '<img src="/_next/image?url=https%3A%2F%2Fpics.example%2Fpier.jpg&amp;w=1920&amp;q=75" alt="A pier">',
    `<span><img alt="" aria-hidden="true" src="${SVG}"></span><img alt="A pier" src="${GIF}"><noscript><img src="/_next/image?url=https%3A%2F%2Fpics.example%2Fpier.jpg&amp;w=64&amp;q=75" alt="A pier"></noscript>`,
    '<img class="progressiveMedia-thumbnail" src="https://pics.example/30/pier.jpg" alt="A pier"><img class="progressiveMedia-image" data-src="https://pics.example/pier.jpg" alt="A pier">',
    `<picture><source media="(min-width: 800px)" srcset="https://pics.example/pier.jpg 1600w"><img src="${GIF}" alt="A pier"></picture>`,
    `<picture><source srcset="https://pics.example/night.jpg 3000w" media="(prefers-color-scheme: dark)"><source data-srcset="https://pics.example/pier.jpg"><img src="${GIF}" alt="A pier"></picture>`,
  ].map((html, index) => ({
    name: `a picture that loads late (${index + 1})`,
    html: `<p>${html}</p>`,
    shown: `<p>${PIER}</p>`,
  })),
  {
    name: "a placeholder that links to its picture",
    html: `<p><a href="https://pics.example/pier.jpg"><img src="${GIF}" alt="A pier"></a></p>`,
    shown: `<p><a href="https://pics.example/pier.jpg">${PIER}</a></p>`,
  },
  {
    name: "a picture without an address",
    html: '<p>Before.</p><p><img src=""></p><p>After.</p>',
    shown: "<p>Before.</p><p>After.</p>",
    warnings: ["picture-dropped"],
  },
  ...[
    `<div class="hero" style="height:40vh;background-image:url('https://pics.example/pier.jpg')" role="img" aria-label="A pier"></div>`,
    '<div style="background: #eee url(https://pics.example/pier.jpg) center / cover no-repeat" aria-label="A pier"> </div>',
    `<div class="lazyload" data-bg="https://pics.example/pier.jpg" style="background-image:url(${GIF})" title="A pier"></div>`,
    '<div data-background-image="url(&quot;https://pics.example/pier.jpg&quot;)" aria-label="A pier"></div>',
  ].map((html, index) => ({
    name: `a picture behind an empty box (${index + 1})`,
    html,
    shown: PIER,
  })),
  {
    name: "a picture behind a figure that has a caption alone",
    html: '<figure style="background-image: url(https://pics.example/pier.jpg)" aria-label="A pier"><figcaption>The pier</figcaption></figure>',
    shown: `<figure>${PIER}<figcaption>The pier</figcaption></figure>`,
  },
  {
    name: "a picture behind words",
    html: '<div style="background-image:url(https://pics.example/pier.jpg)"><p>Words on a pier.</p></div>',
    shown: "<p>Words on a pier.</p>",
    warnings: ["background-dropped"],
  },
  {
    name: "a picture behind itself",
    html: `<div style="background-image:url(https://pics.example/pier-300x200.jpg)">${PIER}</div>`,
    shown: PIER,
  },
  {
    name: "a picture behind an empty box that nobody else can open",
    html: `<p>Before.</p><div style="background:url(${GIF})"></div><p>After.</p>`,
    shown: "<p>Before.</p><p>After.</p>",
    warnings: ["picture-dropped"],
  },
  {
    name: "a picture that only a script would have put there",
    html: '<p><picture><source srcset="https://pics.example/pier-s.jpg 600w, https://pics.example/pier.jpg 1200w"></picture></p>',
    shown: '<p><img src="https://pics.example/pier.jpg"></p>',
  },
  {
    name: "a picture that Wix shows blurred first",
    html: '<p><img src="https://static.wixstatic.com/media/abc~mv2.jpg/v1/fill/w_49,h_33,al_c,q_80,usm_0.66,blur_2/abc~mv2.jpg" alt="A pier"></p>',
    shown: '<p><img src="https://static.wixstatic.com/media/abc~mv2.jpg" alt="A pier"></p>',
  },
  {
    name: "a pixel that counts readers",
    html: '<p>Words.<img src="https://count.example/p.gif" width="1" height="1"></p>',
    shown: "<p>Words.</p>",
    warnings: ["pixel-dropped"],
  },
];

const YOUTUBE = "https://www.youtube-nocookie.com/embed/abcdefghijk";
const WATCH = "https://www.youtube.com/watch?v=abcdefghijk";
const BARE = `<iframe src="${YOUTUBE}" title="YouTube" width="560" height="315" allowfullscreen loading="lazy" referrerpolicy="strict-origin-when-cross-origin"></iframe>`;
const frames: readonly WebHtml[] = [
  {
    name: "a player of YouTube sets no cookies, and doesn't start by itself",
    html: '<iframe src="https://www.youtube.com/embed/abcdefghijk?autoplay=1" title="A film" allowfullscreen referrerpolicy="strict-origin-when-cross-origin"></iframe>',
    shown: `<iframe src="${YOUTUBE}" title="A film" allowfullscreen referrerpolicy="strict-origin-when-cross-origin" width="560" height="315" loading="lazy"></iframe>`,
  },
  {
    name: "a player without its scheme",
    html: '<iframe src="//www.youtube.com/embed/abcdefghijk?start=90"></iframe>',
    shown: `<iframe src="${YOUTUBE}?start=90" title="YouTube" width="560" height="315" allowfullscreen loading="lazy" referrerpolicy="strict-origin-when-cross-origin"></iframe>`,
  },
  {
    name: "a frame that loads late",
    html: `<iframe data-src="${YOUTUBE}" title="A film"></iframe>`,
    shown: BARE.replace('"YouTube"', '"A film"'),
  },
  {
    name: "a frame that loads late in its own way, with a double for those without scripts",
    html: `<iframe src="about:blank" data-litespeed-src="${YOUTUBE}" title="A film"></iframe><noscript><iframe src="${YOUTUBE}" title="A film"></iframe></noscript>`,
    shown: BARE.replace('"YouTube"', '"A film"'),
  },
  {
    name: "a frame that holds its document",
    html: '<iframe srcdoc="&lt;p&gt;Boats a day: 44&lt;/p&gt;&lt;script&gt;alert(1)&lt;/script&gt;" title="Boats"></iframe>',
    shown: "<p>Boats a day: 44</p>",
    warnings: ["script-dropped"],
  },
  {
    name: "a preview that stands in a frame until it is pressed",
    html: `<iframe src="${YOUTUBE}?autoplay=1" srcdoc="&lt;a href=${YOUTUBE}&gt;▶&lt;/a&gt;" title="A film"></iframe>`,
    shown: BARE.replace('"YouTube"', '"A film"'),
  },
  {
    name: "a player of another host",
    html: '<iframe src="https://open.spotify.com/embed/episode/4rOoJ6Egrf8K2IrywzwOMk" title="The harbour hour"></iframe>',
    shown: '<p><a href="https://open.spotify.com/episode/4rOoJ6Egrf8K2IrywzwOMk">The harbour hour</a></p>',
    warnings: ["frame-became-link"],
  },
  ...[
    ["in a paragraph", `<p>${WATCH}</p>`],
    ["as a link", `<p><a href="${WATCH}">${WATCH}</a></p>`],
    ["cut short", "<p>https://youtu.be/abcdefghijk?si=x1y2</p>"],
    ["of a short film", "<p>https://www.youtube.com/shorts/abcdefghijk</p>"],
    ["of a live one", "<p>https://m.youtube.com/live/abcdefghijk</p>"],
  ].map(([name = "", html = ""]) => ({ name: `a bare address ${name}`, html, shown: BARE })),
  ...[
    ["between two lines", `<p>The film:<br>${WATCH}<br>Look!</p>`, `<p>The film:</p>${BARE}<p>Look!</p>`],
    ["on a paragraph's last line", `<p>The film:<br>\n${WATCH}</p>`, `<p>The film:</p>${BARE}`],
    [
      "on a paragraph's first line",
      `<p id="film"><a href="${WATCH}">${WATCH}</a><br>By <b>Ida</b>.</p>`,
      `${BARE.replace("<iframe", '<iframe id="film"')}<p>By <b>Ida</b>.</p>`,
    ],
    [
      "twice, with lines that stay together",
      `<p>One<br>two<br>${WATCH}<br>${WATCH}<br>three<br>four</p>`,
      `<p>One<br>two</p>${BARE}${BARE}<p>three<br>four</p>`,
    ],
    ["in the font of a document", `<p><span style="font:Arial">${WATCH}</span></p>`, BARE],
    [
      "in a box without paragraphs",
      `<div>The film:<br><br>${WATCH}<br><br>Look!</div>`,
      `<p>The film:</p>${BARE}<p>Look!</p>`,
    ],
  ].map(([name = "", html = "", shown = ""]) => ({ name: `a bare address ${name}`, html, shown })),
  {
    name: "a bare address in WordPress's box",
    html: `<figure class="wp-block-embed is-provider-youtube"><div class="wp-block-embed__wrapper">\n${WATCH}\n</div><figcaption>The film</figcaption></figure>`,
    shown: `<figure>${BARE}<figcaption>The film</figcaption></figure>`,
  },
  {
    name: "a bare address of Vimeo",
    html: "<p>https://vimeo.com/76979871</p>",
    shown: BARE.replace(YOUTUBE, "https://player.vimeo.com/video/76979871").replace("YouTube", "Vimeo"),
  },
  {
    name: "an address within a sentence",
    html: `<p>See ${WATCH} for it.</p>`,
    shown: `<p>See ${WATCH} for it.</p>`,
  },
  {
    name: "the plug-in of old",
    html: '<object width="425" height="344"><param name="movie" value="http://www.youtube.com/v/abcdefghijk"><embed src="http://www.youtube.com/v/abcdefghijk" type="application/x-shockwave-flash"></object>',
    shown: `<iframe src="${YOUTUBE}" width="425" height="344" title="YouTube" allowfullscreen loading="lazy" referrerpolicy="strict-origin-when-cross-origin"></iframe>`,
  },
];

const embeds: readonly WebHtml[] = [
  {
    name: "a gist",
    html: '<script src="https://gist.github.com/idafenn/0123456789abcdef.js"></script>',
    shown:
      '<p><a href="https://gist.github.com/idafenn/0123456789abcdef">https://gist.github.com/idafenn/0123456789abcdef</a></p>',
    warnings: ["embed-became-link"],
  },
  {
    name: "a chart of Datawrapper",
    html: '<div style="min-height:400px"><script defer src="https://datawrapper.dwcdn.net/AbCdE/embed.js"></script><noscript><img src="https://datawrapper.dwcdn.net/AbCdE/full.png" alt="Boats a day"></noscript></div>',
    shown:
      '<p><a href="https://datawrapper.dwcdn.net/AbCdE/">https://datawrapper.dwcdn.net/AbCdE/</a></p><img src="https://datawrapper.dwcdn.net/AbCdE/full.png" alt="Boats a day">',
    warnings: ["embed-became-link"],
  },
  {
    name: "a chart of Flourish",
    html: '<div class="flourish-embed flourish-chart" data-src="visualisation/1234567"><script src="https://public.flourish.studio/resources/embed.js"></script></div>',
    shown:
      '<p><a href="https://public.flourish.studio/visualisation/1234567/">https://public.flourish.studio/visualisation/1234567/</a></p>',
    warnings: ["embed-became-link"],
  },
  {
    name: "a post on Twitter",
    html: '<blockquote class="twitter-tweet"><p lang="en" dir="ltr">Gate open</p><p>— Keeper (@k) <a href="https://twitter.com/k/status/1?ref_src=twsrc">May 1</a></p></blockquote><script async src="https://platform.twitter.com/widgets.js"></script>',
    shown:
      '<blockquote><p lang="en" dir="ltr">Gate open</p><p>— Keeper (@k) <a href="https://twitter.com/k/status/1?ref_src=twsrc">May 1</a></p></blockquote>',
  },
  {
    name: "a post on Instagram without its words",
    html: '<blockquote class="instagram-media" data-instgrm-permalink="https://www.instagram.com/p/CxYz/?utm_source=ig_embed"><div style="padding:16px"></div></blockquote><script async src="//www.instagram.com/embed.js"></script>',
    shown: '<p><a href="https://www.instagram.com/p/CxYz/">https://www.instagram.com/p/CxYz/</a></p>',
    warnings: ["embed-became-link"],
  },
  {
    name: "a film on TikTok",
    html: '<blockquote class="tiktok-embed" cite="https://www.tiktok.com/@keeper/video/123" data-video-id="123"><section><p>The gate opens</p></section></blockquote><script async src="https://www.tiktok.com/embed.js"></script>',
    shown:
      '<blockquote><p>The gate opens</p><p><a href="https://www.tiktok.com/@keeper/video/123">https://www.tiktok.com/@keeper/video/123</a></p></blockquote>',
  },
  {
    name: "a post on Facebook",
    html: '<div class="fb-post" data-href="https://www.facebook.com/harbour/posts/1" data-width="500"><blockquote class="fb-xfbml-parse-ignore"><p>The gate is open</p></blockquote></div>',
    shown:
      '<blockquote><p>The gate is open</p><p><a href="https://www.facebook.com/harbour/posts/1">https://www.facebook.com/harbour/posts/1</a></p></blockquote>',
  },
  {
    name: "a post on Bluesky",
    html: '<blockquote class="bluesky-embed" data-bluesky-uri="at://did:plc:abc123def456/app.bsky.feed.post/3kabcdefgh2x" data-bluesky-cid="bafyreia"><p lang="en">The lamps along the wall are lit again.<br><br><a href="https://bsky.app/profile/did:plc:abc123def456/post/3kabcdefgh2x?ref_src=embed">[image or embed]</a></p>&mdash; Harbour Office (<a href="https://bsky.app/profile/did:plc:abc123def456?ref_src=embed">@harbour.example</a>) <a href="https://bsky.app/profile/did:plc:abc123def456/post/3kabcdefgh2x?ref_src=embed">May 1, 2025 at 9:12 AM</a></blockquote><script async src="https://embed.bsky.app/static/embed.js" charset="utf-8"></script>',
    shown:
      '<blockquote><p lang="en">The lamps along the wall are lit again.<br><br><a href="https://bsky.app/profile/did:plc:abc123def456/post/3kabcdefgh2x?ref_src=embed">[image or embed]</a></p>— Harbour Office (<a href="https://bsky.app/profile/did:plc:abc123def456?ref_src=embed">@harbour.example</a>) <a href="https://bsky.app/profile/did:plc:abc123def456/post/3kabcdefgh2x?ref_src=embed">May 1, 2025 at 9:12 AM</a></blockquote>',
  },
  {
    name: "a post on Bluesky in a frame",
    html: '<iframe src="https://embed.bsky.app/embed/did:plc:abc123def456/app.bsky.feed.post/3kabcdefgh2x?id=1" width="100%" height="300"></iframe>',
    shown:
      '<p><a href="https://bsky.app/profile/did:plc:abc123def456/post/3kabcdefgh2x">https://bsky.app/profile/did:plc:abc123def456/post/3kabcdefgh2x</a></p>',
    warnings: ["frame-became-link"],
  },
  {
    name: "a post on Threads, which a script would have filled",
    html: '<blockquote class="text-post-media" data-text-post-permalink="https://www.threads.com/@harbour/post/DAbCdEfGh1" data-text-post-version="0" id="ig-tp-DAbCdEfGh1" style="background:#FFF"><a href="https://www.threads.com/@harbour/post/DAbCdEfGh1" style="text-decoration:none" target="_blank"><div style="padding:40px"><div style="width:32px"><svg aria-label="Threads" height="32" role="img" viewBox="0 0 192 192"><path d="M141 88"/></svg></div><div style="font-weight:600">View on Threads</div></div></a></blockquote><script async src="https://www.threads.com/embed.js"></script>',
    shown:
      '<blockquote id="ig-tp-DAbCdEfGh1"><a href="https://www.threads.com/@harbour/post/DAbCdEfGh1"><div><div>View on Threads</div></div></a></blockquote>',
  },
  {
    name: "a post on Mastodon",
    html: '<blockquote class="mastodon-embed" data-embed-url="https://social.example/@harbour/112233445566778899/embed" style="background:#FCF8FF"><a href="https://social.example/@harbour/112233445566778899" target="_blank" style="color:#1C1A25"><svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 79 75"><path d="M63 45"/></svg><div style="color:#787588">Post by @harbour@social.example</div><div style="font-weight:500">View on Mastodon</div></a></blockquote><script data-allowed-prefixes="https://social.example/" async src="https://social.example/embed.js"></script>',
    shown:
      '<blockquote><a href="https://social.example/@harbour/112233445566778899"><div>Post by @harbour@social.example</div><div>View on Mastodon</div></a></blockquote>',
    shownByWordpress:
      '<blockquote><a href="https://social.example/@harbour/112233445566778899">Post by @harbour@social.example</a><a href="https://social.example/@harbour/112233445566778899">View on Mastodon</a></blockquote>',
  },
  {
    name: "a post on Mastodon in a frame, as it was before",
    html: '<iframe src="https://social.example/@harbour/112233445566778899/embed" class="mastodon-embed" style="max-width:100%" width="400" allowfullscreen="allowfullscreen"></iframe><script src="https://social.example/embed.js" async="async"></script>',
    shown:
      '<p><a href="https://social.example/@harbour/112233445566778899">https://social.example/@harbour/112233445566778899</a></p>',
    warnings: ["frame-became-link", "script-dropped"],
  },
  {
    name: "a post on Reddit",
    html: '<blockquote class="reddit-embed-bq" style="height:316px" data-embed-height="316"><a href="https://www.reddit.com/r/harbours/comments/1abcde/the_lamps_are_lit/">The lamps are lit</a><br> by<a href="https://www.reddit.com/user/lampkeeper/">u/lampkeeper</a> in<a href="https://www.reddit.com/r/harbours/">harbours</a></blockquote><script async="" src="https://embed.reddit.com/widgets.js" charset="UTF-8"></script>',
    shown:
      '<blockquote><a href="https://www.reddit.com/r/harbours/comments/1abcde/the_lamps_are_lit/">The lamps are lit</a><br> by<a href="https://www.reddit.com/user/lampkeeper/">u/lampkeeper</a> in<a href="https://www.reddit.com/r/harbours/">harbours</a></blockquote>',
  },
  {
    name: "a comment on Reddit, as it was before",
    html: '<blockquote class="reddit-card" data-card-created="1588000000"><a href="https://www.reddit.com/r/harbours/comments/1abcde/the_lamps_are_lit/?ref_source=embed">The lamps are lit</a> from <a href="https://www.reddit.com/r/harbours/?ref_source=embed">r/harbours</a></blockquote>\n<script async src="//embed.redditmedia.com/widgets/platform.js" charset="UTF-8"></script>',
    shown:
      '<blockquote><a href="https://www.reddit.com/r/harbours/comments/1abcde/the_lamps_are_lit/?ref_source=embed">The lamps are lit</a> from <a href="https://www.reddit.com/r/harbours/?ref_source=embed">r/harbours</a></blockquote>',
  },
  {
    name: "a picture on Imgur",
    html: '<blockquote class="imgur-embed-pub" lang="en" data-id="a/AbCdE12"><a href="//imgur.com/a/AbCdE12">The lamps, lit</a></blockquote><script async src="//s.imgur.com/min/embed.js" charset="utf-8"></script>',
    shown: '<blockquote lang="en"><a href="https://imgur.com/a/AbCdE12">The lamps, lit</a></blockquote>',
  },
  {
    name: "a picture on Imgur without its words",
    html: '<blockquote class="imgur-embed-pub" lang="en" data-id="AbCdE12"></blockquote><script async src="//s.imgur.com/min/embed.js" charset="utf-8"></script>',
    shown: '<p><a href="https://imgur.com/AbCdE12">https://imgur.com/AbCdE12</a></p>',
    warnings: ["embed-became-link"],
  },
];

/** A link to what was shown, as a paragraph. */
const linkTo = (address: string): string => `<p><a href="${address}">${address}</a></p>`;
const boxes: readonly WebHtml[] = [
  ...[
    [
      "a plugin that waits for a click",
      `<div class="rll-youtube-player" data-src="https://www.youtube.com/embed/abcdefghijk" data-id="abcdefghijk"></div><noscript><iframe src="https://www.youtube.com/embed/abcdefghijk?feature=oembed"></iframe></noscript>`,
    ],
    [
      "a preview with YouTube's picture",
      '<div class="video" data-video-url="https://youtu.be/abcdefghijk"><img src="https://i.ytimg.com/vi/abcdefghijk/hqdefault.jpg" alt=""><span class="play"></span></div>',
    ],
    [
      "Elementor",
      '<div class="elementor-widget-video" data-settings="{&quot;youtube_url&quot;:&quot;https:\\/\\/www.youtube.com\\/watch?v=abcdefghijk&quot;}"><div class="elementor-wrapper"><div class="elementor-video"></div></div></div>',
    ],
    [
      "Squarespace",
      '<div class="sqs-video-wrapper" data-html="&lt;iframe src=&quot;//www.youtube.com/embed/abcdefghijk?wmode=opaque&amp;amp;enablejsapi=1&quot; title=&quot;Film&quot;&gt;&lt;/iframe&gt;"></div>',
    ],
    [
      "CKEditor",
      `<figure class="media"><oembed url="${WATCH}"></oembed></figure>`,
      `<figure>${BARE}</figure>`,
    ],
    ["Plyr", '<div data-plyr-provider="youtube" data-plyr-embed-id="abcdefghijk"></div>'],
    [
      "WordPress's short code, as it is shown",
      `<div class="wp-video"><video class="wp-video-shortcode" width="640" height="360" preload="metadata" controls><source type="video/youtube" src="${WATCH}"><a href="${WATCH}">${WATCH}</a></video></div>`,
    ],
  ].map(([name = "", html = "", shown = BARE]) => ({
    name: `a film that ${name} keeps in a box`,
    html,
    shown,
  })),
  ...[
    [
      "Substack's post on Twitter",
      '<div class="tweet" data-attrs="{&quot;url&quot;:&quot;https://twitter.com/k/status/123&quot;,&quot;full_text&quot;:&quot;Gate open&quot;}"></div>',
      "https://twitter.com/k/status/123",
    ],
    [
      "AMP's post on Facebook",
      '<amp-facebook width="552" height="310" layout="responsive" data-href="https://www.facebook.com/harbour/posts/1"></amp-facebook>',
      "https://www.facebook.com/harbour/posts/1",
    ],
    [
      "AMP's film on Dailymotion",
      '<amp-dailymotion data-videoid="x2m8jpp" layout="responsive" width="480" height="270"></amp-dailymotion>',
      "https://www.dailymotion.com/video/x2m8jpp",
    ],
    [
      "Brightcove's element",
      '<video-js data-video-id="123" data-account="456" data-player="default" data-embed="default" controls></video-js><script src="https://players.brightcove.net/456/default_default/index.min.js"></script>',
      "https://players.brightcove.net/456/default_default/index.html?videoId=123",
    ],
    [
      "Brightcove's film",
      '<video data-video-id="123" data-account="456" data-player="a1B2" class="video-js" controls></video>',
      "https://players.brightcove.net/456/a1B2_default/index.html?videoId=123",
    ],
    [
      "a film of JW Player",
      '<script src="https://cdn.jwplayer.com/players/abcd1234-efgh5678.js"></script>',
      "https://cdn.jwplayer.com/players/abcd1234-efgh5678.html",
    ],
    [
      "a message on Telegram",
      '<script async src="https://telegram.org/js/telegram-widget.js?22" data-telegram-post="harbour/123" data-width="100%"></script>',
      "https://t.me/harbour/123",
    ],
  ].map(([name = "", html = "", page = ""]) => ({
    name: `an empty box: ${name}`,
    html,
    shown: linkTo(page),
    warnings: ["embed-became-link" as const],
  })),
  {
    name: "a box that shows something by itself, and a button to share it",
    html: `<div data-url="${WATCH}"><p>Words.</p></div><div data-href="https://twitter.com/intent/tweet?url=https://h.example"></div>`,
    shown: "<p>Words.</p>",
  },
  {
    name: "a pin on Pinterest",
    html: '<p><a data-pin-do="embedPin" href="https://www.pinterest.com/pin/99360735500167749/"></a></p><script async defer src="//assets.pinterest.com/js/pinit.js"></script>',
    shown: linkTo("https://www.pinterest.com/pin/99360735500167749/"),
  },
  {
    name: "a post of another site that runs WordPress",
    html: '<figure class="wp-block-embed is-type-wp-embed"><div class="wp-block-embed__wrapper"><blockquote class="wp-embedded-content" data-secret="x"><a href="https://other.example/post/">The other post</a></blockquote><iframe class="wp-embedded-content" sandbox="allow-scripts" security="restricted" style="position: absolute; clip: rect(1px, 1px, 1px, 1px);" title="The other post" src="https://other.example/post/embed/#?secret=x" data-secret="x" width="600" height="338"></iframe></div></figure>',
    shown:
      '<figure><blockquote><a href="https://other.example/post/">The other post</a></blockquote></figure>',
  },
  {
    name: "a viewer of a file",
    html: '<iframe src="https://docs.google.com/viewer?url=https%3A%2F%2Fpics.example%2Fplan.pdf&amp;embedded=true" width="600" height="400"></iframe>',
    shown: linkTo("https://pics.example/plan.pdf"),
    warnings: ["frame-became-link"],
  },
];

const formulas: readonly WebHtml[] = [
  {
    name: "a formula stays, with what it says in TeX",
    html: '<p>It grows as <math xmlns="http://www.w3.org/1998/Math/MathML" display="inline"><semantics><msup><mi>e</mi><mrow><mi>k</mi><mi>t</mi></mrow></msup><annotation encoding="application/x-tex">e^{kt}</annotation></semantics></math> a year.</p>',
    shown:
      '<p>It grows as <math display="inline" alttext="e^{kt}"><msup><mi>e</mi><mrow><mi>k</mi><mi>t</mi></mrow></msup></math> a year.</p>',
  },
  {
    name: "brackets that browsers draw no more",
    html: "<p><math><mfenced open='[' close=']'><mi>a</mi><mi>b</mi></mfenced></math></p>",
    shown: "<p><math><mrow><mo>[</mo><mi>a</mi><mo>,</mo><mi>b</mi><mo>]</mo></mrow></math></p>",
  },
  {
    name: "formulas in scripts",
    html: '<p>So <script type="math/tex">x^2</script> is <script type="math/asciimath">sum x</script>.</p>',
    shown: "<p>So x^2 is sum x.</p>",
  },
  {
    name: "a formula that Wikipedia hides until it is drawn",
    html: '<p>So <span style="display: none;"><math><mi>x</mi></math></span> is.</p>',
    shown: "<p>So <span><math><mi>x</mi></math></span> is.</p>",
  },
  {
    name: "a formula that MathJax 2 has drawn",
    html: '<p>So <span class="MathJax_Preview"></span><span class="MathJax" role="presentation"><nobr aria-hidden="true"><span class="math">x</span></nobr><span class="MJX_Assistive_MathML"><math><mi>x</mi></math></span></span><script type="math/tex">x</script> is.</p>',
    shown: "<p>So <span><span><math><mi>x</mi></math></span></span> is.</p>",
  },
  {
    name: "a formula that MathJax 2 has drawn, without MathML",
    html: '<p>So <span class="MathJax_SVG"><span class="math">x</span></span><script type="math/tex">x</script> is.</p>',
    shown: "<p>So x is.</p>",
  },
  {
    name: "a formula that MathJax 3 has drawn",
    html: '<p>So <mjx-container class="MathJax" jax="CHTML"><mjx-math aria-hidden="true"><mjx-mi><mjx-c></mjx-c></mjx-mi></mjx-math><mjx-assistive-mml><math><mi>x</mi></math></mjx-assistive-mml></mjx-container> is.</p>',
    shown: "<p>So <math><mi>x</mi></math> is.</p>",
  },
  {
    name: "a drawing's words",
    html: '<p>The chart: <svg viewBox="0 0 9 9"><title>Boats a day</title><text x="5">2019: 44</text><rect width="9"/></svg> shows it.</p>',
    shown: "<p>The chart: Boats a day, 2019: 44 shows it.</p>",
    warnings: ["svg-became-text"],
  },
];

const others: readonly WebHtml[] = [
  ...[
    "<p hidden>A draft</p>",
    '<div style="color: red; display:none !important">A draft</div>',
    '<p style="visibility: hidden">A draft</p>',
    "<dialog>A draft</dialog>",
    '<section hidden><h2>A draft</h2><img src="https://pics.example/pier.jpg" alt=""></section>',
    "<div hidden><p>A draft</p><math><mi>x</mi></math></div>",
  ].map(
    (html): WebHtml => ({
      name: `what is hidden: ${html.slice(0, 30)}`,
      html: `<p>Seen.</p>${html}`,
      shown: "<p>Seen.</p>",
      warnings: ["hidden-dropped"],
    }),
  ),
  { name: "a box that is hidden, and empty", html: "<p>Seen.</p><div hidden></div>", shown: "<p>Seen.</p>" },
  {
    name: "what is found by searching in the page",
    html: '<p hidden="until-found">Seen.</p>',
    shown: "<p>Seen.</p>",
  },
  {
    name: "a film doesn't start by itself, can be stopped, and keeps its subtitles",
    html: '<video autoplay loop muted src="https://pics.example/loop.mp4" width="640"><track kind="captions" src="https://pics.example/loop.vtt" srclang="en" label="English"></video>',
    shown:
      '<video src="https://pics.example/loop.mp4" width="640" controls><track kind="captions" src="https://pics.example/loop.vtt" srclang="en" label="English"></video>',
  },
  {
    name: "a film whose first picture is in its style",
    html: '<video src="https://pics.example/v.mp4" poster="https://img.spacergif.org/v1/1920x1080/0a/spacer.png" style="background: transparent url(\'https://pics.example/v_thumb.jpg\') 50% 50% / cover no-repeat;"></video>',
    shown:
      '<video src="https://pics.example/v.mp4" poster="https://pics.example/v_thumb.jpg" controls></video>',
  },
  {
    name: "a sound can be started",
    html: '<audio src="https://pics.example/horn.mp3"></audio>',
    shown: '<audio src="https://pics.example/horn.mp3" controls></audio>',
  },
  {
    name: "a list of tasks, as GitHub writes it",
    html: '<ul class="contains-task-list"><li class="task-list-item"><input type="checkbox" checked disabled> Lamps lit</li><li class="task-list-item"><input type="checkbox" disabled> Pier mended</li></ul>',
    shown: "<ul><li>☑ Lamps lit</li><li>☐ Pier mended</li></ul>",
  },
  {
    name: "boxes with labels",
    html: '<p><label><input type="radio" name="q" checked>Yes</label><br><label for="no"><input type="radio" name="q" id="no"><b>No</b></label></p>',
    shown: "<p>◉ Yes<br>○ <b>No</b></p>",
  },
  {
    name: "what a pasted document says by its styles",
    html: '<div><b style="font-weight:normal;" id="docs-internal-guid-1"><p><span style="font-weight:700">Bold</span><span style="font-weight:400;text-decoration:line-through"> gone</span><span style="font-weight:700;font-style:italic"> both</span> 10<span style="font-size:0.6em;vertical-align:super">6</span></p></b></div>',
    shown: "<p><strong>Bold</strong><s> gone</s><strong><em> both</em></strong> 10<sup>6</sup></p>",
  },
  {
    name: "blocks that aren't kept don't run together",
    html: "<blockquote><p>It sails.</p><footer>Ida Fenn</footer></blockquote><address>Quay 1<br>Harbour</address><center>Middle</center><hgroup><h2>Two</h2><p>Sub</p></hgroup>",
    shown:
      "<blockquote><p>It sails.</p><p>Ida Fenn</p></blockquote><p>Quay 1<br>Harbour</p><p>Middle</p><h2>Two</h2><p>Sub</p>",
    warnings: ["element-unwrapped", "element-unwrapped", "element-unwrapped", "element-unwrapped"],
  },
  {
    name: "elements of old",
    html: '<div><dir><li>One</li></dir><p>The <acronym title="Harbour Board">HB</acronym></p><listing>a b</listing></div>',
    shown: '<ul><li>One</li></ul><p>The <abbr title="Harbour Board">HB</abbr></p><pre>a b</pre>',
  },
  {
    name: "what a drawing by script says to those who don't see it",
    html: '<figure><canvas width="400"><p>2019: 44 boats</p></canvas></figure>',
    shown: "<figure><p>2019: 44 boats</p></figure>",
    warnings: ["element-unwrapped"],
  },
  {
    name: "a list with numbers of its own",
    html: '<ol start="3"><li>Three</li><li value="7">Seven</li></ol>',
    shown: '<ol start="3"><li>Three</li><li value="7">Seven</li></ol>',
  },
  {
    name: "an element that nobody knows, with nothing in it",
    html: '<p>Before.</p><drupal-media data-entity-type="media" data-entity-uuid="abc" alt="A pier"></drupal-media><p>After.</p>',
    shown: "<p>Before.</p><p>After.</p>",
    warnings: ["element-dropped"],
  },
  {
    name: "a film without a file leaves its caption",
    html: "<figure><video autoplay></video><figcaption>The gate in motion</figcaption></figure>",
    shown: "<p>The gate in motion</p>",
    warnings: ["player-dropped"],
  },
  {
    name: "the old way to name a place",
    html: '<p><a href="https://other.example/#two">Two</a></p><h2><a name="two"></a>Part two</h2>',
    shown: '<p><a href="https://other.example/#two">Two</a></p><h2 id="two">Part two</h2>',
  },
  {
    name: "a link that leads nowhere",
    html: '<p>The <a href="javascript:void(0)">plan</a> is old.</p>',
    shown: "<p>The plan is old.</p>",
    warnings: ["address-dropped"],
  },
  {
    name: "a box that only a script would have filled",
    html: '<p>Before.</p><div class="ad-slot" data-zone="4"></div><p>After.</p>',
    shown: "<p>Before.</p><p>After.</p>",
  },
];

/** Every case. */
export const WEB_HTML: readonly WebHtml[] = [
  ...pictures,
  ...frames,
  ...embeds,
  ...boxes,
  ...formulas,
  ...others,
];
