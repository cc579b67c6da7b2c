// Parameters of the hub, and callback addresses: accepted, or refused with the parameter's name. An address in a private
// network is never accepted.

import fc from "fast-check";
import { readSubscriptionRequest } from "../../../src/hub/subscription-request.ts";
import { checkCallback } from "../../../src/lib/callback-url.ts";
import { SITE } from "../../pipeline.ts";
import { anyText, bit, edited, hostile, runOf } from "../bits.ts";
import { must, type Outcome, target } from "../target.ts";

const CALLBACKS = [
  ...["https://reader.example/callback?a=b", "https://reader.example:8443/", "https://a.b.c.example/x%20y"],
  ...[
    "http://127.0.0.1/",
    "https://127.1/",
    "https://0x7f.1/",
    "https://2130706433/",
    "https://[::1]/",
    "https://[::ffff:7f00:1]/",
  ],
  ...[
    "https://localhost/",
    "https://printer.local/",
    "https://１２７.0.0.1/",
    "https://a@b.example/",
    "https://b.example./",
  ],
  ...[
    "https://news.example.com/hub",
    "https://reader.example:22/",
    "https://169.254.169.254/latest",
    "https://intranet/",
  ],
];
const TOPICS = [
  "/rss.xml",
  "/feed.json",
  "/sections/asia-pacific/rss.xml",
  "/tags/a/atom.xml",
  "/archive/1/rss.xml",
  "/",
]
  .map((path) => SITE.url + path)
  .concat("https://elsewhere.example/feed.xml");
const piece = fc.oneof(
  bit,
  fc.constantFrom(
    "0x",
    "127",
    ".",
    ":",
    "@",
    "[",
    "]",
    "//",
    "\\",
    "#",
    "%2e",
    "。",
    "１",
    "localhost",
    ".local",
    ".internal",
    "xn--",
  ),
);
const long = runOf(fc.constantFrom("a", ".", "a.", "%", "/", ":", "[", "é"), 4000);
const nearly = (words: readonly string[]) =>
  fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...words) },
    { weight: 4, arbitrary: edited(words, piece) },
    hostile,
    long,
  );
const mostly = <T>(sound: readonly T[], other: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...sound) }, { weight: 1, arbitrary: other });
const pair = fc.oneof(
  fc.tuple(fc.constant("hub.mode"), nearly(["subscribe", "subscribe", "unsubscribe", "publish"])),
  fc.tuple(fc.constant("hub.topic"), nearly(TOPICS)),
  fc.tuple(fc.constant("hub.callback"), nearly(CALLBACKS)),
  fc.tuple(
    fc.constant("hub.lease_seconds"),
    nearly(["0", "86400", "-1", "1e9", "99999999999999999999", "0x10", "٣"]),
  ),
  fc.tuple(fc.constant("hub.secret"), nearly(["secret", "é".repeat(99), "x".repeat(200)])),
  fc.tuple(anyText, anyText),
);
const asForm = (pairs: readonly (readonly [string, string])[]) =>
  new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value])).toString();
const whole = fc
  .tuple(
    fc.constantFrom("subscribe", "unsubscribe"),
    mostly(TOPICS.slice(0, 4), nearly(TOPICS)),
    mostly(CALLBACKS.slice(0, 3), nearly(CALLBACKS)),
    mostly<readonly (readonly [string, string])[]>([[]], fc.array(pair, { maxLength: 2 })),
  )
  .map(([mode, topic, callback, more]) =>
    asForm([["hub.mode", mode], ["hub.topic", topic], ["hub.callback", callback], ...more]),
  );

const PARAMETERS = /^hub\.(?:mode|topic|callback|lease_seconds|secret)$/;
const PRIVATE =
  /^(?:localhost|\[|\d+(?:\.\d+){0,3}$)|\.(?:local|localhost|internal|lan|home|corp|arpa|onion)\.?$/i;

/** Bodies of POST /hub. */
export const hub = target({
  name: "Hub parameters",
  inputs: 40_000,
  arbitrary: fc.oneof(
    { weight: 5, arbitrary: whole },
    { weight: 2, arbitrary: fc.array(pair, { maxLength: 7 }).map(asForm) },
    {
      weight: 1,
      arbitrary: edited(["hub.mode=subscribe&hub.topic=a&hub.callback=https%3A%2F%2Freader.example%2F"]),
    },
  ),
  check,
});

function check(form: string): Outcome {
  const parameters = new URLSearchParams(form);
  const read = readSubscriptionRequest(parameters, SITE);
  for (const value of parameters.values()) {
    const callback = checkCallback(value, SITE);
    must(!callback.ok || !PRIVATE.test(callback.host), () => `would call ${JSON.stringify(callback)}`);
    must(callback.ok || callback.reason !== "", () => "refused without a reason");
  }
  if (!read.ok) {
    must(read.problems.length > 0, () => "refused without a problem");
    for (const { path, message } of read.problems)
      must(PARAMETERS.test(path) && message !== "", () => `${path}: ${message}`);
    return "refused";
  }
  const { callback, host, leaseSeconds, mode } = read.value;
  must(new URL(callback).hostname === host && !PRIVATE.test(host), () => `would call ${callback}`);
  must(
    mode === "unsubscribe" || (leaseSeconds >= 86_400 && leaseSeconds <= 2_592_000),
    () => `for ${leaseSeconds} s`,
  );
  return "taken";
}
