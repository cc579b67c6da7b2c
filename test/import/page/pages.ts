// Saved pages, as content management systems write them; the sentences are ours.

/** Paragraphs of the article that most of the pages hold. */
export const PARAGRAPHS = [
  "The swing bridge over the Lower Basin opened to carts and walkers on Monday, eleven weeks after its main bearing cracked.",
  "Engineers replaced the bearing with one cast in the harbour's own foundry, which had not poured steel for a decade.",
  "Traders on the east quay said they had lost half of their winter custom, and asked the council to waive the spring rent.",
] as const;

const body = PARAGRAPHS.map((paragraph) => `<p>${paragraph}</p>`).join("\n");

const page = (head: string, content: string, html = '<html lang="en">'): string =>
  `<!doctype html>${html}<head><meta charset="utf-8">${head}</head><body>${content}</body></html>`;

const NAVIGATION =
  '<nav><ul><li><a href="/">Home</a></li><li><a href="/town">Town</a></li></ul></nav><header><a href="/">The Quayside Post</a></header>';
const RELATED =
  '<aside class="related"><h3>Read next</h3><a href="/a">Ferry fares frozen for a second year</a></aside>';

/** JSON-LD with `@graph`, references, several authors and an editor; a figure with its credit. */
export const GRAPH = page(
  `<title>Bridge opens again | The Quayside Post</title>
  <link rel="canonical" href="https://quayside.example/town/bridge-opens-again.html">
  <meta property="og:description" content="What search engines are told.">
  <script type="application/ld+json">${JSON.stringify({
    "@context": "https://schema.org",
    "@graph": [
      { "@type": "Organization", "@id": "#post", name: "The Quayside Post" },
      {
        "@type": "Person",
        "@id": "#quill",
        name: "Marta Quill",
        url: "https://quayside.example/people/quill",
      },
      {
        "@type": "ImageObject",
        "@id": "#lead",
        url: "https://cdn.quayside.example/bridge-1200x675.jpg",
        width: 1200,
      },
      {
        "@type": ["NewsArticle"],
        "@id": "https://quayside.example/town/bridge-opens-again.html#article",
        headline: "Bridge &amp; quay open again",
        alternativeHeadline: "Bridge opens",
        description: "Repairs took eleven weeks and a foundry that everybody thought dead.",
        author: [{ "@id": "#quill" }, { "@type": "Person", name: "Odo Bellwether", jobTitle: "Reporter" }],
        editor: "Ines Tarrow",
        publisher: { "@id": "#post" },
        image: { "@id": "#lead" },
        datePublished: "2026-01-12T18:04:00+01:00",
        dateModified: "2026-01-13T07:30:00+01:00",
        articleSection: ["Town", "Transport"],
        keywords: "bridges, harbour",
        inLanguage: "en-GB",
        copyrightHolder: { "@id": "#post" },
        copyrightYear: 2026,
      },
    ],
  })}</script>`,
  `${NAVIGATION}<article><header><h1>Bridge &amp; quay open again</h1><p class="byline">By Marta Quill and Odo Bellwether</p>
  <div class="share-bar"><a href="https://social.example/?u=1">Share</a></div></header>
  <figure><img src="bridge_files/bridge-800x450.jpg" alt="A swing bridge, half open" width="800" height="450">
  <figcaption>The bridge on its first day. <span class="photo-credit">Lena Oster</span></figcaption></figure>
  ${body}${RELATED}</article><footer>All rights reserved</footer>`,
);

/** Open Graph alone. */
export const OPEN_GRAPH = page(
  `<title>Bridge opens again - The Quayside Post</title>
  <meta property="og:type" content="article"><meta property="og:site_name" content="The Quayside Post">
  <meta property="og:title" content="Bridge opens &quot;again&quot; - The Quayside Post">
  <meta property="og:url" content="https://quayside.example/2026/01/bridge-opens/">
  <meta property="og:description" content="The swing bridge over the Lower Basin opened to carts and…">
  <meta property="og:image" content="https://cdn.quayside.example/og/bridge.jpg"><meta property="og:image:alt" content="The bridge">
  <meta property="og:locale" content="en_GB">
  <meta property="article:published_time" content="2026-01-12T17:04:00Z">
  <meta property="article:author" content="https://social.example/martaquill"><meta name="author" content="Marta Quill">
  <meta property="article:section" content="Town"><meta property="article:tag" content="bridges"><meta property="article:tag" content="harbour">`,
  `${NAVIGATION}<div id="main"><div class="article-body">${body}</div>${RELATED}</div>`,
);

