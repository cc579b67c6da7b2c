// The few words that we add to an article or a feed, in its own language; English where we have no others.

import type { Correction } from "../model/article.ts";
import { type Byline, bylineOf, inByline, ROLES, type Role } from "../model/byline.ts";
import { type Text, text } from "../model/text.ts";

/** Words of one language. `credits` take the joined names; the first of a line is capitalised. */
export interface Phrases {
  readonly credits: Readonly<Record<Role, (names: string) => string>>;
  readonly corrections: Readonly<Record<Correction["kind"], string>>;
  /** In an article's head, before the day: that a mistake was mended. */
  readonly corrected: string;
  readonly feed: FeedPhrases;
  readonly updated: (time: string) => string;
  readonly continueReading: string;
  readonly sponsored: string;
  readonly withdrawn: string;
  readonly withdrawnOn: (date: string) => string;
}

/** What feeds and the list of them say to people. */
interface FeedPhrases {
  /** What it is, and how to subscribe: the feed's address follows. */
  readonly explanation: string;
  readonly website: string;
  readonly help: string;
  readonly latest: string;
  readonly empty: string;
  readonly archive: (page: number) => string;
  readonly older: string;
  readonly newer: string;
  /** Folders of the list. */
  readonly tags: string;
  readonly authors: string;
}

const by = (word: string) => (names: string) => `${word} ${names}`;

const ENGLISH: Phrases = {
  credits: {
    author: by("by"),
    reporter: by("reporting by"),
    writer: by("writing by"),
    contributor: by("with contributions from"),
    editor: by("editing by"),
    photographer: by("photographs by"),
    illustrator: by("illustrations by"),
    translator: by("translation by"),
  },
  corrections: { correction: "Correction", clarification: "Clarification", update: "Update" },
  corrected: "Corrected",
  feed: {
    explanation:
      "This is a feed: it brings new articles to the reader app of your choice, without an account. To subscribe, copy this address into your reader:",
    website: "Read on the website",
    help: "How to subscribe",
    latest: "Latest articles",
    empty: "This feed has no articles at present.",
    archive: (page) => `Archive, page ${page}`,
    older: "Older articles",
    newer: "Newer articles",
    tags: "Tags",
    authors: "Authors",
  },
  updated: (time) => `Updated ${time}`,
  continueReading: "Continue reading",
  sponsored: "Sponsored",
  withdrawn: "This article was withdrawn",
  withdrawnOn: (date) => `This article was withdrawn on ${date}.`,
};

const GERMAN: Phrases = {
  credits: {
    author: by("von"),
    reporter: by("Bericht:"),
    writer: by("Text:"),
    contributor: by("Mitarbeit:"),
    editor: by("Redaktion:"),
    photographer: by("Fotos:"),
    illustrator: by("Illustrationen:"),
    translator: by("Übersetzung:"),
  },
  corrections: { correction: "Korrektur", clarification: "Klarstellung", update: "Aktualisierung" },
  corrected: "Korrigiert",
  feed: {
    explanation:
      "Dies ist ein Feed: Er bringt neue Artikel in die Reader-App Ihrer Wahl, ohne Konto. Zum Abonnieren kopieren Sie diese Adresse in Ihren Reader:",
    website: "Auf der Website lesen",
    help: "So abonnieren Sie",
    latest: "Neueste Artikel",
    empty: "Dieser Feed enthält zurzeit keine Artikel.",
    archive: (page) => `Archiv, Seite ${page}`,
    older: "Ältere Artikel",
    newer: "Neuere Artikel",
    tags: "Schlagwörter",
    authors: "Autoren",
  },
  updated: (time) => `Aktualisiert: ${time}`,
  continueReading: "Weiterlesen",
  sponsored: "Anzeige",
  withdrawn: "Dieser Artikel wurde zurückgezogen",
  withdrawnOn: (date) => `Dieser Artikel wurde am ${date} zurückgezogen.`,
};

const FRENCH: Phrases = {
  credits: {
    author: by("par"),
    reporter: by("reportage :"),
    writer: by("rédaction :"),
    contributor: by("avec la contribution de"),
    editor: by("édition :"),
    photographer: by("photographies :"),
    illustrator: by("illustrations :"),
    translator: by("traduction :"),
  },
  corrections: { correction: "Rectificatif", clarification: "Précision", update: "Mise à jour" },
  corrected: "Rectifié",
  feed: {
    explanation:
      "Ceci est un flux : il apporte les nouveaux articles dans le lecteur de votre choix, sans compte. Pour vous abonner, copiez cette adresse dans votre lecteur :",
    website: "Lire sur le site",
    help: "Comment s’abonner",
    latest: "Derniers articles",
    empty: "Ce flux ne contient aucun article pour le moment.",
    archive: (page) => `Archives, page ${page}`,
    older: "Articles plus anciens",
    newer: "Articles plus récents",
    tags: "Mots-clés",
    authors: "Auteurs",
  },
  updated: (time) => `Mis à jour : ${time}`,
  continueReading: "Lire la suite",
  sponsored: "Contenu sponsorisé",
  withdrawn: "Cet article a été retiré",
  withdrawnOn: (date) => `Cet article a été retiré le ${date}.`,
};

