// The words by which Italian-language articles, and the sites around them, are read.

import type { LanguageWords } from "./language-words.ts";

export const ITALIAN: LanguageWords = {
  language: "it",
  commonest: `
    di e il la che in a per un è del non una i le si da con dei al alla della nel sono come ha più anche gli
    lo ma delle nella dal ai se su questo suo hanno dalla stato essere degli tra dopo loro l`,
  dates: {
    weekdays: `lunedì martedì mercoledì giovedì venerdì sabato domenica`,
    shortWeekdays: `gio sab`,
    months: `
      gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre gen mag
      giu lug set ott`,
    published: "pubblicat[oa]|creato|data(?: di pubblicazione)?|prima pubblicazione",
    updated: "(?:ultimo )?aggiorna(?:mento|t[oa])|ultima modifica|modificat[oa]|rivisto",
    units: "second[io]|minut[io]|or[ae]|giorn[io]|settiman[ae]|mes[ie]|anno?",
    after: "fa",
    today: "oggi|ieri",
    readingTime: "lettura",
    reading: "di lettura",
    joining: "il lo alle ore dello ed e",
    telling: "questo articolo è stato",
    by: "di in",
  },
  bylines: {
    marks: {
      author: "testo:",
      perhaps: "di | a cura di | testo di",
      contributor: "con la collaborazione di",
      photographer: "foto di",
      illustrator: "illustrazioni di",
      translator: "traduzione di | tradotto da",
    },
    agencies: "ANSA | AdnKronos | LaPresse",
    andWithin: "e",
    jobs: "giornalista inviato inviata corrispondente redattore redattrice",
    special: "per",
    organisations: "giornale corriere",
    small: "di della e da",
    article: "il lo la",
    before: "(?:vedi\\s+)?tutti\\s+gli\\s+articoli\\s+(?:di|da)|scritto\\s+da|autor[ei]|di",
  },
  bios: {
    is: "è",
    journalist: "giornalista|corrispondente|inviat[oa]|redat(?:tore|trice)",
    covers: "scrive (?:di|per)",
    speech: "ha detto|disse",
  },
  pictures: {
    counted: "immagine",
    archive: "foto d['’]archivio",
    credit: "(?:Fotografie|Immagine) ?:|Foto di(?= \\p{Lu})",
    source: "Fonte",
    rights: "diritti riservati",
    speaks: "in questa foto",
    credited: "da di",
  },
  site: {
    whole: {
      navigation: `
        vai/salta al contenuto [principale] | menù | cerca | contatti | sezioni | chiudi | menu principale |
        apri/chiudi menu | torna su | torna alla home | mappa del sito | chi siamo | tutte le sezioni |
        mostra di più | mostra altro | vedi tutti/tutte | articolo precedente/successivo | edizione cartacea`,
      prompt: `
        abbonati | abbonamenti | accedi | registrati | iscriviti | esci | salva | sostienici |
        abbonati/accedi/dona ora/subito | [sei] già abbonato [accedi] | [contenuto] riservato agli abbonati |
        solo per abbonati | continua a leggere | salva/regala articolo | iscriviti alla [nostra] newsletter |
        la tua email | indirizzo email | le nostre newsletter | annulla iscrizione`,
      share: `
        condividi | stampa | invia | seguici | segui | commenti | commenta |
        condividi l'articolo/articolo/su | copia [il] link | link copiato | invia per email | seguici su |
        # commenti/commento | lascia/scrivi un commento | leggi i commenti | vedi tutti i commenti |
        partecipa alla discussione`,
      list: `
        leggi/vedi anche/altro | potrebbe/potrebbero interessarti [anche] |
        ti potrebbe/potrebbero interessare | articoli correlati | correlati | ultim'ora | consigliati |
        notizie correlate | [i] più letti/lette/letto | le [notizie] più lette | ultime/altre notizie |
        consigliati/raccomandati per te | in evidenza | per approfondire | dalla stessa sezione |
        contenuti sponsorizzati`,
      advertisement: `
        pubblicità | annuncio | annunci | contenuto sponsorizzato | continua dopo la pubblicità`,
      legal: `
        [©] riproduzione riservata | riproduzione riservata © copyright | note legali |
        informativa [sulla] privacy | termini e condizioni | condizioni d'uso/generali |
        tutti i diritti riservati | dichiarazione di accessibilità |
        gestisci/preferenze/impostazioni cookie | accetta/rifiuta [tutti] | accetta e continua`,
      figures: `
        tempo di lettura # min/minuti | # min/minuti di lettura | lettura # minuti |
        # visualizzazioni/condivisioni | ascolta | riproduci | ascolta l'articolo | ascolta questo articolo |
        guarda il video`,
      counter: `[foto] # di # | vai alla gallery | guarda la gallery | # foto`,
    },
    starts: {
      prompt: `
        abbonati/accedi/registrati per | abbonati a | sei già abbonato | questo contenuto è riservato |
        per continuare a leggere | iscriviti alla | ricevi ogni | ricevi le nostre | iscrivendoti |
        la tua email`,
      share: `condividi/seguici su | condividi via | accedi per commentare | devi essere registrato`,
      list: `leggi/vedi/guarda anche | potrebbe interessarti | per approfondire | correlati`,
      legal: `
        tutti i diritti | partita/p iva | utilizziamo i cookie | questo sito utilizza/usa cookie |
        noi e i nostri partner`,
      figures: `tempo di lettura`,
    },
    within: {
      legal: `
        tutti i diritti riservati | riproduzione riservata | utilizziamo i cookie |
        questo sito utilizza [i] cookie`,
    },
    weak: {
      navigation: `
        prima pagina | notizie | cronaca | esteri | mondo | italia | politica | economia | calcio |
        spettacoli | scienza | scienze | tecnologia | salute | ambiente | opinioni | commento | editoriali |
        società | viaggi | cucina | motori | regioni | roma | milano | foto | meteo | oroscopo | giochi |
        archivio | abbonamento | necrologie | scuola | lavoro`,
      figures: `# minuti/ore/giorni fa | ieri | oggi`,
    },
    calls: `
      iscriviti | ricevi | abbonati | scopri | segui | accedi | sostieni | ogni | tutte le | il meglio |
      non perdere | le notizie`,
    offers: `newsletter | email | e-mail | abbonamento | notifiche | casella di posta | la nostra app`,
    ours: `nostra | nostro | nostre | nostri | tua | tuo | tue | tuoi | ti`,
  },
};
