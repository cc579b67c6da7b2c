// The words of the pages, in the site's language; English where we have no others. What stands in an article itself is
// in formats/phrases.ts.

import type { Role } from "../../model/byline.ts";

/** Words of one language. */
export interface Words {
  readonly skip: string;
  readonly sections: string;
  readonly topics: string;
  readonly latest: string;
  readonly more: string;
  readonly related: string;
  readonly previous: string;
  readonly next: string;
  readonly older: string;
  readonly newer: string;
  readonly page: string;
  readonly subscribe: string;
  /** What a feed is, for somebody who has never used one. */
  readonly feeds: string;
  /** Names what is folded away: links that add the feed to an app, and its other formats. */
  readonly otherWays: string;
  readonly addTo: string;
  readonly copy: string;
  readonly copied: string;
  readonly allFeeds: string;
  readonly makers: string;
  readonly roles: Readonly<Record<Role, string>>;
  readonly license: string;
  readonly nothing: string;
  readonly missing: string;
  readonly missingWhy: string;
  readonly reason: string;
  readonly madeWith: string;
}

const ENGLISH: Words = {
  skip: "Skip to the content",
  sections: "Sections",
  topics: "Topics",
  latest: "Latest",
  more: "More stories",
  related: "Related",
  previous: "Previous article",
  next: "Next article",
  older: "Older articles",
  newer: "Newer articles",
  page: "Page",
  subscribe: "Subscribe",
  feeds:
    "A feed is an address that a reader app watches for you, so that new articles come to you by themselves, without an account. Copy this one into the app of your choice.",
  otherWays: "Other apps and formats",
  addTo: "Add to",
  copy: "Copy",
  copied: "Copied",
  allFeeds: "All feeds (OPML)",
  makers: "Who made this",
  roles: {
    author: "Author",
    reporter: "Reporter",
    writer: "Writer",
    contributor: "Contributor",
    editor: "Editor",
    photographer: "Photographer",
    illustrator: "Illustrator",
    translator: "Translator",
  },
  license: "Licence",
  nothing: "Nothing is published here yet.",
  missing: "There is no such page",
  missingWhy: "The address may be mistyped, or the page was never here. This is what we have:",
  reason: "Reason given:",
  madeWith: "Published with",
};

const GERMAN: Words = {
  skip: "Zum Inhalt",
  sections: "Ressorts",
  topics: "Themen",
  latest: "Neueste Artikel",
  more: "Weitere Artikel",
  related: "Mehr zum Thema",
  previous: "Voriger Artikel",
  next: "Nächster Artikel",
  older: "Ältere Artikel",
  newer: "Neuere Artikel",
  page: "Seite",
  subscribe: "Abonnieren",
  feeds:
    "Ein Feed ist eine Adresse, die eine Lese-App für Sie im Auge behält: Neue Artikel kommen von selbst zu Ihnen, ohne Konto. Kopieren Sie diese in die App Ihrer Wahl.",
  otherWays: "Andere Apps und Formate",
  addTo: "Hinzufügen zu",
  copy: "Kopieren",
  copied: "Kopiert",
  allFeeds: "Alle Feeds (OPML)",
  makers: "Wer daran gearbeitet hat",
  roles: {
    author: "Autor/in",
    reporter: "Bericht",
    writer: "Text",
    contributor: "Mitarbeit",
    editor: "Redaktion",
    photographer: "Fotos",
    illustrator: "Illustration",
    translator: "Übersetzung",
  },
  license: "Lizenz",
  nothing: "Hier ist noch nichts erschienen.",
  missing: "Diese Seite gibt es nicht",
  missingWhy: "Vielleicht ist die Adresse vertippt, oder es gab die Seite nie. Das haben wir:",
  reason: "Angegebener Grund:",
  madeWith: "Veröffentlicht mit",
};

const FRENCH: Words = {
  skip: "Aller au contenu",
  sections: "Rubriques",
  topics: "Thèmes",
  latest: "À la une",
  more: "Autres articles",
  related: "À lire aussi",
  previous: "Article précédent",
  next: "Article suivant",
  older: "Articles plus anciens",
  newer: "Articles plus récents",
  page: "Page",
  subscribe: "S’abonner",
  feeds:
    "Un flux est une adresse qu’une application de lecture surveille pour vous : les nouveaux articles viennent à vous d’eux-mêmes, sans compte. Copiez celle-ci dans l’application de votre choix.",
  otherWays: "Autres applications et formats",
  addTo: "Ajouter à",
  copy: "Copier",
  copied: "Copié",
  allFeeds: "Tous les flux (OPML)",
  makers: "Qui a fait cet article",
  roles: {
    author: "Auteur ou autrice",
    reporter: "Reportage",
    writer: "Rédaction",
    contributor: "Contribution",
    editor: "Édition",
    photographer: "Photographies",
    illustrator: "Illustrations",
    translator: "Traduction",
  },
  license: "Licence",
  nothing: "Rien n’a encore été publié ici.",
  missing: "Cette page n’existe pas",
  missingWhy: "L’adresse est peut-être mal saisie, ou la page n’a jamais existé. Voici ce que nous avons :",
  reason: "Raison indiquée :",
  madeWith: "Publié avec",
};

const SPANISH: Words = {
  skip: "Ir al contenido",
  sections: "Secciones",
  topics: "Temas",
  latest: "Lo último",
  more: "Más artículos",
  related: "Relacionado",
  previous: "Artículo anterior",
  next: "Artículo siguiente",
  older: "Artículos anteriores",
  newer: "Artículos más recientes",
  page: "Página",
  subscribe: "Suscribirse",
  feeds:
    "Un feed es una dirección que una aplicación de lectura vigila por usted: los artículos nuevos le llegan solos, sin cuenta. Copie esta en la aplicación que prefiera.",
  otherWays: "Otras aplicaciones y formatos",
  addTo: "Añadir a",
  copy: "Copiar",
  copied: "Copiado",
  allFeeds: "Todos los feeds (OPML)",
  makers: "Quién hizo este artículo",
  roles: {
    author: "Autoría",
    reporter: "Información",
    writer: "Redacción",
    contributor: "Colaboración",
    editor: "Edición",
    photographer: "Fotografías",
    illustrator: "Ilustraciones",
    translator: "Traducción",
  },
  license: "Licencia",
  nothing: "Aquí aún no se ha publicado nada.",
  missing: "Esta página no existe",
  missingWhy:
    "Puede que la dirección esté mal escrita, o que la página nunca haya existido. Esto es lo que tenemos:",
  reason: "Motivo indicado:",
  madeWith: "Publicado con",
};

const LANGUAGES: Readonly<Record<string, Words>> = { en: ENGLISH, de: GERMAN, fr: FRENCH, es: SPANISH };

/**
 * The words for pages in a language (BCP 47), and what marks an element that holds them where they are in another one.
 */
export function wordsFor(language: string): {
  readonly words: Words;
  readonly mark: { readonly lang?: string; readonly dir?: string };
} {
  const words = LANGUAGES[language.split("-")[0] ?? ""];
  return words ? { words, mark: {} } : { words: ENGLISH, mark: { lang: "en", dir: "ltr" } };
}
