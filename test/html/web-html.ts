// HTML as systems of the web write it, and what becomes of it whichever way it comes in: one table for every door.
// In `shown` stands the body behind the clean-up, on a site that allows players of YouTube (without cookies) and Vimeo.

import type { WarningCode } from "../../src/article/warning.ts";
import { BARE, WATCH, WEB_MEDIA } from "./web-media.ts";

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
export const WEB_HTML: readonly WebHtml[] = [...WEB_MEDIA, ...boxes, ...formulas, ...others];