const SPANISH: Phrases = {
  credits: {
    author: by("por"),
    reporter: by("información:"),
    writer: by("redacción:"),
    contributor: by("con la colaboración de"),
    editor: by("edición:"),
    photographer: by("fotografías:"),
    illustrator: by("ilustraciones:"),
    translator: by("traducción:"),
  },
  corrections: { correction: "Corrección", clarification: "Aclaración", update: "Actualización" },
  corrected: "Corregido",
  feed: {
    explanation:
      "Esto es un feed: lleva los artículos nuevos al lector que usted elija, sin necesidad de cuenta. Para suscribirse, copie esta dirección en su lector:",
    website: "Leer en el sitio web",
    help: "Cómo suscribirse",
    latest: "Últimos artículos",
    empty: "Este feed no contiene artículos por el momento.",
    archive: (page) => `Archivo, página ${page}`,
    older: "Artículos anteriores",
    newer: "Artículos más recientes",
    tags: "Etiquetas",
    authors: "Autores",
  },
  updated: (time) => `Actualizado: ${time}`,
  continueReading: "Seguir leyendo",
  sponsored: "Contenido patrocinado",
  withdrawn: "Este artículo ha sido retirado",
  withdrawnOn: (date) => `Este artículo fue retirado el ${date}.`,
};

const LANGUAGES: Readonly<Record<string, Phrases>> = { en: ENGLISH, de: GERMAN, fr: FRENCH, es: SPANISH };

/** The phrases of a language (BCP 47), and the language that they are in. */
export function phrasesFor(language: string): { readonly phrases: Phrases; readonly language: string } {
  const phrases = LANGUAGES[language.split("-")[0] ?? ""];
  return phrases ? { phrases, language } : { phrases: ENGLISH, language: "en" };
}

// Names joined the way a language joins a list: `A, B and C`.
const joinNames = (names: readonly string[], language: string): string =>
  new Intl.ListFormat(language === "en" ? "en-GB" : language, { type: "conjunction" }).format(names);

/** The names of the byline alone, as one text, for fields that hold names; undefined where nobody is named. */
export function creatorText(bylines: readonly Byline[], language: string): Text | undefined {
  const names = bylineOf(bylines).map((byline) => byline.name);
  return names.length === 0 ? undefined : text(joinNames(names, language));
}

/**
 * The byline as people read it: the names of those who wrote the article, `A and B`. Where nobody wrote it, everybody with
 * what they did: `Photographs by A; editing by B`. Undefined where nobody is named.
 */
export const bylineText = (bylines: readonly Byline[], language: string): Text | undefined =>
  bylines.some(inByline)
    ? creatorText(bylines, language)
    : creditLine(bylines, language, [...new Set(bylines.map(({ role }) => role))]);

/** What somebody did, as the words before and after their name: `Photographs by ` and nothing. */
export function creditWords(role: Role, language: string): readonly [before: string, after: string] {
  const { phrases, language: spoken } = phrasesFor(language);
  const [before = "", after = ""] = phrases.credits[role](NAME).split(NAME);
  return [capitalised(before, spoken), after];
}

/**
 * Everyone and what they did, as people read it: `Reporting by A and B; editing by C.`
 * Undefined when that says no more than the byline: nobody, or one author.
 */
export function creditsText(bylines: readonly Byline[], language: string): Text | undefined {
  if (bylines.length === 1 && bylines[0]?.role === "author") return undefined;
  const line = creditLine(bylines, language, ROLES);
  return line && text(`${line}.`);
}

// Stands for a name that is set apart, as a link is. No name holds it.
const NAME = "\uffff";

/** Everyone and what they did, the roles in the order of `roles`. */
function creditLine(bylines: readonly Byline[], language: string, roles: readonly Role[]): Text | undefined {
  if (bylines.length === 0) return undefined;
  const { phrases, language: spoken } = phrasesFor(language);
  const parts = roles.flatMap((role) => {
    const names = bylines.filter((byline) => byline.role === role).map((byline) => byline.name);
    return names.length === 0 ? [] : [phrases.credits[role](joinNames(names, spoken))];
  });
  return text(capitalised(parts.join("; "), spoken));
}

const capitalised = (line: string, language: string): string =>
  line.charAt(0).toLocaleUpperCase(language) + line.slice(1);
