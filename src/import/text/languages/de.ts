// The words by which German-language articles, and the sites around them, are read.

import type { LanguageWords } from "./language-words.ts";

export const GERMAN: LanguageWords = {
  language: "de",
  commonest: `
    der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er
    hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor
    zur bis mehr durch sagte`,
  dates: {
    weekdays: `montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag`,
    shortWeekdays: `mo di mi do fr sa so`,
    months: `
      januar februar märz april mai juni juli august september oktober november dezember mrz okt dez jänner`,
    published: `
      (?:erst)?veröffentlicht|publiziert|erschienen|erstellt|online seit|
      (?:erst)?veröffentlichung(?:sdatum)?|datum`,
    updated: `
      (?:zuletzt )?(?:aktualisiert|geändert|bearbeitet|überarbeitet)|(?:letzte )?(?:aktualisierung|änderung)|
      letztes update|stand`,
    units: "Sekunden?|Minuten?|Stunden?|Tag(?:en)?|Wochen?|Monat(?:en)?|Jahr(?:en)?",
    one: "eine[rm]?",
    before: "vor",
    today: "heute|gestern",
    readingTime: "lesezeit|lesedauer",
    reading: "lesezeit",
    joining: "der die das den am um vom und uhr h ortszeit",
    telling: "dieser dieses diese artikel beitrag text seite wurde erstmals",
    by: "von",
  },
  bylines: {
    marks: {
      author: "autor/autorin:",
      perhaps: "von | text von | ein bericht/kommentar von",
      reporter: "bericht von | bericht:",
      "author photographer": "text und fotos:",
      contributor: "mitarbeit: | unter mitarbeit von",
      with: "mit",
      writer: "geschrieben/verfasst von",
      editor: "redigiert/bearbeitet von | redaktion:",
      photographer: "fotos/fotografien von | fotos:",
      illustrator: "illustrationen/illustriert von | illustrationen:",
      translator: "übersetzt von | aus dem englischen/französischen von | übersetzung:",
    },
    contributed: `
      (?:hat|haben) (?:zu diesem (?:Bericht|Artikel|Text) beigetragen|
      an diesem (?:Bericht|Artikel|Text) mitgearbeitet)`,
    and: "und",
    at: "aus|bei",
    agencies: "dpa | Deutsche Presse-Agentur | APA | SID | epd | KNA | SDA | Keystone-SDA | AWP",
    otherAgencies: "agenturen",
    jobs: `
      redakteur redakteurin korrespondent korrespondentin reporterin autor autorin volontär volontärin
      kolumnist kolumnistin journalistin chefredakteur chefredakteurin ressortleiter ressortleiterin mitarbeiter
      mitarbeiterin fotograf fotografin`,
    special: "für",
    organisations: `
      zeitung nachrichten magazin rundfunk tageblatt anzeiger allgemeine blatt redaktion agentur universität`,
    small: "der die und das für von",
    article: "der die das",
    before: `
      (?:zeige\\s+|zum\\s+)?(?:alle\\s+)?(?:beiträge|artikel)\\s+(?:von|av|af)|über|autor(?:in)?|von`,
    behind: "anzeigen|ansehen",
    nobody: "anonym|autor(?:in)?|alle\\s+(?:beiträge|artikel)",
    never: `
      zeitung redaktion nachrichten agentur und mit für lesen mehr anzeige artikel teilen wir uhr stadt regierung
      montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar märz juli oktober dezember`,
    noPlace: `
      EILMELDUNG KOMMENTAR KORREKTUR ANZEIGE HINTERGRUND LIVETICKER MEINUNG EXKLUSIV BERICHT CDU SPD AFD`,
  },
  bios: {
    label: "über (?:den autor|die autorin)|zur person",
    author: "der autor|die autorin",
    is: "ist|arbeitet als",
    journalist: "[\\p{L}-]*(?:redakteur|korrespondent|reporter|journalist|volontär|kolumnist)(?:in)?",
    based: "lebt (?:und arbeitet )?in",
    covers: "schreibt (?:über|für)|berichtet (?:über|für|aus)",
    studied: "studierte|hat \\p{L}+ studiert",
    earlier: "zuvor|davor|arbeitete",
    reach: "folgen sie (?:ihr|ihm)",
    prizes: "(?:won|winner of|recipient of|received) (?=.{0,80}preis)|autorin von",
    they: "sie|er",
    do: "ist|hat|lebt|schreibt|arbeitet",
    speech: "sagte|erklärte|betonte",
  },
  pictures: {
    counted: "foto|bild",
    button: "bildergalerie öffnen",
    captionLabel: "bildunterschrift:",
    archive: "(?:archiv|symbol)(?:foto|bild)",
    rights: "rechte vorbehalten",
    speaks: "auf diesem (?:foto|bild)",
    article: "eine?|zwei|drei",
    seen: "steht|stehen|hält|halten|sitzt|sitzen|geht|gehen|blickt|zeigt|trägt|luftbild",
    credit: `
      (?:(?:Archiv|Symbol|Themen|Beispiel)(?:foto|bild)|Fotos?|Bild|Bilder|Bildnachweis|Fotograf) ?:|Foto von(?= \\p{Lu})`,
    source: "Quelle|Bildquelle",
    told: "sagte|laut",
    credited: "der den die für und von vom zu zur archiv alliance bin ddp dpa epd imago",
    text: "von",
  },
  site: {
    whole: {
      navigation: `
        zum inhalt/hauptinhalt/menü/seitenanfang/autor [springen] | direkt zum inhalt |
        zur navigation springen | zur hauptnavigation/suche/startseite/autorin | menü | hauptmenü |
        navigation | suche | suchen | startseite | seitenanfang | kontakt | hilfe | ressorts | rubriken |
        schließen | zurück | weiter | themen | schlagworte | autoren | menü/suche öffnen | menü schließen |
        nach oben | über uns | alle/mehr ressorts/anzeigen/artikel/laden | nächster/vorheriger artikel |
        zurück zur übersicht | mein konto | über den autor | über die autorin`,
      prompt: `
        abonnieren | abo | abos | probeabo | anmelden | einloggen | abmelden | registrieren | weiterlesen |
        merken | merkliste | verschenken | spenden | newsletter-anmeldung | e-mail-adresse | abbestellen |
        jetzt/kostenlos/hier abonnieren/testen/anmelden/registrieren/spenden/bestellen |
        [jetzt] abo abschließen | jetzt kostenlos testen | konto anlegen/erstellen |
        bereits/schon abonnent [anmelden] | sie haben bereits/schon ein abo | bereits registriert |
        nur/exklusiv für abonnenten | artikel merken/verschenken/speichern | auf die merkliste |
        unterstützen sie uns | app herunterladen | zur app |
        [jetzt] newsletter abonnieren/bestellen/anmeldung | zum/unsere/alle newsletter [anmelden] |
        ihre/deine e-mail-adresse | e-mail adresse`,
      share: `
        teilen | versenden | drucken | druckversion | folgen | empfehlen | tweeten | mailen | kommentare |
        kommentar | kommentieren | mitdiskutieren | diskutieren | leserkommentare | leserbriefe |
        [diesen] artikel/beitrag/seite teilen | per mail/e-mail/whatsapp teilen/versenden |
        auf/bei facebook/twitter/x/whatsapp teilen | link kopieren/kopiert | artikel drucken/versenden |
        drucken e-mail | folgen sie uns | folge uns | uns/thema folgen | #/alle/keine kommentare |
        # kommentar/beiträge | kommentar/leserbrief schreiben/verfassen/abgeben |
        kommentare lesen/anzeigen/einblenden | jetzt kommentieren | diskutieren sie mit |
        zu den kommentaren | schreiben sie einen kommentar | schreibe einen kommentar | ihre meinung`,
      list: `
        [mehr/passend/links] zum thema/artikel |
        mehr/weitere dazu/nachrichten/lesen/meldungen/themen/beiträge | lesen sie auch/mehr |
        lesen sie mehr zum thema | auch interessant/lesenswert | das könnte sie/dich [auch] interessieren |
        das könnte ihnen auch gefallen | meistgelesen | meistgeklickt | meistkommentiert | beliebt |
        top-themen | topthemen | topmeldungen | empfohlen | empfehlungen |
        meistgelesene/beliebte/weitere/verwandte/ähnliche/neueste/aktuelle/empfohlene/mehr artikel/nachrichten/beiträge |
        die meistgelesenen artikel | am meisten gelesen/kommentiert | top/verwandte themen |
        aktuelle meldungen | empfehlungen der redaktion | unsere empfehlungen | für sie empfohlen |
        mehr aus dem ressort | mehr aus der rubrik | weiterführende links | siehe auch | aus dem archiv |
        anzeigen und sponsoren`,
      advertisement: `
        anzeige | anzeigen | werbung | advertorial | gesponsert | artikel geht nach der werbung weiter |
        artikel wird nach der werbung fortgesetzt | der artikel geht nach der anzeige weiter |
        nach der anzeige weiterlesen | werbung überspringen | ende der anzeige`,
      legal: `
        nutzungsrechte | lizenzierung | impressum | datenschutz | datenschutzerklärung |
        datenschutzhinweise | datenschutzeinstellungen | nutzungsbedingungen | agb | agbs |
        barrierefreiheit | mediadaten | privatsphäre | jugendschutz | widerruf | korrekturen |
        cookie-einstellungen | cookie-richtlinie | akzeptieren | zustimmen | ablehnen |
        nutzungsrechte erwerben | artikel lizenzieren | rechte am artikel erwerben | bild kaufen |
        allgemeine geschäftsbedingungen | alle rechte vorbehalten | erklärung zur barrierefreiheit |
        fehler melden | abo/vertrag kündigen | verträge hier kündigen | cookies/einwilligung/utiq verwalten |
        alle [cookies] akzeptieren/ablehnen | akzeptieren und weiter`,
      figures: `
        lesezeit/lesedauer [ca] # min/minuten/minute | # min/minuten/minute lesezeit/lesedauer |
        lesezeit ca # min | # aufrufe | # mal gelesen/geteilt | anhören | vorlesen | video | abspielen |
        wiedergabe | schriftgröße | [diesen] artikel/beitrag anhören | artikel vorlesen | vorlesen lassen |
        video/jetzt abspielen/ansehen`,
      counter: `
        [bild/foto] # von # | bild #/vergrößern | # bilder/fotos | zur bildergalerie/fotostrecke |
        bildergalerie | fotostrecke | vollbild | galerie öffnen | bild in lightbox öffnen |
        vorheriges/nächstes bild`,
    },
    starts: {
      prompt: `
        jetzt abonnieren/weiterlesen | abonnieren sie [unseren/den] | bereits abonnent | sie haben bereits |
        sie sind noch kein | melden sie sich an um | registrieren/sichern/melden sie sich |
        bitte melden sie sich | dieser artikel ist | weiterlesen mit | laden sie unsere app |
        noch kein abo/konto | melde dich | [unser] newsletter | mit der/ihrer anmeldung |
        ihre e-mail-adresse | sie können sich jederzeit`,
      share: `
        teilen auf/via/per | folgen/besuchen sie uns auf | folgen/schreiben sie uns | folge uns auf |
        artikel teilen | diskutieren/kommentieren sie | zum kommentieren | um zu kommentieren |
        bitte loggen sie sich | [alle] # kommentare | die kommentarfunktion`,
      list: `
        lesen sie auch/hier/dazu/mehr | mehr zum thema | mehr dazu/aus/von/zu | auch interessant |
        siehe auch | meistgelesen | bildergalerie | fotostrecke | im video`,
      advertisement: `anzeige nach der | artikel wird nach | nach der werbung`,
      legal: `
        vervielfältigung nur mit | weiterverbreitung nur | alle rechte vorbehalten | es gilt unsere |
        verantwortlich im sinne | wir verwenden/nutzen cookies |
        diese website/webseite/seite verwendet cookies | wir und unsere partner | mit ihrer zustimmung`,
      figures: `lesezeit | lesedauer | geschätzte lesezeit | artikel anhören | ihr browser unterstützt`,
      counter: `bild/foto # von #`,
    },
    within: {
      prompt: `jederzeit [wieder] abbestellen | abmeldung ist jederzeit möglich | vom newsletter abmelden`,
      legal: `
        alle rechte vorbehalten | unsere datenschutzerklärung/datenschutzhinweise/nutzungsbedingungen |
        unserer datenschutzerklärung/agb | wir verwenden/nutzen cookies |
        diese website/webseite verwendet cookies | nutzung von cookies durch uns | verwendung von cookies zu`,
    },
    weak: {
      navigation: `
        start | nachrichten | aktuelles | politik | inland | ausland | deutschland | österreich | schweiz |
        europa | welt | wirtschaft | finanzen | börse | geld | karriere | fußball | bundesliga | kultur |
        feuilleton | gesellschaft | panorama | vermischtes | wissen | wissenschaft | technik | digital |
        netzwelt | gesundheit | reise | reisen | auto | mobilität | leben | stil | meinung | debatte |
        kommentar | kommentare | leitartikel | kolumne | kolumnen | exklusiv | interview | region |
        regionales | lokales | stadt | bildung | medien | fotos | bilder | wetter | verkehr | tv-programm |
        spiele | rätsel | kreuzworträtsel | sudoku | horoskop | archiv | immobilien | stellenmarkt |
        traueranzeigen | service | eilmeldung | liveticker | ticker | magazin | umwelt | klima | justiz |
        blaulicht | ausgabe | mehr | ratgeber`,
      share: `xing`,
      list: `neu | neueste | aktuell | stichworte | stichwörter`,
      figures: `vor # minuten/minute/min/stunden/stunde/std/tagen/tag | gestern | heute`,
    },
    hints: {
      legal: `vervielfältigung | datenschutzerklärung | nutzungsbedingungen | nur mit genehmigung`,
    },
    calls: `
      melden sie sich | melde dich | abonnieren | abonniere | erhalte | bestellen | jeden | jede | täglich |
      ihr | entdecken | testen | sichern | unterstützen | jetzt | folge | folgt | unser |
      erhalten/lesen/verpassen/bleiben/holen/folgen sie | das beste | die wichtigsten | alles wichtige |
      mit/in unserem | wir schicken | der newsletter`,
    offers: `
      newsletter | postfach | e-mail | e-mails | mail | abo | abonnement | push-nachrichten | unbegrenzt |
      kostenlos | unsere app`,
    ours: `
      unser | unsere | unseren | unserem | unserer | ihr | ihre | ihrem | ihren | sie | dein | deine | dich |
      wir`,
    pitched: "nachrichten|täglich|wöchentlich|morgen|ihr|ihre",
  },
};
