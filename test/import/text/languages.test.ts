// Languages by their commonest words, and texts that leave doubt.

import { describe, expect, it } from "vitest";
import { languageOf, phrasesIn } from "../../../src/import/text/languages/languages.ts";

it.each([
  [
    "en",
    "The harbour was closed for a week, and the boats that had left came back to the other side of the bay.",
  ],
  [
    "fr",
    "Le port est resté fermé pendant une semaine, et les bateaux qui étaient partis sont revenus dans la baie.",
  ],
  [
    "de",
    "Der Hafen war eine Woche lang geschlossen, und die Boote, die auf dem Meer waren, sind nicht zurück.",
  ],
  ["es", "El puerto estuvo cerrado durante una semana, y los barcos que se fueron no han vuelto a la bahía."],
  [
    "it",
    "Il porto è rimasto chiuso per una settimana, e le barche che erano partite sono tornate nella baia.",
  ],
  ["pt", "O porto ficou fechado por uma semana, e os barcos que não estavam no mar foram para a outra baía."],
  ["nl", "De haven was een week lang dicht, en de boten die op zee waren zijn niet naar het dorp gekomen."],
  [
    "sv",
    "Hamnen var stängd i en vecka, och båtarna som hade gått ut är på väg till en annan hamn för att vänta.",
  ],
  ["ja", "港は一週間しまっていて、外に出ていた船はとなりの町の港にもどってきました。"],
])("%s", (language, text) => {
  expect(languageOf(text)).toBe(language);
});

it.each([
  "",
  "Harbour",
  "Lisle 2:1 Cork",
  "Ada Lind, Eva Klein, Jonas Weber, Joe Bloggs",
  "la la la la la la la la",
])("none: %s", (text) => {
  expect(languageOf(text)).toBeUndefined();
});

describe("phrasesIn", () => {
  it.each([
    [
      "share [this] article/story",
      ["share article", "share story", "share this article", "share this story"],
    ],
    ["log in | sign up/in", ["log in", "sign up", "sign in"]],
    ["[no] [more] ads", ["ads", "more ads", "no ads", "no more ads"]],
    ["", []],
  ])("reads %s", (written, phrases) => {
    expect([...phrasesIn(written)].sort()).toEqual([...phrases].sort());
  });
});
