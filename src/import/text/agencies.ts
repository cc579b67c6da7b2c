// News agencies, and agencies, archives and public bodies that credits of pictures name.

const NEWS_AGENCIES = `AP|Associated Press|The Associated Press|AFP|Agence France-Presse|Reuters|Thomson Reuters|dpa|Deutsche Presse-Agentur|
EFE|Agencia EFE|ANSA|UPI|PA|PA Media|Press Association|Bloomberg|Bloomberg News|Xinhua|Kyodo|Kyodo News|Jiji|Jiji Press|Yonhap|Yonhap News|
TASS|RIA Novosti|Interfax|Ukrinform|PTI|Press Trust of India|ANI|IANS|Anadolu|Anadolu Agency|AA|KCNA|Lusa|Agência Lusa|Agência Brasil|
Belga|ANP|APA|SID|epd|KNA|ATS|SDA|Keystone-SDA|Keystone-ATS|NTB|TT|Ritzau|STT|PAP|CTK|ČTK|MTI|Tanjug|Hina|STA|Europa Press|Notimex|Télam|
AAP|Australian Associated Press|Canadian Press|The Canadian Press|La Presse Canadienne|CP|Bernama|Antara|MENA|WAM|SPA|IRNA|SANA|WAFA|JTA|RNS|
CNN|BBC|BBC News|NBC News|CBS News|ABC News|CNBC|NPR|VOA|AWP|AdnKronos|LaPresse|РИА Новости|ТАСС|Интерфакс|Укринформ|Reuters Breakingviews|
PRNewswire|Business Wire|GlobeNewswire`;

const BY_LOWER_CASE: ReadonlyMap<string, string> = new Map(
  NEWS_AGENCIES.split(/\|\s*/).map((name) => [name.toLowerCase(), name]),
);

/**
 * An agency's name, as it writes it itself where the source has capitals alone; undefined for any other
 * words.
 */
export function agencyName(written: string): string | undefined {
  const name = written.trim();
  if (name.length > 60) return undefined;
  const known = BY_LOWER_CASE.get(name.toLowerCase().replace(/\s+/g, " "));
  // A short mark in small letters is a word (`ap`, `apa`), unless the agency writes itself so.
  if (!known || (name === name.toLowerCase() && name !== known)) return undefined;
  return /\p{Ll}/u.test(name) ? name : known;
}

const PICTURE_AGENCIES = `
  AP, Associated Press, AFP, Agence France-Presse, Reuters, dpa, EFE, ANSA, KCNA, KCNA VIA KNS, Yonhap,
  Xinhua, TASS, Sputnik, PA, PA Wire, PA Media, Getty, Getty Images, Hulton Archive, EPA, EPA-EFE,
  Keystone, APA, NTB, TT, TT News Agency, Ritzau, Scanpix, Lehtikuva, Belga, ANP, Lusa, Kyodo,
  Kyodo News, Jiji, Jiji Press, PTI, ANI, IANS, AAP, CP, The Canadian Press, La Presse,
  La Presse Canadienne, UPI, Bloomberg, NurPhoto, Sipa, SIPA USA, Abaca, MAXPPP, imago, imago images,
  picture alliance, picture-alliance, ddp, epd, KNA, Shutterstock, Alamy, iStock, Adobe Stock, Unsplash,
  Pexels, Pixabay, Wikimedia Commons, Depositphotos, Europa Press, LaPresse, Agência Brasil, Anadolu,
  Anadolu Agency, AA, Magnum Photos, Zuma, ZUMA Press, Newscom, Rex Features, Polaris, Redux, VII,
  Hans Lucas, Bestimage, CTK, PAP, MTI, AGERPRES, BTA, Hina, Tanjug, Interfax, Ukrinform, Suspilne,
  Antara, VNA, SPA, WAM, NASA, ESA, NOAA, USGS, U.S. Air Force, U.S. Army, U.S. Navy, U.S. Marine Corps,
  U.S. Coast Guard, U.S. Space Force, US Air Force, US Army, US Navy, Department of Defense, Bundeswehr
`
  .split(",")
  .map((name) => name.trim());

const SPELLINGS: ReadonlySet<string> = new Set(
  PICTURE_AGENCIES.flatMap((name) => [name, name.toUpperCase()]),
);

/**
 * Whether words are an agency's name or mark (`AP Photo`); case matters, as "ESA" is one and "esa" a word.
 */
export const isAgency = (words: string): boolean =>
  SPELLINGS.has(words) || SPELLINGS.has(words.replace(/ (?:(?:file )?photos?|images|wire|news)$/i, ""));
