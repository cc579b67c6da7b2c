// What follows a name in a byline: whom somebody works for, and as what.

import { capitalised, isShouted } from "./names.ts";
import { agencyName } from "./news-agencies.ts";
import { wordList } from "./word-list.ts";

const WORDS_LIMIT = 8;

const JOBS = wordList(`
  writer reporter correspondent editor journalist columnist critic photographer photojournalist videographer producer contributor
  analyst blogger intern chief staff editor-in-chief freelance freelancer stringer illustrator translator fellow
  journaliste rédacteur rédactrice correspondant correspondante envoyé envoyée chroniqueur chroniqueuse éditorialiste pigiste
  redakteur redakteurin korrespondent korrespondentin reporterin autor autorin volontär volontärin kolumnist kolumnistin
  journalistin chefredakteur chefredakteurin ressortleiter ressortleiterin mitarbeiter mitarbeiterin fotograf fotografin
  periodista corresponsal redactor redactora enviado enviada editora columnista reportero reportera colaborador colaboradora
  giornalista inviato inviata corrispondente redattore redattrice jornalista repórter correspondente verslaggever
  verslaggeefster redacteur correspondente
`);

const ORGANISATIONS = wordList(`
  times post news press herald tribune gazette journal observer guardian telegraph chronicle agency magazine media network radio
  television tv bureau service services review weekly daily mail echo university institute college foundation centre center
  newspaper newspapers newsroom wires agencies reuters courant examiner inquirer register sentinel dispatch ledger broadcasting
  presse agence dépêche courrier journaux matin université rédaction zeitung nachrichten magazin rundfunk tageblatt anzeiger
  allgemeine blatt redaktion agentur universität diario periódico noticias agencia redacción universidad giornale corriere
  jornal folha correio agência dagblad nieuws krant
`);

const SMALL = wordList(
  "of the and for in at de la du des le les et der die das und für von el los y del di della e do da & to on à au aux en van",
);
const ARTICLE = /^(?:The|THE|Le|La|Les|El|Los|Las|Il|Lo|Der|Die|Das|De|Het|O)\s+(?=\p{Lu})|^L['’](?=\p{Lu})/u;
const SHORT_WORDS = wordList("new sun day bay age air sea big one box eye old");

/** Who employs somebody or what they do (`Staff Writer`, `The Harbour Times`); undefined where the words don't say so. */
export function affiliation(written: string): string | undefined {
  const name = written
    .trim()
    .replace(/^(?:[Ss]pecial (?:to|for)|SPECIAL TO|[Ff]or|pour|für|para|per|voor)\s+(?=\p{Lu}|the )/u, "");
  if (name === "" || name.length > 100) return undefined;
  const agency = agencyName(name);
  if (agency) return agency;
  const parts = name.split(/\s+/);
  if (parts.length > WORDS_LIMIT || !/^[\p{L}\p{M}\s'’&.,-]+$/u.test(name) || ENDED.test(name))
    return undefined;
  const plain = parts.map((part) => part.toLowerCase().replace(/[.,]$/, ""));
  if (plain.some((part) => JOBS.has(part)))
    return plain.some((part) => NO_JOB.has(part)) ? undefined : spelled(parts);
  const named = parts.every(isCapital);
  return named && (ARTICLE.test(name) || plain.some((part) => ORGANISATIONS.has(part)))
    ? spelled(parts)
    : undefined;
}

// A full stop ends a sentence, unless it shortens a word.
const ENDED = /(?<!(?<!\p{L})(?:Inc|Ltd|Co|Corp|\p{Lu}))\.$/u;
const NO_JOB = wordList("said says told who whose is was were has had will would and,");

const isCapital = (part: string): boolean =>
  SMALL.has(part.toLowerCase()) || /^(?:[ld]['’])?[\p{Lu}\p{Lt}\p{Lo}]/u.test(part);

/** The name of an organisation; one in capitals gets small letters, its short words aside (`BBC`). */
const spelled = (parts: readonly string[]): string =>
  isShouted(parts.join(" ")) ? parts.map(unshouted).join(" ") : parts.join(" ");

function unshouted(part: string, index: number): string {
  const small = part.toLowerCase();
  if (SMALL.has(small)) return index === 0 ? capitalised(part) : small;
  return small.length < 4 && !SHORT_WORDS.has(small) ? part : capitalised(part);
}
