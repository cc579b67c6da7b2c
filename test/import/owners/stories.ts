// The lines of articles that nobody published, in four languages. Within a language no word of four letters or more stands in
// two lines, but for names, so that a word tells whose line it is.

/** The lines of one article, by what they are. */
export interface Story {
  readonly language: string;
  readonly headline: string;
  readonly dek: string;
  readonly names: readonly [string, string];
  readonly byline: string;
  readonly dateline: string;
  readonly paragraphs: readonly [string, string, string, string];
  readonly heading: string;
  readonly quote: string;
  readonly caption: string;
  readonly credit: string;
  readonly bio: string;
  readonly signOff: string;
  readonly correction: string;
  readonly facts: string;
  readonly related: readonly [string, string];
  readonly relatedTitle: string;
  readonly day: string;
  readonly updated: string;
}

export const STORIES: readonly Story[] = [
  {
    language: "en",
    headline: "Gate of the old canal opens",
    dek: "Boats come through after nine silent years",
    names: ["Marta Quill", "Odo Bellwether"],
    byline: "By Marta Quill and Odo Bellwether",
    dateline: "PORT ELLERY (Northern Courier) — ",
    paragraphs: [
      "The lock was reopened on Monday, when its keeper of thirty winters turned the wheel and forty vessels passed before noon.",
      "Engineers will paint the second sluice in summer, as councillors agreed, since its wood is rotten and rain did it no good.",
      "Fishermen had asked for that since 2017, and brought a petition with eleven thousand signatures into the town hall.",
      "Clerks cannot tell what the crossing costs now, or whether buses will run alongside it until late autumn.",
    ],
    heading: "What happens next",
    quote: "I never doubted it, not once.",
    caption: "Dinghies queue below the upper jetty.",
    credit: "Lena Oster",
    bio: "Marta Quill is a reporter who covers waterways for Zenith Weekly.",
    signOff: "Odo Bellwether reported from Kesmark.",
    correction: "Correction: an earlier version misjudged the depth of Quorn basin.",
    facts: "Facts: twelve locks stand between Wexmoor and Zilverdam, and all of them leak badly.",
    related: ["Ferry fares frozen again", "Harbour crane sold cheaply"],
    relatedTitle: "Read next",
    day: "March 2, 2026",
    updated: "Updated March 5, 2026",
  },
  {
    language: "de",
    headline: "Schleuse am alten Kanal wieder offen",
    dek: "Nach neun stillen Jahren fahren Boote hindurch",
    names: ["Marta Feder", "Odo Glockner"],
    byline: "Von Marta Feder und Odo Glockner",
    dateline: "Altenhafen (Nordkurier) – ",
    paragraphs: [
      "Der Wärter drehte am Montag das Rad, und vierzig Schiffe passierten vor Mittag, was hier lange keiner gesehen hatte.",
      "Das zweite Tor wird im Sommer gestrichen, wie der Stadtrat beschloss, weil das Holz morsch ist und Regen ihm schadete.",
      "Fischer hatten seit 2017 darum gebeten und brachten elftausend Unterschriften in den Rathaussaal, der voll war.",
      "Niemand wollte sagen, was die Überfahrt künftig kostet und ob Busse bis zum Herbst nebenher verkehren.",
    ],
    heading: "Wie geht es weiter",
    quote: "Ich habe nie daran gezweifelt.",
    caption: "Jollen warten unterhalb vom oberen Steg.",
    credit: "Lena Oster",
    bio: "Marta Feder ist Redakteurin und schreibt über Wasserstraßen.",
    signOff: "Mitarbeit: Ida Fenn",
    correction: "Korrektur: In einer früheren Fassung war die Tiefe des Beckens falsch angegeben.",
    facts: "Zahlen: Zwölf Schleusen stehen zwischen Wexmoor und Zilverdam, und sämtliche sind undicht.",
    related: ["Fährpreise erneut eingefroren", "Hafenkran billig verkauft"],
    relatedTitle: "Lesen Sie auch",
    day: "2. März 2026",
    updated: "Aktualisiert: 5. März 2026",
  },
  {
    language: "fr",
    headline: "L’écluse du vieux canal rouvre",
    dek: "Les bateaux passent après neuf ans de silence",
    names: ["Marthe Plumier", "Odon Clochard"],
    byline: "Par Marthe Plumier et Odon Clochard",
    dateline: "PORT-ELLERY (Courrier du Nord) — ",
    paragraphs: [
      "Le gardien a tourné la roue lundi, et quarante navires sont entrés avant midi, ce que personne ne croyait possible.",
      "La seconde porte sera peinte cet été, selon la mairie, car le bois est pourri et la pluie a aggravé les dégâts.",
      "Des pêcheurs le demandaient depuis 2017, et ils ont déposé onze mille signatures dans une salle comble.",
      "Nul ne sait combien coûtera désormais la traversée, ni quand circuleront les autobus de remplacement.",
    ],
    heading: "Et maintenant",
    quote: "Jamais le moindre doute.",
    caption: "Des barques attendent sous la jetée haute.",
    credit: "Lena Oster",
    bio: "Marthe Plumier est journaliste et couvre les voies navigables.",
    signOff: "Avec la contribution de Ida Fenn",
    correction: "Correction : une version précédente donnait une profondeur inexacte du bassin.",
    facts: "Chiffres : douze vannes séparent Wexmoor de Zilverdam, et toutes fuient beaucoup.",
    related: ["Tarifs du bac encore gelés", "Grue portuaire vendue"],
    relatedTitle: "À lire aussi",
    day: "2 mars 2026",
    updated: "Mis à jour le 5 mars 2026",
  },
  {
    language: "es",
    headline: "La esclusa del viejo canal reabre",
    dek: "Los barcos pasan tras nueve años callados",
    names: ["Marta Plumas", "Odón Campana"],
    byline: "Por Marta Plumas y Odón Campana",
    dateline: "PUERTO ELLERY (Correo Norte) — ",
    paragraphs: [
      "El guardián giró la rueda este lunes, y cuarenta naves entraron antes del mediodía, algo que nadie creía posible.",
      "La segunda compuerta será pintada en verano, según el ayuntamiento, porque la madera está podrida y llovió demasiado.",
      "Los pescadores lo pedían desde 2017, y llevaron once mil firmas hasta una sala completamente llena.",
      "Ninguno supo decir cuánto costará cruzar ahora, ni cuándo circularán los autobuses de reemplazo.",
    ],
    heading: "Qué viene después",
    quote: "Jamás tuve una duda.",
    caption: "Unas barcas esperan bajo el muelle alto.",
    credit: "Lena Oster",
    bio: "Marta Plumas es periodista y escribe sobre vías navegables.",
    signOff: "Con información de Ida Fenn",
    correction: "Corrección: una versión anterior indicaba mal la profundidad de la dársena.",
    facts: "Datos: doce represas separan Wexmoor y Zilverdam, y todas gotean mucho.",
    related: ["Tarifas del transbordador congeladas", "Grúa portuaria vendida"],
    relatedTitle: "Lea también",
    day: "2 de marzo de 2026",
    updated: "Actualizado el 5 de marzo de 2026",
  },
];
