// Pictures, frames and embeds as systems of the web write them; see web-html.ts.

import type { WebHtml } from "./web-html.ts";

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
export const WATCH = "https://www.youtube.com/watch?v=abcdefghijk";
export const BARE = `<iframe src="${YOUTUBE}" title="YouTube" width="560" height="315" allowfullscreen loading="lazy" referrerpolicy="strict-origin-when-cross-origin"></iframe>`;
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

/** Every case. */
export const WEB_MEDIA: readonly WebHtml[] = [...pictures, ...frames, ...embeds];
