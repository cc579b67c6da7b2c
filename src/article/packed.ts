// Compresses similar texts: each is stored as its differences from those before it. An article's body is in
// D1 four times, in its model and in three entries. Packed, the entries take a tenth of the space, and a
// build reads less.
//
// A packed text is U+0002, the length of the text that it refers to, U+0002, and its new characters,
// verbatim, between references: U+0001, start (three base-64 digits, `0` to `o`) and length (two digits) in
// that text. Neither character can occur in XML or JSON, so a text that doesn't begin with U+0002 is not
// packed.

const PACKED = "\u0002";
const REFERENCE = "\u0001";
const UNFIT = /[\u0000-\u0002]/;
const ZERO = 48;
const PLACES = 64 ** 3;
const LONGEST = 64 ** 2 - 1;
/** A reference to less would save nothing. */
const LEAST = 8;
const FACTOR = 0x2c1b3c6d;
const OLDEST_FACTOR = Array.from({ length: LEAST }).reduce<number>((power) => Math.imul(power, FACTOR), 1);
const KEY_BITS = 15;

/** Packs texts. Each may refer to `base` and to the texts before it. */
export function pack(texts: readonly string[], base: string): readonly string[] {
  // Where characters of a key were last, from 1.
  const seen = new Int32Array(1 << KEY_BITS);
  let known = COMMON + base;
  note(keysOf(known), 0, seen);
  return texts.map((text) => {
    const keys = keysOf(text);
    const packed = UNFIT.test(text) ? text : packOne(text, keys, known, seen);
    note(keys, known.length, seen);
    known += text;
    return packed;
  });
}

/** The texts that were packed, or are not. @throws Error, when `base` is not what they were packed with. */
export function unpack(packed: readonly string[], base: string): readonly string[] {
  let known = COMMON + base;
  return packed.map((one) => {
    const text = unpackOne(one, known);
    known += text;
    return text;
  });
}

/** A rolling hash of the LEAST characters at each position of a text. */
function keysOf(text: string): Uint16Array {
  const keys = new Uint16Array(Math.max(0, text.length - LEAST + 1));
  let sum = 0;
  for (let end = 0; end < text.length; end++) {
    const oldest = end < LEAST ? 0 : text.charCodeAt(end - LEAST);
    sum = (Math.imul(sum, FACTOR) + text.charCodeAt(end) - Math.imul(oldest, OLDEST_FACTOR)) | 0;
    if (end >= LEAST - 1) keys[end - LEAST + 1] = sum >>> (32 - KEY_BITS);
  }
  return keys;
}

function note(keys: Uint16Array, start: number, seen: Int32Array): void {
  const end = Math.min(keys.length, PLACES - start);
  for (let place = 0; place < end; place++) seen[keys[place] ?? 0] = start + place + 1;
}

function packOne(text: string, keys: Uint16Array, known: string, seen: Int32Array): string {
  const parts = [PACKED, String(known.length), PACKED];
  let from = 0;
  for (let at = 0; at < keys.length; ) {
    const source = (seen[keys[at] ?? 0] ?? 0) - 1;
    const length = source < 0 ? 0 : equalLength(text, at, known, source);
    if (length < LEAST) at++;
    else {
      const places = [source >> 12, source >> 6, source, length >> 6, length];
      const digits = String.fromCharCode(...places.map((digit) => ZERO + (digit & 63)));
      parts.push(text.slice(from, at), REFERENCE, digits);
      at += length;
      from = at;
    }
  }
  parts.push(text.slice(from));
  return parts.join("");
}

/**
 * How much of two texts is the same from two places on. No half of a character is left: it could not be
 * stored.
 */
function equalLength(text: string, at: number, known: string, source: number): number {
  if (isSecondHalf(text.charCodeAt(at))) return 0;
  const most = Math.min(text.length - at, known.length - source, LONGEST);
  let length = 0;
  while (length < most && text.charCodeAt(at + length) === known.charCodeAt(source + length)) length++;
  return isSecondHalf(text.charCodeAt(at + length)) ? length - 1 : length;
}

/** True for the second unit of a character beyond U+FFFF. */
const isSecondHalf = (unit: number): boolean => unit >= 0xdc00 && unit <= 0xdfff;

function unpackOne(packed: string, known: string): string {
  if (!packed.startsWith(PACKED)) return packed;
  const end = packed.indexOf(PACKED, 1);
  if (packed.slice(1, end) !== String(known.length))
    throw new Error("an entry refers to another text than the one that is stored");
  const [first = "", ...rest] = packed.slice(end + 1).split(REFERENCE);
  const parts = [first];
  for (const part of rest) {
    const digit = (place: number) => part.charCodeAt(place) - ZERO;
    const start = (digit(0) << 12) + (digit(1) << 6) + digit(2);
    parts.push(known.slice(start, start + (digit(3) << 6) + digit(4)), part.slice(5));
  }
  return parts.join("");
}

// What the entries of most articles have in common. Never change it: stored texts refer to it by position.

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
