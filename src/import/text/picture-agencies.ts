// Agencies, archives and public bodies whose names stand for a picture's source.

const NAMES = `
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

const KNOWN: ReadonlySet<string> = new Set(NAMES.flatMap((name) => [name, name.toUpperCase()]));

/** Whether words are an agency's name or mark (`AP Photo`); case matters, as "ESA" is one and "esa" a word. */
export const isAgency = (words: string): boolean =>
  KNOWN.has(words) || KNOWN.has(words.replace(/ (?:(?:file )?photos?|images|wire|news)$/i, ""));
