// Articles as tests send them.

/** An article of which nothing but what a test is about needs to be said. */
export const article = (changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> => ({
  headline: "Harbour reopens",
  published: "2024-10-24T11:30:00Z",
  bylines: [{ name: "Ana Alvarez" }],
  body: { html: "<p>The harbour reopened on Thursday.</p>" },
  ...changes,
});
