// Words by which a dateline is told from other words in capitals before a dash, and those of its day.

import { wordList } from "./word-list.ts";

/** In capitals before a dash, but no place: what editors, sites and acronyms put there. */
export const NO_PLACE = wordList(`
  BREAKING UPDATE UPDATED UPDATES LIVE WATCH LISTEN EXCLUSIVE OPINION ANALYSIS VIDEO VIDEOS PHOTO PHOTOS PODCAST GALLERY EDITORIAL
  CORRECTION CLARIFICATION NOTE ADVERTISEMENT URGENT WARNING RELATED READ MORE NEWS ALERT SPOILER FACT CHECK REVIEW INTERVIEW
  PROFILE EXPLAINER TIMELINE STORY CONTINUES TOP LATEST BRIEF BRIEFING SPECIAL REPORT FEATURE SPORT SPORTS WEATHER POLL QUIZ
  SUBSCRIBE ADVERTORIAL SPONSORED FIRST DEVELOPING FLASH WRAP FACTBOX INSIGHT COLUMN COMMENT LETTER LETTERS OBITUARY
  DIRECT VIDÉO INFOGRAPHIE ENTRETIEN REPORTAGE TRIBUNE ÉDITO ANALYSE EXCLUSIF CORRECTIF ALERTE PORTRAIT ENQUÊTE
  EILMELDUNG KOMMENTAR KORREKTUR ANZEIGE UPDATE HINTERGRUND LIVETICKER MEINUNG EXKLUSIV BERICHT
  ÚLTIMA HORA ANÁLISIS OPINIÓN ENTREVISTA EXCLUSIVA VIVO DIRECTO CORRECCIÓN PUBLICIDAD AVANCE
  I A AN AND OR BUT IF IS ARE WAS WERE BE IT HE SHE WE YOU THEY HIS HER MY OUR YOUR THIS THAT NOT NO YES SAID WHAT WHO WHY HOW WHEN
  UN UE EU NATO OTAN WHO OMS NASA OPEC OPEP FIFA UEFA IOC ASEAN UNICEF UNESCO UNHCR INTERPOL IMF FMI WTO OECD OSCE NAFTA BRICS
  COVID COVID-19 AIDS SARS IAEA AIEA EUROPOL FRONTEX ECOWAS NAACP ACLU OSHA FEMA NCAA NBA NFL NHL MLB NASCAR NASDAQ ESPN CNBC
  HAMAS HEZBOLLAH ISIS KGB CIA FBI GOP MPS USAID AIPAC SNCF BASF IKEA OFCOM UKIP CDU SPD AFD PSOE DEA DHS DOJ CEO AI
`);

/** Weekdays, of which a dateline may have one and no place may be one. Lower case. */
export const WEEKDAYS = wordList(`
  monday tuesday wednesday thursday friday saturday sunday lundi mardi mercredi jeudi vendredi samedi dimanche
  montag dienstag mittwoch donnerstag freitag samstag sonntag lunes martes miércoles jueves viernes sábado domingo
`);

/** Months and what is made of them in datelines, without a full stop. Lower case. */
export const MONTHS = wordList(`
  january february march april may june july august september october november december
  jan feb mar apr jun jul aug sep sept oct nov dec
  janvier février mars avril mai juin juillet août septembre octobre novembre décembre janv févr fév avr juil déc aout fevrier decembre
  januar februar märz juni juli oktober dezember mrz okt dez jänner
  enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre ene abr ago dic
  gennaio febbraio aprile maggio giugno luglio settembre ottobre dicembre gen mag giu lug set ott
  janeiro fevereiro março maio junho julho setembro outubro novembro dezembro fev out
  januari februari maart mei augustus mrt
  января февраля марта апреля мая июня июля августа сентября октября ноября декабря янв фев мар апр июн июл авг сен окт ноя дек
`);
