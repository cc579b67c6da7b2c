// Time zones as people abbreviate them, and which of the abbreviations say too little.

import { offsetText } from "../lib/time.ts";

/** What the name of a zone says: an offset (`-05:00`), a zone whose offset depends on the day, or several of them. */
export type ZoneName =
  | { readonly offset: string }
  | { readonly timeZone: string }
  | { readonly name: string; readonly several: string };

// Hours east of UTC. Only what means one thing wherever news is written.
const HOURS: Readonly<Record<string, number>> = {
  ...{
    Z: 0,
    UT: 0,
    UTC: 0,
    GMT: 0,
    TU: 0,
    WET: 0,
    WEST: 1,
    CET: 1,
    CEST: 2,
    MEZ: 1,
    MESZ: 2,
    EET: 2,
    EEST: 3,
    MSK: 3,
  },
  ...{ NDT: -2.5, ADT: -3, BRT: -3, EST: -5, EDT: -4, HNE: -5, HAE: -4, CDT: -5, MST: -7, MDT: -6 },
  ...{
    PST: -8,
    PDT: -7,
    AKST: -9,
    AKDT: -8,
    HST: -10,
    SAST: 2,
    EAT: 3,
    PKT: 5,
    NPT: 5.75,
    WIB: 7,
    HKT: 8,
    SGT: 8,
  },
  ...{ JST: 9, KST: 9, AWST: 8, ACST: 9.5, ACDT: 10.5, AEST: 10, AEDT: 11, NZST: 12, NZDT: 13 },
};

const ZONES: Readonly<Record<string, string>> = {
  ET: "America/New_York",
  CT: "America/Chicago",
  MT: "America/Denver",
  PT: "America/Los_Angeles",
  "Eastern Time": "America/New_York",
  "Central Time": "America/Chicago",
  "Mountain Time": "America/Denver",
  "Pacific Time": "America/Los_Angeles",
  "heure de Paris": "Europe/Paris",
};

const SEVERAL: Readonly<Record<string, string>> = {
  AST: "the Atlantic coast of America and Arabia",
  BST: "Britain and Bangladesh",
  CST: "America, China and Cuba",
  ECT: "Ecuador, the Caribbean and Central Europe",
  GST: "the Gulf and South Georgia",
  IST: "India, Ireland and Israel",
  SST: "Samoa and Singapore",
  WST: "Western Australia and Samoa",
};

const NAMES = [HOURS, ZONES, SEVERAL].flatMap(Object.keys).sort((a, b) => b.length - a.length);

/** The pattern of a zone's name or offset: `EST`, `GMT+1`, `+01:00`, `UTC-0330`. Case matters: "est" is French. */
export const ZONE = `(?:(?:GMT|UTC|UT)?\\s?[+−-]\\d{1,2}(?::?\\d{2})?(?!\\d)|(?:${NAMES.join("|")})(?![\\p{L}\\d]))`;

const OFFSET = /^(?:GMT|UTC|UT)?\s?([+−-])(\d{1,2}):?(\d{2})?$/;

/** Reads what `ZONE` matches; undefined for anything else. */
export function readZone(written: string): ZoneName | undefined {
  const [, sign, hours, minutes = "0"] = OFFSET.exec(written) ?? [];
  if (hours !== undefined) {
    if (Number(hours) > 23 || Number(minutes) > 59) return undefined;
    const size = Number(hours) * 60 + Number(minutes);
    // RFC 2822 §3.3: -0000 is universal time too; only where it was written stays unknown.
    return { offset: offsetText(sign === "+" ? size : -size) };
  }
  const known = HOURS[written];
  if (known !== undefined) return { offset: offsetText(known * 60) };
  const timeZone = ZONES[written];
  if (timeZone !== undefined) return { timeZone };
  const several = SEVERAL[written];
  return several === undefined ? undefined : { name: written, several };
}
