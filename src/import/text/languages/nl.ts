// The words by which Dutch-language articles, and the sites around them, are read.

import type { LanguageWords } from "./language-words.ts";

/** Dutch. */
export const DUTCH: LanguageWords = {
  language: "nl",
  commonest: `
    de het een van en in is dat op te voor met zijn aan niet die er om ook als bij door maar naar uit
    over worden nog wordt heeft hij zij werd was of dan haar meer geen tot hebben deze zei`,
  weekdays: `maandag dinsdag woensdag donderdag vrijdag zaterdag zondag`,
  shortWeekdays: ``,
  months: `
    januari februari maart april mei juni juli augustus september oktober november december mrt`,
  published: "(?:eerst )?gepubliceerd|geplaatst|gemaakt|verschenen|publicatiedatum",
  updated: "(?:laatst(?:e)? )?(?:bijgewerkt|gewijzigd|aangepast|bewerkt|wijziging|update|geüpdatet)",
  whole: {
    navigation: `
      ga naar de inhoud | ga naar inhoud | naar de inhoud | direct naar de inhoud | spring naar inhoud |
      hoofdmenu | menu openen | menu sluiten | zoeken | terug naar boven | naar de homepage | voorpagina |
      sitemap | over ons | alle rubrieken | rubrieken | meer tonen | toon meer | alles bekijken |
      bekijk alles | sluiten | volgend artikel | vorig artikel | digitale krant`,
    prompt: `
      abonneer | abonneren | abonneer nu | neem een abonnement | abonnementen | inloggen | log in |
      aanmelden | registreren | account aanmaken | maak een account | al abonnee | al abonnee log in |
      alleen voor abonnees | exclusief voor abonnees | lees verder | bewaren | bewaar | bewaar artikel |
      geef cadeau | cadeau geven | doneer | steun ons`,
    newsletter: `
      schrijf je in | inschrijven | schrijf je in voor de nieuwsbrief | aanmelden voor de nieuwsbrief |
      uw e-mailadres | je e-mailadres | e-mailadres | onze nieuwsbrieven | uitschrijven`,
    share: `
      delen | deel | deel dit artikel | deel artikel | deel via | delen via e-mail | delen op facebook |
      link kopiëren | kopieer link | printen | afdrukken | volg ons | volgen`,
    list: `
      lees ook | lees meer | lees verder over | gerelateerd | gerelateerde artikelen |
      gerelateerde onderwerpen | meer over dit onderwerp | meer nieuws | meest gelezen | best gelezen |
      populair | aanbevolen | aanbevolen voor jou | bekijk ook | zie ook | laatste nieuws |
      het laatste nieuws | net binnen | meer artikelen | misschien vind je dit ook interessant | uitgelicht`,
    advertisement: `
      advertentie | advertenties | reclame | gesponsord | artikel gaat verder onder de advertentie |
      de tekst gaat verder onder de advertentie | tekst gaat door onder de advertentie`,
    legal: `
      algemene voorwaarden | gebruiksvoorwaarden | privacybeleid | privacyverklaring | privacystatement |
      colofon | alle rechten voorbehouden | toegankelijkheid | fout melden | tip de redactie`,
    cookies: `
      cookiebeleid | cookie-instellingen | cookieinstellingen | cookies beheren | accepteren |
      alles accepteren | akkoord | weigeren`,
    comments: `
      reacties | # reacties | # reactie | reageer | reageren | plaats een reactie | schrijf een reactie |
      bekijk reacties`,
    figures: `
      leestijd # min | leestijd # minuten | # min leestijd | # minuten leestijd | # minuten lezen |
      # keer bekeken`,
    audio: `
      luister | luisteren | luister naar dit artikel | beluister dit artikel | bekijk de video | afspelen`,
    counter: `# van # | foto # van # | bekijk de foto's | # foto's`,
  },
  starts: {
    prompt: `
      abonneer je | log in om | maak een account aan om | dit artikel is alleen voor | al abonnee |
      steun onze journalistiek`,
    newsletter: `
      schrijf je in voor | ontvang elke | ontvang onze | meld je aan voor | door je in te schrijven`,
    share: `deel via | deel op | volg ons op`,
    list: `lees ook | bekijk ook | zie ook | meer over | luister ook`,
    legal: `© # | copyright # | alle rechten`,
    cookies: `wij gebruiken cookies | deze website gebruikt cookies | deze site gebruikt cookies`,
    figures: `leestijd`,
  },
  within: {
    legal: `alle rechten voorbehouden | onze privacyverklaring`,
    cookies: `wij gebruiken cookies | deze website gebruikt cookies`,
  },
  weak: {
    navigation: `
      nieuws | binnenland | buitenland | nederland | belgië | politiek | economie | sport | voetbal |
      cultuur | wetenschap | techniek | gezondheid | milieu | klimaat | opinie | columns | achtergrond |
      regio | weer | verkeer | media | reizen | wonen | podcasts | foto's | video's | puzzels | archief |
      meer | ons aanbod`,
    figures: `# minuten geleden | # uur geleden | # dagen geleden | gisteren | vandaag`,
  },
  hints: {},
  calls: `
    schrijf je in | meld je aan | ontvang | abonneer | ontdek | volg | steun | elke | het beste |
    het belangrijkste | blijf`,
  offers: `nieuwsbrief | nieuwsbrieven | inbox | mailbox | e-mail | abonnement | onze app | pushberichten`,
  ours: `onze | ons | je | jouw | uw | u`,
};
