// The words round a date in lines that say when an article appeared or changed, language by language.

/** What a label says of the date after it. */
export type DateLabel = "published" | "updated";

const words = (list: readonly string[]): RegExp =>
  new RegExp(`(?<!\\p{L})(?:${list.join("|")})(?!\\p{L})`, "giu");

/** The labels before dates, in seven languages. */
export const LABELS: Readonly<Record<DateLabel, RegExp>> = {
  published: words([
    "(?:first |originally |date )?(?:published|posted|created|issued|released|uploaded)(?: date)?",
    "(?:publication|pub|release) date|date(?: of publication)?",
    "(?:première )?publi(?:ée?|cation)|créée?|mise? en ligne|parue?|date de (?:publication|parution)",
    "(?:erst)?veröffentlicht|publiziert|erschienen|erstellt|online seit|(?:erst)?veröffentlichung(?:sdatum)?|datum",
    "publicad[oa]|creado|fecha(?: de publicación)?|publicación",
    "pubblicat[oa]|creato|data(?: di pubblicazione)?|prima pubblicazione",
    "criado|(?:data d[ae] )?publicação",
    "(?:eerst )?gepubliceerd|geplaatst|gemaakt|verschenen|publicatiedatum",
  ]),
  updated: words([
    "(?:(?:last|latest|most recently|recently) )?(?:updated?|modified|modification|edited|revised|changed|reviewed|amended)(?: date)?",
    "(?:dernière )?mise? à jour|(?:dernière )?modifi(?:ée?|cation)|actualisée?|màj|éditée?|révisée?",
    "(?:zuletzt )?(?:aktualisiert|geändert|bearbeitet|überarbeitet)|(?:letzte )?(?:aktualisierung|änderung)|letztes update|stand",
    "(?:última )?(?:actualización|modificación)|(?:actualizad|modificad|editad|revisad)[oa]",
    "(?:ultimo )?aggiorna(?:mento|t[oa])|ultima modifica|modificat[oa]|rivisto",
    "(?:última )?(?:atualização|modificação)|atualizad[oa]|alterad[oa]",
    "(?:laatst(?:e)? )?(?:bijgewerkt|gewijzigd|aangepast|bewerkt|wijziging|update|geüpdatet)",
  ]),
};

const UNITS =
  "seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|[smhdw]|" +
  "secondes?|heures?|jours?|semaines?|mois|ans?|Sekunden?|Minuten?|Stunden?|Tag(?:en)?|Wochen?|Monat(?:en)?|Jahr(?:en)?|" +
  "segundos?|minutos?|horas?|d[íi]as?|semanas?|mes(?:es)?|años?|second[io]|minut[io]|or[ae]|giorn[io]|settiman[ae]|mes[ie]|" +
  "ano?s?|seconden?|minuten|uur|uren|dag(?:en)?|weken|maand(?:en)?|jaar";
const COUNT = "(?:\\d{1,3}|an?|une?|eine[rm]?|un[ao]?|een|uma?)";

/** Times that count from a moment that nobody wrote down: `2 hours ago`, `hier`, `vor 3 Stunden`. */
export const RELATIVE = words([
  `${COUNT}\\s?(?:${UNITS}) (?:ago|fa|atrás|geleden)`,
  `(?:il y a|vor|hace|há) ${COUNT}\\s?(?:${UNITS})`,
  "just now|today|yesterday|aujourd['’]hui|hier|heute|gestern|hoy|ayer|oggi|ieri|hoje|ontem|vandaag|gisteren",
]);

const MINUTES = "\\d{1,3}[ -]?min(?:s|ute[ns]?|uti|utos?|uten)?\\.?";

/** How long the reading takes, which stands beside dates. */
export const READING_TIME = words([
  `(?:temps de lecture|lecture|lesezeit|lesedauer|(?:tiempo de )?lectura|lettura|leitura|leestijd|reading time) ?:? ?(?:de )?${MINUTES}`,
  `${MINUTES} (?:read|de lecture|lesezeit|de lectura|di lettura|de leitura|leestijd|lezen)`,
]);

/** Weekdays, full and short. */
export const WEEKDAY = words([
  "(?:mon|tues|wednes|thurs|fri|satur|sun)day|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun",
  "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim",
  "(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend|mo|di|mi|do|fr|sa|so",
  "lunes|martes|miércoles|jueves|viernes|sábado|domingo|mié|jue|vie|sáb|dom",
  "lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|gio|sab",
  "(?:segunda|terça|quarta|quinta|sexta)(?:-feira)?|seg|ter|qua|qui|sex",
  "(?:maan|dins|woens|donder|vrij|zater|zon)dag",
]);

/** Words that join a label, a day and a clock, in small letters. */
export const JOINING: ReadonlySet<string> = new Set(
  (
    "on at the of to and in time local le la les du de des à a et l en heure heures locale locales der die das den am um vom und uhr h " +
    "ortszeit el los las del al y hora horas hrs hs il lo alle ore dello ed e em o às as os da do op om uur lokale tijd"
  ).split(" "),
);

/** What a label is said of: `this article was`. Without a label they make a sentence. */
export const TELLING: ReadonlySet<string> = new Set(
  (
    "this it article story page post item was is has been cet cette il elle page a été est dieser dieses diese artikel beitrag text seite " +
    "wurde erstmals este artículo esta nota fue ha sido questo articolo è stato este artigo foi dit artikel is werd"
  ).split(" "),
);

/** Words that name who published, before a name in capitals. */
export const BY: ReadonlySet<string> = new Set("by par von por di door in dans para".split(" "));
