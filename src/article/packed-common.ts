// What entries of most articles have in common. Never change it: what is stored refers to it by place.

const XML = `<item><title>
<link>https://</link>
<guid isPermaLink="false">tag:</guid>
<pubDate>Mon, 01 Jan 2026 00:00:00 GMT</pubDate>
<description><![CDATA[]]></description>
<content:encoded><![CDATA[<p class="wr-dek"></p>
<figure class="wr-figure"><p><img src="/media/" alt="" width="1600" height="900"></p><figcaption> — <span class="wr-credit"></span>, <span class="wr-copyright"></span></figcaption></figure>
<p><span class="wr-dateline"> —</span> </p>
<p class="wr-credits">Reporting by By ; photographs by .</p>
<p class="wr-bio"><strong></strong>: </p>
<p class="wr-updated">Updated </p>]]></content:encoded>
<dc:creator></dc:creator>
<dc:contributor></dc:contributor>
<dc:language></dc:language>
<dc:rights></dc:rights>
<category></category>
<category></category>
<atom:updated>2026-01-01T00:00:00Z</atom:updated>
<dcterms:modified>2026-01-01T00:00:00Z</dcterms:modified>
<atom:link rel="license" href="https://creativecommons.org/licenses/
<enclosure url="https://" length="" type="image/jpeg"/>
<media:content url="https://" medium="image" type="image/jpeg" fileSize="" width="1600" height="900"><media:title type="plain"></media:title><media:description type="plain"></media:description><media:credit></media:credit><media:copyright></media:copyright></media:content>
<media:thumbnail url="https://" width="1600" height="900"/></item>
<entry><title type="html"><![CDATA[]]></title>
<id>tag:</id>
<link rel="alternate" type="text/html" href="https:///articles/"/>
<updated>2026-01-01T00:00:00.000Z</updated>
<summary type="html"><![CDATA[]]></summary>
<content type="html"><![CDATA[</p>]]></content>
<author>
<name></name>
<uri>https://</uri>
</author>
<author>
<name></name>
</author>
<category label="" term=""/>
<contributor>
<name></name>
</contributor>
<published>2026-01-01T00:00:00.000Z</published>
<rights></rights>
<link rel="enclosure" href="https://" type="image/jpeg" length="" title=""/>
<link rel="license" href="https://"/>
</media:content>
<media:thumbnail url="https://" width="" height=""/></entry>
<aside class="wr-corrections">
<p><strong>Correction, January 2026:</strong> </p>
</aside>
<li><a href="https:///articles/"></a> <time datetime="2026-01-01T00:00:00Z">1 January 2026</time></li>`;

const JSON_FEED = String.raw`{"id":"tag:","url":"https:///articles/","title":"","summary":"","content_html":"<p class=\"wr-dek\"></p>\n<figure class=\"wr-figure\"><p><img src=\"https:///media/\" alt=\"\" width=\"1600\" height=\"900\"></p><figcaption> — <span class=\"wr-credit\"></span>, <span class=\"wr-copyright\"></span></figcaption></figure>\n<p><span class=\"wr-dateline\"> —</span> </p>\n<p></p>\n<h2></h2>\n<aside class=\"wr-corrections\">\n<p><strong></strong></p>\n</aside>\n<p class=\"wr-credits\"></p>\n<p class=\"wr-bio\"><strong></strong>: </p>\n<p class=\"wr-updated\">Updated </p>","image":"https://","date_published":"2026-01-01T00:00:00Z","date_modified":"2026-01-01T00:00:00Z","authors":[{"name":"","url":"https://"},{"name":""}],"author":{"name":"","url":"https://"},"tags":[""],"language":"","attachments":[{"url":"https://","mime_type":"image/jpeg","title":"","size_in_bytes":}],"_wireroom":{"about":"https:///about/json-feed","short_headline":"","dateline":"","section":{"slug":"","title":""},"bylines":[{"name":"","role":"author","affiliation":"","url":"https://","bio":""},{"name":"","role":"photographer"}],"images":[{"url":"https://","alt":"","caption":"","credit":"","copyright":"","width":,"height":}],"corrections":[],"rights":{"copyright":"","license":"https://","terms":""},"sponsored":true}}`;

/** The beginning of all that packed entries refer to. */
export const COMMON = XML + JSON_FEED;
