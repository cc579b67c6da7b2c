// What an importer reads from a source: everything that the source says of its articles, and nothing else.
// Each importer reads one kind of source into this; `to-model.ts` makes the model's fields of it.

import type { Role } from "../article/byline.ts";
import type { Problem } from "../lib/problem.ts";
import type { Overrides } from "../words/overrides.ts";

/** A file to import, decoded. */
export interface Source {
  /** As people know it: the file's name. */
  readonly name: string;
  readonly content: string;
  /** The site's own words (site.yaml) that replace ours in its feeds. */
  readonly words?: Overrides | undefined;
  /** Where the source's site was, in case the source doesn't say so. */
  readonly base?: string | undefined;
  /** Gives Markdown as HTML; undefined for what can't be read. */
  readonly toHtml?: ((markdown: string) => string | undefined) | undefined;
}

/** Reads one kind of source. A broken article never keeps the others from being read. */
export type Importer = (source: Source) => Imported;

/** All that a source holds. */
export interface Imported {
  /** What a feed or an export says that it is: its id and the address of its site, or else its title. */
  readonly names?: readonly string[];
  readonly articles: readonly ImportedArticle[];
  /** What could not be read, and why; `path` names the item. */
  readonly problems: readonly Problem[];
  /** What each line or field was taken for, in the source's order. */
  readonly explained: readonly Explained[];
}

/** What a line or field was taken for, and why. */
export interface Explained {
  /** 1-based line of the source, where it has lines. */
  readonly line?: number;
  /** The line or field itself. */
  readonly text: string;
  /** What it was taken for: `headline`, `byline`, `boilerplate`, `body` … */
  readonly as: string;
  /** The signals that decided, for people. */
  readonly why: string;
}

/**
 * One article of a source. A missing field was not in the source. Strings are text, not HTML, unless noted.
 */
export interface ImportedArticle {
  /**
   * Which of the source's items this is, for messages and for finding it again: its id, address or headline.
   */
  readonly item: string;
  /** What the source calls it in addresses. */
  readonly slug?: string;
  /** As the source has it; may be no URI. */
  readonly id?: string;
  readonly headline?: string;
  readonly shortHeadline?: string;
  readonly dek?: string;
  /** Names or slugs of sections, as the source has them, the most important first. */
  readonly sections?: readonly string[];
  readonly tags?: readonly string[];
  /** BCP 47. */
  readonly language?: string;
  readonly bylines?: readonly ImportedByline[];
  readonly dateline?: string;
  readonly published?: SourceDate;
  readonly updated?: SourceDate;
  /** IANA: the zone of its dates that name none, by the rules of its source. `--timezone` comes first. */
  readonly timezone?: string;
  /** The first is the lead, whether or not the body shows it. */
  readonly images?: readonly ImportedImage[];
  readonly corrections?: readonly ImportedCorrection[];
  readonly rights?: { readonly copyright?: string; readonly license?: string; readonly terms?: string };
  readonly sponsored?: boolean;
  /**
   * True for what the source itself holds back (a draft, a private post), and for what comes without its
   * text.
   */
  readonly draft?: boolean;
  /** Its page. */
  readonly url?: string;
  /**
   * Addresses that its page had there, where the source is a site that moves: full, or paths of a site that
   * the source doesn't name.
   */
  readonly oldAddresses?: readonly string[];
  readonly body: ImportedBody;
  /** What was seen and could not be carried over: sentences for the publisher, without a full stop. */
  readonly notes?: readonly string[];
}

/**
 * Paragraphs of plain text, or HTML whose relative addresses start at `base` (or at the source's file). HTML is
 * kept as text: an export holds thousands of bodies, and trees take many times their room.
 */
export type ImportedBody =
  | { readonly kind: "text"; readonly paragraphs: readonly string[] }
  | {
      readonly kind: "html";
      readonly html: string;
      readonly base?: string;
      /** It was Markdown, and is that again where nothing is lost. */
      readonly isMarkdown?: boolean;
    };

/** A byline as the source has it. */
export interface ImportedByline {
  readonly name: string;
  /** Default: author. */
  readonly role?: Role;
  readonly affiliation?: string;
  readonly url?: string;
  readonly avatar?: string;
  readonly email?: string;
  readonly bio?: string;
}

/** A picture; without `src` it was described, but there is no file. */
export interface ImportedImage {
  /** A full address, or a path relative to the source's file. */
  readonly src?: string;
  readonly alt?: string;
  readonly caption?: string;
  readonly credit?: string;
  /** The credit's role, where the source names it. */
  readonly creditRole?: string;
  readonly copyright?: string;
  readonly width?: number;
  readonly height?: number;
  readonly type?: string;
  readonly length?: number;
}

/** A correction that the source marks as one. */
export interface ImportedCorrection {
  readonly at: SourceDate;
  readonly kind: "correction" | "clarification" | "update";
  readonly text: string;
}

/**
 * A date as far as the source gives it: complete with its zone (RFC 3339), without a zone
 * (`2026-01-12T18:04:00`), a day alone (`2026-01-12`), or words that give less than a day, kept as written.
 * Nothing is ever added.
 */
export type SourceDate =
  | { readonly kind: "instant"; readonly value: string }
  | { readonly kind: "local"; readonly value: string }
  | { readonly kind: "day"; readonly value: string }
  | { readonly kind: "unclear"; readonly value: string };
