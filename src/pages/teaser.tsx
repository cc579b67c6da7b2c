// An article in a list: picture, section, headline, summary, names and day.

import type { FC } from "hono/jsx";
import { type Article, compactHeadline, cutOffAfter } from "../article/article.ts";
import { inByline } from "../article/byline.ts";
import { pagePath } from "../feeds/catalogue.ts";
import { spokenIn } from "../formats/body.ts";
import { bylineText, phrasesFor } from "../formats/phrases.ts";
import { dateLanguage, humanAge } from "../lib/time.ts";
import { type Loading, Picture } from "./picture.tsx";
import type { View } from "./view.tsx";

/** How a list shows its articles. */
export interface TeaserStyle {
  /** Level of the headline. */
  readonly level?: 2 | 3;
  /** "lead" is fetched first, "lazy" when it comes near the viewport. */
  readonly picture?: Loading | "none";
  readonly summary?: boolean;
  /** Uses the short headline, for want of room. */
  readonly compact?: boolean;
  /** Slug of the section that all articles of the list are in. */
  readonly section?: string | undefined;
  readonly class?: string;
}

/** One article in a list. */
export const Teaser: FC<TeaserStyle & { view: View; article: Article }> = ({ view, article, ...style }) => {
  const { level = 2, picture = "lazy", summary = true, compact = false, section } = style;
  const { site, now } = view;
  const { language, url } = article;
  const spoken = dateLanguage(language);
  const image = article.images[0];
  const headline =
    compact || cutOffAfter(article.headline) !== undefined ? compactHeadline(article) : article.headline;
  const Headline = level === 2 ? "h2" : "h3";
  return (
    <article class={style.class ? `teaser ${style.class}` : "teaser"} {...spokenIn(language, site.language)}>
      {picture === "none" || !image ? null : <Picture view={view} image={image} loading={picture} />}
      <div>
        <Kicker view={view} article={article} section={section} />
        <Headline>
          <a href={url}>{headline}</a>
        </Headline>
        {summary && article.summary !== "" ? <p class="summary">{article.summary}</p> : null}
        <p class="meta">
          <By view={view} article={article} />{" "}
          <time datetime={article.published} {...spokenIn(spoken, language)}>
            {humanAge(article.published, now, spoken, site.timezone)}
          </time>
        </p>
      </div>
    </article>
  );
};

/** The byline in a list: names only, or with their roles if nobody is a writer; else the publication. */
const By: FC<{ view: View; article: Article }> = ({ view: { site }, article: { bylines, language } }) => {
  const names = bylineText(bylines, language);
  const written = bylines.some(inByline) ? language : phrasesFor(language).language;
  return (
    <span class="by" {...spokenIn(names === undefined ? site.language : written, language)}>
      {names ?? site.title}
    </span>
  );
};

/** A titled list of headlines, nothing for an empty one; `id` is that of its title. */
export const Headlines: FC<{
  view: View;
  id: string;
  title: string;
  articles: readonly Article[];
  picture?: TeaserStyle["picture"];
  class?: string;
}> = ({ view, id, title, articles, picture = "lazy", ...props }) =>
  articles.length === 0 ? null : (
    <section class={props.class} aria-labelledby={id}>
      <h2 id={id} class="rule" {...view.mark}>
        {title}
      </h2>
      <div class="grid">
        {articles.map((article) => (
          <Teaser view={view} article={article} level={3} picture={picture} summary={false} compact />
        ))}
      </div>
    </section>
  );

/** The line above a headline: "Sponsored", and the article's section, unless that is `section`. */
export const Kicker: FC<{ view: View; article: Article; section?: string | undefined }> = ({
  view,
  ...props
}) => {
  const { sponsored, section, language } = props.article;
  const shown = section?.slug === props.section ? undefined : section;
  if (!sponsored && !shown) return null;
  const { phrases, language: spoken } = phrasesFor(language);
  return (
    <p class="kicker">
      {sponsored ? (
        <span class="sponsored" {...spokenIn(spoken, language)}>
          {phrases.sponsored}
        </span>
      ) : null}
      {shown ? (
        <a href={pagePath(`section/${shown.slug}`)} {...spokenIn(view.site.language, language)}>
          {shown.title}
        </a>
      ) : null}
    </p>
  );
};
