// The words by which German-language articles, and the sites around them, are read.

import type { LanguageWords } from "./language-words.ts";

/** German. */
export const GERMAN: LanguageWords = {
  language: "de",
  commonest: `
    der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden
    aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur
    oder aber vor zur bis mehr durch sagte`,
  weekdays: `montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag`,
  shortWeekdays: `mo di mi do fr sa so`,
  months: `
    januar februar märz april mai juni juli august september oktober november dezember mrz okt dez
    jänner`,
  published:
    "(?:erst)?veröffentlicht|publiziert|erschienen|erstellt|online seit|(?:erst)?veröffentlichung(?:sdatum)?|datum",
  updated:
    "(?:zuletzt )?(?:aktualisiert|geändert|bearbeitet|überarbeitet)|(?:letzte )?(?:aktualisierung|änderung)|letztes update|stand",
  whole: {
    navigation: `
      zum inhalt springen | zum inhalt | zum hauptinhalt | zum hauptinhalt springen | direkt zum inhalt |
      zur navigation springen | zur hauptnavigation | zum menü | zur suche | menü | hauptmenü | menü öffnen |
      menü schließen | navigation | suche | suchen | suche öffnen | zur startseite | startseite | nach oben |
      zum seitenanfang | seitenanfang | kontakt | über uns | hilfe | alle ressorts | ressorts | rubriken |
      mehr anzeigen | mehr laden | alle anzeigen | alle artikel | schließen | nächster artikel |
      vorheriger artikel | zurück | weiter | zurück zur übersicht | e-paper | epaper | mein konto | themen |
      schlagworte | über den autor | über die autorin | zur autorin | zum autor | autoren`,
    prompt: `
      abonnieren | jetzt abonnieren | abo | abos | abonnement | jetzt abo abschließen | abo abschließen |
      jetzt testen | kostenlos testen | jetzt kostenlos testen | probeabo | anmelden | jetzt anmelden |
      hier anmelden | einloggen | login | logout | abmelden | registrieren | jetzt registrieren |
      kostenlos registrieren | konto anlegen | konto erstellen | bereits abonnent |
      bereits abonnent anmelden | sie haben bereits ein abo | sie haben schon ein abo | schon abonnent |
      bereits registriert | nur für abonnenten | exklusiv für abonnenten | weiterlesen | artikel merken |
      merken | auf die merkliste | merkliste | artikel verschenken | verschenken | artikel speichern |
      spenden | jetzt spenden | unterstützen sie uns | app herunterladen | zur app`,
    newsletter: `
      newsletter abonnieren | newsletter bestellen | jetzt newsletter abonnieren | zum newsletter |
      zum newsletter anmelden | newsletter anmeldung | newsletter-anmeldung | e-mail-adresse |
      ihre e-mail-adresse | deine e-mail-adresse | e-mail adresse | unsere newsletter | alle newsletter |
      abbestellen | hier bestellen | jetzt bestellen`,
    share: `
      teilen | artikel teilen | beitrag teilen | diesen artikel teilen | seite teilen | per mail teilen |
      per e-mail teilen | auf facebook teilen | bei facebook teilen | auf twitter teilen | auf x teilen |
      bei whatsapp teilen | per whatsapp teilen | per mail versenden | per e-mail versenden | versenden |
      link kopieren | link kopiert | drucken | artikel drucken | drucken e-mail | druckversion | folgen |
      folgen sie uns | folge uns | uns folgen | thema folgen | empfehlen | artikel versenden | tweeten |
      mailen`,
    list: `
      mehr zum thema | zum thema | mehr dazu | lesen sie auch | lesen sie mehr | lesen sie mehr zum thema |
      auch interessant | auch lesenswert | das könnte sie auch interessieren |
      das könnte dich auch interessieren | das könnte sie interessieren | das könnte ihnen auch gefallen |
      meistgelesen | meistgelesene artikel | die meistgelesenen artikel | am meisten gelesen | meistgeklickt |
      meistkommentiert | am meisten kommentiert | beliebt | beliebte artikel | top-themen | top themen |
      topthemen | topmeldungen | weitere artikel | weitere meldungen | weitere nachrichten | weitere themen |
      weitere beiträge | verwandte artikel | verwandte themen | ähnliche artikel | ähnliche beiträge |
      passend zum thema | neueste artikel | neueste beiträge | neueste nachrichten | aktuelle nachrichten |
      aktuelle meldungen | aktuelle artikel | empfohlen | empfehlungen | empfohlene artikel |
      empfehlungen der redaktion | unsere empfehlungen | für sie empfohlen | mehr aus dem ressort |
      mehr aus der rubrik | mehr zum artikel | weiterführende links | links zum thema | mehr nachrichten |
      mehr artikel | mehr lesen | siehe auch | aus dem archiv | anzeigen und sponsoren`,
    advertisement: `
      anzeige | anzeigen | werbung | advertorial | gesponsert | sponsored |
      artikel geht nach der werbung weiter | artikel wird nach der werbung fortgesetzt |
      der artikel geht nach der anzeige weiter | nach der anzeige weiterlesen | werbung überspringen |
      ende der anzeige`,
    licence: `
      nutzungsrechte | nutzungsrechte erwerben | artikel lizenzieren | lizenzierung |
      rechte am artikel erwerben | bild kaufen`,
    legal: `
      impressum | datenschutz | datenschutzerklärung | datenschutzhinweise | datenschutzeinstellungen |
      nutzungsbedingungen | agb | agbs | allgemeine geschäftsbedingungen | alle rechte vorbehalten |
      barrierefreiheit | erklärung zur barrierefreiheit | mediadaten | privatsphäre | jugendschutz |
      widerruf | fehler melden | abo kündigen | verträge hier kündigen | vertrag kündigen | korrekturen`,
    cookies: `
      cookie-einstellungen | cookies | cookie-richtlinie | cookies verwalten | alle akzeptieren |
      alle cookies akzeptieren | akzeptieren | akzeptieren und weiter | zustimmen | ablehnen | alle ablehnen |
      einwilligung verwalten | utiq verwalten`,
    comments: `
      kommentare | kommentar | # kommentare | # kommentar | kommentieren | kommentar schreiben |
      kommentar verfassen | kommentar abgeben | kommentare lesen | kommentare anzeigen |
      kommentare einblenden | alle kommentare | jetzt kommentieren | mitdiskutieren | diskutieren sie mit |
      diskutieren | leserkommentare | leserbriefe | leserbrief schreiben | keine kommentare |
      zu den kommentaren | schreiben sie einen kommentar | schreibe einen kommentar | ihre meinung |
      # beiträge`,
    figures: `
      lesezeit # min | lesezeit # minuten | lesezeit # minute | lesedauer # min | lesedauer # minuten |
      lesedauer ca # minuten | # min lesezeit | # minuten lesezeit | # minute lesezeit | # min lesedauer |
      lesezeit ca # min | lesezeit ca # minuten | # min | # aufrufe | # mal gelesen | # mal geteilt`,
    audio: `
      anhören | artikel anhören | diesen artikel anhören | beitrag anhören | vorlesen | artikel vorlesen |
      vorlesen lassen | audio | video | video abspielen | abspielen | jetzt ansehen | video ansehen |
      wiedergabe | schriftgröße`,
    counter: `
      # von # | bild # von # | foto # von # | bild # | # bilder | # fotos | zur bildergalerie |
      bildergalerie | zur fotostrecke | fotostrecke | galerie öffnen | bild vergrößern |
      bild in lightbox öffnen | vorheriges bild | nächstes bild | vollbild`,
  },
  starts: {
    prompt: `
      jetzt abonnieren | abonnieren sie | bereits abonnent | sie haben bereits | sie sind noch kein |
      melden sie sich an um | registrieren sie sich | bitte melden sie sich | dieser artikel ist |
      weiterlesen mit | jetzt weiterlesen | sichern sie sich | laden sie unsere app | noch kein abo |
      noch kein konto`,
    newsletter: `
      melden sie sich | melde dich | abonnieren sie unseren | abonnieren sie den | unser newsletter |
      mit der anmeldung | mit ihrer anmeldung | ihre e-mail-adresse | sie können sich jederzeit | newsletter`,
    share: `
      teilen auf | teilen via | teilen per | folgen sie uns auf | folgen sie uns | folge uns auf |
      besuchen sie uns auf | artikel teilen`,
    list: `
      lesen sie auch | lesen sie hier | lesen sie dazu | lesen sie mehr | mehr zum thema | mehr dazu |
      auch interessant | mehr aus | mehr von | mehr zu | siehe auch | meistgelesen | video | im video |
      bildergalerie | fotostrecke`,
    advertisement: `anzeige nach der | artikel wird nach | nach der werbung`,
    licence: `vervielfältigung nur mit | weiterverbreitung nur`,
    legal: `
      © # | copyright # | copyright © | © copyright | alle rechte vorbehalten | es gilt unsere |
      verantwortlich im sinne`,
    cookies: `
      wir verwenden cookies | wir nutzen cookies | diese website verwendet cookies |
      diese webseite verwendet cookies | diese seite verwendet cookies | wir und unsere partner |
      mit ihrer zustimmung`,
    comments: `
      diskutieren sie | kommentieren sie | zum kommentieren | um zu kommentieren | bitte loggen sie sich |
      alle # kommentare | # kommentare | schreiben sie uns | die kommentarfunktion`,
    figures: `lesezeit | lesedauer | geschätzte lesezeit`,
    audio: `artikel anhören | ihr browser unterstützt`,
    counter: `bild # von # | foto # von #`,
  },
  within: {
    legal: `
      alle rechte vorbehalten | unsere datenschutzerklärung | unserer datenschutzerklärung |
      unsere datenschutzhinweise | unserer agb | unsere nutzungsbedingungen`,
    cookies: `
      wir verwenden cookies | wir nutzen cookies | diese website verwendet cookies |
      diese webseite verwendet cookies | nutzung von cookies durch uns | verwendung von cookies zu`,
    newsletter: `
      jederzeit wieder abbestellen | jederzeit abbestellen | abmeldung ist jederzeit möglich |
      vom newsletter abmelden`,
  },
  weak: {
    navigation: `
      start | home | news | nachrichten | aktuelles | politik | inland | ausland | deutschland | österreich |
      schweiz | europa | welt | international | wirtschaft | finanzen | börse | geld | karriere | sport |
      fußball | bundesliga | kultur | feuilleton | gesellschaft | panorama | vermischtes | wissen |
      wissenschaft | technik | digital | netzwelt | gesundheit | reise | reisen | auto | mobilität | leben |
      stil | meinung | debatte | kommentar | kommentare | leitartikel | kolumne | kolumnen | analyse |
      exklusiv | interview | reportage | regional | region | regionales | lokales | stadt | bildung | medien |
      video | videos | podcast | podcasts | fotos | bilder | wetter | verkehr | tv-programm | spiele |
      rätsel | kreuzworträtsel | sudoku | horoskop | archiv | immobilien | stellenmarkt | traueranzeigen |
      shop | service | newsletter | rss | eilmeldung | liveticker | live | ticker | magazin | umwelt | klima |
      justiz | blaulicht | ausgabe | mehr | ratgeber`,
    share: `e-mail | mail | xing | link`,
    list: `neu | neueste | aktuell | top | tags | stichworte | stichwörter`,
    figures: `
      vor # minuten | vor # minute | vor # min | vor # stunden | vor # stunde | vor # std | vor # tagen |
      vor # tag | gestern | heute`,
  },
  hints: {
    licence: `vervielfältigung | nur mit genehmigung`,
    legal: `datenschutzerklärung | nutzungsbedingungen`,
  },
  calls: `
    melden sie sich | melde dich | abonnieren | abonniere | erhalten sie | erhalte | bestellen | lesen sie |
    verpassen sie | jeden | jede | täglich | ihr | das beste | die wichtigsten | alles wichtige | entdecken |
    testen | sichern | unterstützen | jetzt | bleiben sie | holen sie | mit unserem | folgen sie | folge |
    folgt | in unserem | unser | wir schicken | der newsletter`,
  offers: `
    newsletter | postfach | e-mail | e-mails | mail | abo | abonnement | push-nachrichten | unsere app |
    unbegrenzt | kostenlos`,
  ours: `
    unser | unsere | unseren | unserem | unserer | ihr | ihre | ihrem | ihren | sie | dein | deine | dich |
    wir`,
};
