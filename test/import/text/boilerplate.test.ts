// Lines of site boilerplate by their words alone, and lines that only look like them.

import { describe, expect, it } from "vitest";
import { normalForm, readBoilerplate } from "../../../src/import/text/boilerplate.ts";
import { readCounter } from "../../../src/import/text/captions.ts";
import { SITE } from "../../../src/import/text/languages/languages.ts";

it("has all phrases in the form in which lines are looked up", () => {
  const phrases = [SITE.whole, SITE.starts, SITE.within, SITE.weak, SITE.hints].flatMap((table) => [
    ...table.keys(),
  ]);
  expect(phrases.filter((phrase) => normalForm(phrase) !== phrase)).toEqual([]);
});

describe("readBoilerplate, sure", () => {
  it.each([
    ["Skip to main content", "navigation"],
    ["Home > World > Asia", "navigation"],
    ["Accueil › Économie", "navigation"],
    ["News | Sport | Weather", "navigation"],
    ["Zum Inhalt springen", "navigation"],
    ["Ir al contenido", "navigation"],
    ["SIGN IN", "prompt"],
    ["Already a subscriber? Log in", "prompt"],
    ["Déjà abonné ? Connectez-vous", "prompt"],
    ["Jetzt kostenlos testen", "prompt"],
    ["Suscríbete", "prompt"],
    ["Sign up for our daily briefing", "prompt"],
    ["Je m’inscris à la newsletter", "prompt"],
    ["Newsletter abonnieren", "prompt"],
    ["Suscríbete a nuestro boletín", "prompt"],
    ["______________", "navigation"],
    ["Filed under: Ferries", "navigation"],
    ["Our Standards: The Quayside Principles.", "legal"],
    ["This slideshow requires JavaScript.", "figures"],
    ["Back to Gallery", "counter"],
    ["Share on Facebook", "share"],
    ["Partager l’article", "share"],
    ["Link kopieren", "share"],
    ["Compartir en WhatsApp", "share"],
    ["RELATED:", "list"],
    ["Read more: The wall that never was", "list"],
    ["Lire aussi : Le port qui dort", "list"],
    ["Lesen Sie auch: Der Hafen schläft", "list"],
    ["Lea también | El puerto que duerme", "list"],
    ["Leggi anche: Il porto che dorme", "list"],
    ["Mais lidas", "list"],
    ["Lees ook", "list"],
    ["- ADVERTISEMENT -", "advertisement"],
    ["La suite après la publicité", "advertisement"],
    ["Anzeige", "advertisement"],
    ["Publicidad", "advertisement"],
    ["Purchase Licensing Rights", "legal"],
    ["© 2026 The Harbour Post. All rights reserved.", "legal"],
    ["Mentions légales", "legal"],
    ["Datenschutzerklärung", "legal"],
    ["Todos los derechos reservados", "legal"],
    ["We use cookies to make this page better", "legal"],
    ["Tout accepter", "legal"],
    ["1,234 comments", "share"],
    ["Kommentar schreiben", "share"],
    ["5 min read", "figures"],
    ["Temps de lecture : 4 min", "figures"],
    ["Lesezeit: 3 Minuten", "figures"],
    ["3 minutos de lectura", "figures"],
    ["12.3K views", "figures"],
    ["Listen to this article", "figures"],
    ["Artikel anhören", "figures"],
    ["1 of 3 |", "counter"],
    ["[1/2]", "counter"],
    ["Bild 2 von 7", "counter"],
  ])("%s", (line, kind) => {
    const read = readBoilerplate(line);
    expect(read?.value).toBe(kind);
    expect(read?.confidence).toBeGreaterThanOrEqual(0.8);
    expect(read?.why).not.toBe("");
  });
});

describe("readBoilerplate, unsure", () => {
  it.each([
    "Politics",
    "Facebook",
    "Newsletters",
    "More from the front",
    "Subscribe to any of them, and your inbox is full by Thursday.",
    "He walked across the field without permission.",
    "The court said: “All rights reserved” means little.",
  ])("%s", (line) => {
    expect(readBoilerplate(line)?.confidence).toBeLessThan(0.8);
  });

  it.each([
    '"Sign up now," he said.',
    "« Abonnez-vous », dit-il.",
    "Share prices fell by a third.",
    "The cookie crumbled at noon.",
    "Menus at the harbour grow shorter",
    "1/3 of the harbour is sand.",
    "2 of 3 boats came home.",
  ])("not at all: %s", (line) => {
    expect(readBoilerplate(line)).toBeUndefined();
  });
});

describe("readCounter", () => {
  it.each([
    ["1 of 3 | A boat.", "1 of 3 |", "A boat."],
    ["[1/2] A boat.", "[1/2]", "A boat."],
    ["(3/12) A boat.", "(3/12)", "A boat."],
    ["Foto 1 von 4", "Foto 1 von 4", ""],
  ])("%s", (line, counter, rest) => {
    expect(readCounter(line)).toEqual({ counter, rest });
  });

  it.each(["1/3 of the harbour", "1 of 3 boats", "2026/27"])("nothing in %s", (line) => {
    expect(readCounter(line)).toBeUndefined();
  });
});
