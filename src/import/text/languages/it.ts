// The words by which Italian-language articles, and the sites around them, are read.

import type { LanguageWords } from "./language-words.ts";

/** Italian. */
export const ITALIAN: LanguageWords = {
  language: "it",
  commonest: `
    di e il la che in a per un è del non una i le si da con dei al alla della nel sono come ha più anche
    gli lo ma delle nella dal ai se su questo suo hanno dalla stato essere degli tra dopo loro l`,
  weekdays: `lunedì martedì mercoledì giovedì venerdì sabato domenica`,
  shortWeekdays: `gio sab`,
  months: `
    gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre gen
    mag giu lug set ott`,
  published: "pubblicat[oa]|creato|data(?: di pubblicazione)?|prima pubblicazione",
  updated: "(?:ultimo )?aggiorna(?:mento|t[oa])|ultima modifica|modificat[oa]|rivisto",
  whole: {
    navigation: `
      vai al contenuto | salta al contenuto | vai al contenuto principale | menù | menu principale |
      apri menu | chiudi menu | cerca | torna su | torna alla home | mappa del sito | contatti | chi siamo |
      tutte le sezioni | sezioni | mostra di più | mostra altro | vedi tutti | vedi tutte | chiudi |
      articolo precedente | articolo successivo | edizione cartacea`,
    prompt: `
      abbonati | abbonati ora | abbonati subito | abbonamenti | accedi | accedi ora | registrati | iscriviti |
      esci | sei già abbonato | sei già abbonato accedi | già abbonato | contenuto riservato agli abbonati |
      riservato agli abbonati | solo per abbonati | continua a leggere | salva | salva articolo |
      regala articolo | sostienici | dona ora`,
    newsletter: `
      iscriviti alla newsletter | iscriviti alla nostra newsletter | la tua email | indirizzo email |
      le nostre newsletter | annulla iscrizione`,
    share: `
      condividi | condividi l'articolo | condividi articolo | condividi su | copia link | copia il link |
      link copiato | stampa | invia | invia per email | seguici | seguici su | segui`,
    list: `
      leggi anche | leggi altro | potrebbe interessarti | potrebbe interessarti anche |
      ti potrebbe interessare | ti potrebbero interessare | potrebbero interessarti | articoli correlati |
      correlati | notizie correlate | i più letti | le più lette | più letti | più lette | più letto |
      le notizie più lette | ultime notizie | ultim'ora | consigliati per te | consigliati |
      raccomandati per te | vedi anche | in evidenza | per approfondire | altre notizie |
      dalla stessa sezione | contenuti sponsorizzati`,
    advertisement: `pubblicità | annuncio | annunci | contenuto sponsorizzato | continua dopo la pubblicità`,
    licence: `riproduzione riservata | © riproduzione riservata | riproduzione riservata © copyright`,
    legal: `
      note legali | informativa privacy | informativa sulla privacy | termini e condizioni |
      condizioni d'uso | condizioni generali | tutti i diritti riservati | dichiarazione di accessibilità |
      privacy policy`,
    cookies: `
      cookie policy | gestisci cookie | preferenze cookie | impostazioni cookie | accetta | accetta tutti |
      accetta e continua | rifiuta | rifiuta tutti`,
    comments: `
      commenti | # commenti | # commento | commenta | lascia un commento | scrivi un commento |
      leggi i commenti | vedi tutti i commenti | partecipa alla discussione`,
    figures: `
      tempo di lettura # min | tempo di lettura # minuti | # min di lettura | # minuti di lettura |
      lettura # minuti | # visualizzazioni | # condivisioni`,
    audio: `ascolta | ascolta l'articolo | ascolta questo articolo | guarda il video | riproduci`,
    counter: `# di # | foto # di # | vai alla gallery | guarda la gallery | # foto`,
  },
  starts: {
    prompt: `
      abbonati per | abbonati a | accedi per | registrati per | sei già abbonato |
      questo contenuto è riservato | per continuare a leggere`,
    newsletter: `iscriviti alla | ricevi ogni | ricevi le nostre | iscrivendoti | la tua email`,
    share: `condividi su | condividi via | seguici su`,
    list: `leggi anche | potrebbe interessarti | vedi anche | guarda anche | per approfondire | correlati`,
    legal: `© # | copyright # | tutti i diritti | partita iva | p iva`,
    cookies: `
      utilizziamo i cookie | questo sito utilizza cookie | questo sito usa cookie | noi e i nostri partner`,
    comments: `accedi per commentare | devi essere registrato`,
    figures: `tempo di lettura`,
  },
  within: {
    legal: `tutti i diritti riservati | riproduzione riservata`,
    cookies: `utilizziamo i cookie | questo sito utilizza cookie | questo sito utilizza i cookie`,
  },
  weak: {
    navigation: `
      prima pagina | notizie | cronaca | esteri | mondo | italia | politica | economia | sport | calcio |
      cultura | spettacoli | scienza | scienze | tecnologia | salute | ambiente | opinioni | commento |
      editoriali | società | viaggi | moda | cucina | motori | regioni | roma | milano | video | foto |
      podcast | meteo | oroscopo | giochi | archivio | abbonamento | newsletter | necrologie | scuola | lavoro`,
    figures: `# minuti fa | # ore fa | # giorni fa | ieri | oggi`,
  },
  hints: {},
  calls: `
    iscriviti | ricevi | abbonati | scopri | segui | accedi | sostieni | ogni | tutte le | il meglio |
    non perdere | le notizie`,
  offers: `newsletter | casella di posta | email | e-mail | abbonamento | notifiche | la nostra app`,
  ours: `nostra | nostro | nostre | nostri | tua | tuo | tue | tuoi | ti`,
};
