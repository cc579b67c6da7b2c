// Agencies, as bylines and datelines name them.

const NAMES = `AP|Associated Press|The Associated Press|AFP|Agence France-Presse|Reuters|Thomson Reuters|dpa|Deutsche Presse-Agentur|
EFE|Agencia EFE|ANSA|UPI|PA|PA Media|Press Association|Bloomberg|Bloomberg News|Xinhua|Kyodo|Kyodo News|Jiji|Jiji Press|Yonhap|Yonhap News|
TASS|RIA Novosti|Interfax|Ukrinform|PTI|Press Trust of India|ANI|IANS|Anadolu|Anadolu Agency|AA|KCNA|Lusa|Agência Lusa|Agência Brasil|
Belga|ANP|APA|SID|epd|KNA|ATS|SDA|Keystone-SDA|Keystone-ATS|NTB|TT|Ritzau|STT|PAP|CTK|ČTK|MTI|Tanjug|Hina|STA|Europa Press|Notimex|Télam|
AAP|Australian Associated Press|Canadian Press|The Canadian Press|La Presse Canadienne|CP|Bernama|Antara|MENA|WAM|SPA|IRNA|SANA|WAFA|JTA|RNS|
CNN|BBC|BBC News|NBC News|CBS News|ABC News|CNBC|NPR|VOA|AWP|AdnKronos|LaPresse|РИА Новости|ТАСС|Интерфакс|Укринформ|Reuters Breakingviews|
PRNewswire|Business Wire|GlobeNewswire`;

const KNOWN: ReadonlyMap<string, string> = new Map(
  NAMES.split(/\|\s*/).map((name) => [name.toLowerCase(), name]),
);

/** An agency's name, as it writes it itself where the source has capitals alone; undefined for any other words. */
export function agencyName(written: string): string | undefined {
  const name = written.trim();
  if (name.length > 60) return undefined;
  const known = KNOWN.get(name.toLowerCase().replace(/\s+/g, " "));
  // A short mark in small letters is a word (`ap`, `apa`), unless the agency writes itself so.
  if (!known || (name === name.toLowerCase() && name !== known)) return undefined;
  return /\p{Ll}/u.test(name) ? name : known;
}
