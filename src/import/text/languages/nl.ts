// The words by which Dutch-language articles, and the sites around them, are read.

import type { LanguageWords } from "./language-words.ts";

export const DUTCH: LanguageWords = {
  language: "nl",
  commonest: `
    de het een van en in is dat op te voor met zijn aan niet die er om ook als bij door maar naar uit over
    worden nog wordt heeft hij zij werd was of dan haar meer geen tot hebben deze zei`,
  dates: {
    weekdays: `maandag dinsdag woensdag donderdag vrijdag zaterdag zondag`,
    months: `januari februari maart april mei juni juli augustus september oktober november december mrt`,
    published: "(?:eerst )?gepubliceerd|geplaatst|gemaakt|verschenen|publicatiedatum",
    updated: `
      (?:laatst(?:e)? )?(?:bijgewerkt|gewijzigd|aangepast|bewerkt|wijziging|update|geüpdatet)`,
    units: "seconden?|minuten|uur|uren|dag(?:en)?|weken|maand(?:en)?|jaar",
    one: "een",
    after: "geleden",
    today: "vandaag|gisteren",
    readingTime: "leestijd",
    reading: "leestijd|lezen",
    joining: "op om uur lokale tijd",
    telling: "dit artikel is werd",
    by: "door",
  },
  bylines: {
    marks: {
      author: "tekst:",
      perhaps: "door",
      with: "met",
      photographer: "foto's van | foto's:",
      translator: "vertaald door | vertaling:",
    },
    agencies: "ANP",
    andWithin: "en",
    jobs: "correspondente verslaggever verslaggeefster redacteur",
    special: "voor",
    organisations: "dagblad nieuws krant",
    small: "van",
    article: "de het",
    before: "alle\\s+(?:berichten|artikelen)\\s+(?:van|door)|door",
    behind: "bekijken",
  },
  bios: {
    is: "is",
    journalist: "journaliste?|verslagge(?:ver|efster)|redacteur|correspondent",
    covers: "schrijft over",
    speech: "zei",
  },
  pictures: {
    counted: "afbeelding",
    credit: "(?:Fotograaf|Beeld) ?:|Foto van(?= \\p{Lu})",
    source: "Bron",
    rights: "rechten voorbehouden",
    speaks: "op deze foto",
    article: "een",
    credited: "van",
  },
  site: {
    whole: {
      navigation: `
        ga/direct/spring naar [de] inhoud | naar de inhoud/homepage | hoofdmenu | zoeken | voorpagina |
        rubrieken | sluiten | menu openen/sluiten | terug naar boven | over ons | alle rubrieken |
        meer tonen | toon meer | alles bekijken | bekijk alles | volgend/vorig artikel | digitale krant`,
      prompt: `
        abonneer | abonneren | abonnementen | inloggen | aanmelden | registreren | bewaren | bewaar |
        doneer | inschrijven | e-mailadres | uitschrijven | abonneer nu | neem een abonnement |
        account aanmaken | maak een account | al abonnee | al abonnee log in |
        alleen/exclusief voor abonnees | lees verder | bewaar artikel | geef cadeau | cadeau geven |
        steun ons | schrijf je in | schrijf je in voor de nieuwsbrief | aanmelden voor de nieuwsbrief |
        uw/je e-mailadres | onze nieuwsbrieven`,
      share: `
        delen | deel | printen | afdrukken | volgen | reacties | reageer | reageren |
        deel [dit] artikel/via | delen via e-mail | delen op facebook | link kopiëren | kopieer link |
        volg ons | #/bekijk reacties | # reactie | plaats/schrijf een reactie`,
      list: `
        lees/bekijk/zie ook | lees meer | lees verder over | gerelateerd | populair | aanbevolen |
        uitgelicht | gerelateerde/meer artikelen/onderwerpen | meer over dit onderwerp |
        [het] meer/laatste nieuws | meest/best gelezen | aanbevolen voor jou | net binnen |
        misschien vind je dit ook interessant`,
      advertisement: `
        advertentie | advertenties | reclame | gesponsord | artikel gaat verder onder de advertentie |
        de tekst gaat verder onder de advertentie | tekst gaat door onder de advertentie`,
      legal: `
        algemene voorwaarden | gebruiksvoorwaarden | privacybeleid | privacyverklaring | privacystatement |
        colofon | toegankelijkheid | cookiebeleid | cookie-instellingen | cookieinstellingen | accepteren |
        akkoord | weigeren | alle rechten voorbehouden | fout melden | tip de redactie | cookies beheren |
        alles accepteren`,
      figures: `
        leestijd # min/minuten | # min/minuten leestijd/lezen | # keer bekeken | luister | luisteren |
        afspelen | luister naar dit artikel | beluister dit artikel | bekijk de video`,
      counter: `[foto] # van # | bekijk de foto's | # foto's`,
    },
    starts: {
      prompt: `
        abonneer je | log in om | maak een account aan om | dit artikel is alleen voor | al abonnee |
        steun onze journalistiek | schrijf je in voor | ontvang elke/onze | meld je aan voor |
        door je in te schrijven`,
      share: `deel via/op | volg ons op`,
      list: `lees/bekijk/zie/luister ook | meer over`,
      legal: `alle rechten | wij gebruiken cookies | deze website/site gebruikt cookies`,
      figures: `leestijd`,
    },
    within: {
      legal: `
        alle rechten voorbehouden | onze privacyverklaring | wij gebruiken cookies |
        deze website gebruikt cookies`,
    },
    weak: {
      navigation: `
        nieuws | binnenland | buitenland | nederland | belgië | politiek | economie | voetbal | cultuur |
        wetenschap | techniek | gezondheid | milieu | klimaat | opinie | columns | achtergrond | regio |
        weer | verkeer | media | reizen | wonen | foto's | video's | puzzels | archief | meer | ons aanbod`,
      figures: `# minuten/uur/dagen geleden | gisteren | vandaag`,
    },
    calls: `
      schrijf je in | meld je aan | ontvang | abonneer | ontdek | volg | steun | elke | blijf |
      het beste/belangrijkste`,
    offers: `nieuwsbrief | nieuwsbrieven | inbox | mailbox | e-mail | abonnement | pushberichten | onze app`,
    ours: `onze | ons | je | jouw | uw | u`,
    newsletter: "nieuwsbrief",
  },
};
