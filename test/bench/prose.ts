// Articles for benchmarks: invented prose of several lengths, the same on every run.

import type { ArticleInput } from "../../src/article/article.ts";

const WORDS =
  "harbour council budget vote ferry market river school winter storm bridge mayor hospital nurses strike court ruling harvest grain price railway station engineers report figures minister opposition coast guard village festival library museum archive survey residents drought reservoir turbine workshop".split(
    " ",
  );
const SENTENCE_WORDS = 17;

// A linear congruential generator, so that every run has the same articles.
function sequence(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

// `words` words of HTML paragraphs.
function prose(words: number, seed: number): string {
  const random = sequence(seed);
  const pick = () => WORDS[Math.floor(random() * WORDS.length)] ?? "";
  const paragraphs: string[] = [];
  for (let written = 0; written < words; ) {
    const sentences = Array.from({ length: 3 + Math.floor(random() * 3) }, () => {
      const sentence = Array.from({ length: SENTENCE_WORDS }, (_, i) =>
        random() < 0.35 && i > 0 ? "the" : pick(),
      ).join(" ");
      written += SENTENCE_WORDS;
      return `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}, ${Math.floor(random() * 9000)} people said.`;
    });
    paragraphs.push(`<p>${sentences.join(" ")}</p>`);
  }
  return paragraphs.join("\n");
}

/** The body of a PUT: the article number `index`, of `words` words. */
export function benchArticle(
  index: number,
  words: number,
): Record<string, unknown> & Pick<ArticleInput, "headline" | "body"> {
  const published = new Date(Date.UTC(2024, 0, 1) + index * 600_000).toISOString();
  return {
    headline: `Council & ferry report number ${index}` as ArticleInput["headline"],
    dek: `What the ${index}th report says of the harbour, and who disagrees.`,
    published,
    dateline: "HARBOUR TOWN",
    tags: ["Harbour", "Budget", `Tag ${index % 40}`],
    bylines: [
      { name: "Mara Quill", role: "reporter", bio: "Mara Quill covers ports." },
      { name: "Theo Ash" },
    ],
    images: [
      {
        src: `https://images.example.com/${index}.jpg`,
        alt: "A ferry at dusk",
        caption: "The ferry leaves.",
        credit: "Theo Ash",
        width: 1600,
        height: 900,
        type: "image/jpeg",
        length: 234_567,
      },
    ],
    body: { html: prose(words, index + 1) },
  };
}
