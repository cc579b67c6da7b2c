// Which language a text is in, by its commonest words.

const SAMPLE_LENGTH = 20_000;
const LEAST_WORDS = 6;
/** Of all words, as many are of the commonest ones of their language. */
const LEAST_SHARE = 0.15;
/** By so much the first language must lead the second. */
const LEAD = 1.6;

const COMMONEST: Readonly<Record<string, ReadonlySet<string>>> = {
  en: words(
    "the of and to in that is was for it with as his on be at by had not are but from or have an they which one you were her all she there would their we him been has when who will more no if out so said what up its about into than them can only other",
  ),
  fr: words(
    "de la le et les des en un une du que est pour qui dans sur pas au par plus ce avec se sont il elle son ses aux mais été ont cette ou comme leur nous vous être sans a selon après deux aussi l d qu n à s c ne même tout fait était y",
  ),
  de: words(
    "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch sagte",
  ),
  es: words(
    "de la que el en y a los del se las por un para con no una su al lo como más pero sus le ya o este sí porque esta entre cuando muy sin sobre también me hasta hay donde quien desde todo nos durante fue ha han dijo según",
  ),
  it: words(
    "di e il la che in a per un è del non una i le si da con dei al alla della nel sono come ha più anche gli lo ma delle nella dal ai se su questo suo hanno dalla stato essere degli tra dopo loro l",
  ),
  pt: words(
    "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até isso ela entre era depois sem são disse",
  ),
  nl: words(
    "de het een van en in is dat op te voor met zijn aan niet die er om ook als bij door maar naar uit over worden nog wordt heeft hij zij werd was of dan haar meer geen tot hebben deze zei",
  ),
  sv: words(
    "och att det som en på är av för med den till inte har de ett om han var men jag från vi kan så sig hade när eller hon efter sin vid där också under säger",
  ),
};

const SCRIPTS: readonly (readonly [language: string, letters: RegExp])[] = [
  ["ja", /[\p{sc=Hiragana}\p{sc=Katakana}]/gu],
  ["ko", /\p{sc=Hangul}/gu],
  ["el", /\p{sc=Greek}/gu],
  ["th", /\p{sc=Thai}/gu],
];

/** A language (BCP 47), where the words leave no doubt. */
export function languageOf(text: string): string | undefined {
  const sample = text.slice(0, SAMPLE_LENGTH).toLowerCase();
  const script = SCRIPTS.find(([, letters]) => {
    const count = sample.match(letters)?.length ?? 0;
    return count >= 20 && count > sample.length * 0.25;
  });
  if (script !== undefined) return script[0];
  const all = sample.match(/\p{L}+/gu) ?? [];
  const ranked = Object.entries(COMMONEST)
    .map(([language, common]) => ({ language, count: all.filter((word) => common.has(word)).length }))
    .toSorted((a, b) => b.count - a.count);
  const [first, second] = ranked;
  if (first === undefined || first.count < Math.max(LEAST_WORDS, all.length * LEAST_SHARE)) return undefined;
  return first.count >= (second?.count ?? 0) * LEAD ? first.language : undefined;
}

function words(list: string): ReadonlySet<string> {
  return new Set(list.split(" "));
}