/** Microdata alone. */
export const MICRODATA = page(
  "<title>Bridge opens again</title>",
  `<div itemscope itemtype="https://schema.org/BlogPosting"><h1 itemprop="headline">Bridge opens again</h1>
  <span itemprop="author" itemscope itemtype="https://schema.org/Person"><a itemprop="url" href="https://quayside.example/quill"><span itemprop="name">Marta Quill</span></a></span>
  <time itemprop="datePublished" datetime="2026-01-12">12 January</time>
  <div itemprop="articleBody"><div>${PARAGRAPHS[0]}</div><div>${PARAGRAPHS[1]}</div><div>${PARAGRAPHS[2]}</div></div></div>`,
);

/** An `article`, and nothing else that says anything. */
export const BARE = page(
  "",
  `<article><h1>Bridge opens again</h1><address>by <a rel="author" href="https://quayside.example/quill">Marta Quill</a></address>
  <p><time datetime="2026-01-12T18:04">Monday evening</time></p>${body}
  <ul class="tags"><li><a rel="tag" href="/t/bridges">bridges</a></li></ul></article>`,
);

/** No element or class that means anything. */
export const TABLES = page(
  "<title>Bridge opens again</title>",
  `<table><tr><td><a href="a.html">Home</a> <a href="b.html">Town</a> <a href="c.html">Letters</a></td></tr>
  <tr><td><div><div>${body}<p>${PARAGRAPHS[2]}</p></div></div></td><td><a href="d.html">Ferry fares frozen for a second year</a></td></tr></table>`,
  "<html>",
);

/** Pictures that scripts load. */
export const LAZY = page(
  `<link rel="canonical" href="https://quayside.example/town/bridge"><meta property="og:type" content="article"><meta property="og:title" content="Bridge opens again">`,
  `<article>${body}
  <img class="lazy" src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" data-src="/media/quay.jpg" alt="The quay"><noscript><img src="/media/quay.jpg" alt="The quay"></noscript>
  <picture><source type="image/webp" srcset="//cdn.quayside.example/crane-400.webp 400w, //cdn.quayside.example/crane-1600.webp 1600w"><img src="//cdn.quayside.example/crane-400.jpg" alt="A crane"></picture>
  <img src="https://count.example/p.gif" width="1" height="1"></article>`,
);

/** French, by its `lang`; a standfirst that the page shows. */
export const FRENCH = page(
  `<meta property="og:type" content="article"><meta property="og:title" content="Le pont tournant rouvre · Le Courrier du Quai"><meta property="og:site_name" content="Le Courrier du Quai">
  <meta name="description" content="Actualité du port."><meta name="author" content="Le Courrier du Quai"><meta property="article:published_time" content="2026-01-12T18:04:00+01:00">`,
  `<main><h1>Le pont tournant rouvre</h1><p class="chapo">Onze semaines de travaux pour une seule pièce d’acier.</p>
  <div class="auteur"><a rel="author" href="https://quai.example/plume">Élise Plume</a></div>
  <article class="article-text"><p>Le pont tournant du bassin a rouvert lundi aux piétons et aux charrettes, après onze semaines de réparation de son palier.</p>
  <p>Les ingénieurs ont remplacé la pièce par une autre, coulée dans la fonderie du port, où l’on n’avait plus versé d’acier depuis dix ans.</p>
  <p>Les marchands du quai est disent avoir perdu la moitié de leur clientèle d’hiver.</p></article></main>`,
  '<html lang="fr-FR">',
);

/** Figures whose credits are marked up in three ways. */
export const FIGURES = page(
  '<meta property="og:title" content="Bridge opens again">',
  `<article>${body}
  <figure><img src="a.jpg" alt="One"><figcaption><p>Walkers on the span.</p><small class="credit">Lena Oster</small></figcaption></figure>
  <figure><img src="b.jpg" alt="Two"><span itemprop="copyrightHolder">Quay Pictures</span><figcaption>The old bearing.</figcaption></figure>
  <div class="image-wrap"><img src="c.jpg" alt="Three"><div class="caption">The foundry. <em class="image-credit">Odo Bellwether</em></div></div>
  <figure class="gallery"><figure><img src="d.jpg" alt="Four"></figure><figure><img src="e.jpg" alt="Five"></figure><figcaption>Two views.</figcaption></figure></article>`,
);

