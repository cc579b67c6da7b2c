// Words by which a person's name is told from other capitalised words, and those that names spell in their own way.

import { wordList } from "./word-list.ts";

/** Lower case: no person's name holds one of these. Words that are names too (May, Grace, Page) are left out. */
export const NEVER_IN_NAMES = wordList(`
  the an and or of for with from at by to on into over under is are was were be been this that these those it its he she
  they we you your our their his her not no yes all any how why what who when where which while after before about more
  most less than as if but so also here there now today yesterday tomorrow
  monday tuesday wednesday thursday friday saturday sunday january february july september october november december
  lundi mardi mercredi jeudi vendredi samedi dimanche janvier février avril juillet août septembre octobre novembre décembre
  montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz juli oktober dezember
  lunes martes miércoles jueves viernes sábado enero febrero abril mayo junio julio agosto septiembre octubre noviembre diciembre
  news times press agency herald tribune gazette journal observer telegraph chronicle newspaper magazine media network radio
  television tv bureau staff editor editors editorial newsroom desk team board correspondent reporter reporters writer writers
  journalist columnist contributor photographer agencies wires
  read share subscribe subscription subscribers follow related updated update published photo photos photograph video videos
  image images file source advertisement breaking exclusive live watch listen newsletter newsletters podcast podcasts menu search
  contact copyright rights reserved comments comment story stories latest trending sign log login account website email
  sports sport business politics world weather health science technology travel culture lifestyle entertainment opinion
  analysis education economy climate chief political senior foreign diplomatic parliamentary assistant deputy managing contributing
  university college school institute council committee commission department ministry minister president senator governor
  mayor police court bank company corporation inc ltd llc gmbh group foundation association society party union city county
  town state states street road avenue river lake mountain island islands airport hospital museum league government
  presse rédaction agence journaliste abonnés lire aussi publié mis avec pour dans sur par une leur nous vous ministre ville
  zeitung redaktion nachrichten agentur und mit für lesen mehr anzeige artikel teilen wir uhr stadt regierung
  noticias redacción agencia diario leer más suscríbete compartir publicidad ciudad gobierno con para una
`);

/** Lower case: what places, papers and headlines start with, and people don't. */
export const NEVER_FIRST = wordList(`
  new north south east west northern southern eastern western central united great saudi san santa los las el il der die das
  our your a in up top press best big first last next special breaking hong
`);

/** Lower case: a name of two words starting with one of these is a paper's (Le Phare); longer ones may be people's. */
export const ARTICLES = wordList("le la les lo gli de het een o os as");

/** Lower case: what stays small within a name, however the rest is written. */
export const PARTICLES = wordList(`
  van der den de het 't von zu zum zur vom da das do dos du des del della delle dello dei degli di la le los las y e i ten ter
  te tot op af av bin bint ibn al el ould ap ab
`);

/** Those of `PARTICLES` that a name in capitals loses them by; for the others capitals are as customary (Di Maio, Le Blanc). */
export const LOWERED = wordList(`
  van der den de het 't von zu zum zur vom da das do dos du des del ten ter te tot af av bin bint ibn
`);

/** Family names of Viet Nam, without marks: in names that start with them "Van" and "Do" are no particles. */
export const VIETNAMESE = wordList(
  "nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh truong doan",
);

/** Words of two or three letters without a vowel that are no initials. */
export const SHORT_WORDS = wordList("NG DR MR MRS MS ST JR SR");

/** Abbreviations that a name may end in. */
export const SUFFIX = /^(?:jr|sr|ph\.?d|m\.?d|esq|ii|iii|iv)\.?$/i;

/** Names with Mac that have a second capital by custom, after their Mac. */
export const MAC =
  /(?<=^|-)Mac(?=(?:arthur|donald|dougall|farlane|gregor|intosh|intyre|kay|kenna|kenzie|kinnon|leod|mahon|namara|neil|neill|pherson|queen|rae)(?:$|-))(.)/gu;