/** AMP. */
export const AMP = page(
  `<link rel="canonical" href="https://quayside.example/town/bridge"><script type="application/ld+json">${JSON.stringify(
    {
      "@context": "https://schema.org",
      "@type": "NewsArticle",
      mainEntityOfPage: "https://quayside.example/town/bridge",
      headline: "Bridge opens again",
      image: [
        "https://cdn.quayside.example/1x1/bridge.jpg",
        "https://cdn.quayside.example/16x9/bridge-wide.jpg",
      ],
      datePublished: "2026-01-12T17:04:00Z",
      dateModified: "2026-01-12T17:04:00Z",
      author: "Marta Quill",
    },
  )}</script>`,
  `<amp-sidebar><a href="/">Home</a></amp-sidebar><main role="main"><article><h1>Bridge opens again</h1>
  <amp-img src="https://cdn.quayside.example/16x9/bridge-wide.jpg" width="1600" height="900" layout="responsive" alt="The bridge"></amp-img>
  <amp-ad type="x"></amp-ad>${body}<amp-social-share type="email"></amp-social-share></article></main>`,
  '<html amp lang="en">',
);

/** WordPress with a block theme, and an SEO plugin's graph. */
export const WORDPRESS = page(
  `<link rel="canonical" href="https://quayside.example/2026/01/12/bridge-opens-again/"><script type="application/ld+json">${JSON.stringify(
    {
      "@context": "https://schema.org",
      "@graph": [
        {
          "@type": "WebPage",
          "@id": "https://quayside.example/2026/01/12/bridge-opens-again/",
          name: "Bridge - Post",
        },
        {
          "@type": "Article",
          "@id": "https://quayside.example/2026/01/12/bridge-opens-again/#article",
          headline: "Bridge opens again",
          author: { name: "Marta Quill", "@id": "https://quayside.example/#/person/1" },
          datePublished: "2026-01-12T17:04:00+00:00",
          thumbnailUrl: "https://quayside.example/uploads/bridge.jpg",
        },
        {
          "@type": "Person",
          "@id": "https://quayside.example/#/person/1",
          name: "Marta Quill",
          description: "Marta Quill writes about the harbour.",
        },
      ],
    },
  )}</script>`,
  `<div class="wp-site-blocks"><header class="wp-block-template-part"><h1>The Quayside Post</h1></header>
  <main class="wp-block-group"><h1 class="wp-block-post-title">Bridge opens again</h1><figure class="wp-block-post-featured-image"><img src="/uploads/bridge-1024x576.jpg" alt="The bridge"></figure>
  <div class="entry-content wp-block-post-content is-layout-flow">
  ${body}
  <figure class="wp-block-image size-large"><a href="/uploads/quay.jpg"><img src="/uploads/quay-1024x683.jpg" srcset="/uploads/quay-1024x683.jpg 1024w, /uploads/quay-scaled.jpg 2560w" alt="The quay" width="1024" height="683"></a><figcaption class="wp-element-caption">The east quay</figcaption></figure>
  <blockquote class="wp-block-quote"><p>Nobody believed us.</p></blockquote>
  <div class="sharedaddy"><ul><li><a href="#">Share</a></li></ul></div>
  </div><div class="wp-block-comments"><p>First!</p></div></main></div>`,
);

/** A page that asks to sign in. */
export const SIGN_IN = page(
  '<meta property="og:type" content="article"><meta property="og:title" content="Bridge opens again">',
  `<main><h1>Bridge opens again</h1><p>The swing bridge opened on Monday.</p><form><label>E-mail <input name="mail"></label><input type="password"><button>Sign in</button></form></main>`,
);

/** A front page. */
export const FRONT = page(
  '<title>The Quayside Post</title><meta property="og:type" content="website"><link rel="canonical" href="https://quayside.example/">',
  `<main>${["Ferry fares frozen", "Eel festival moved", "Bridge opens again", "Tide clock stolen"]
    .map((headline) => `<article><h2><a href="/x">${headline}</a></h2><p>${PARAGRAPHS[0]}</p></article>`)
    .join("")}</main>`,
);
