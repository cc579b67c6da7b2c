// People: in bylines, and with their affiliation, bio and links.

import type { FC } from "hono/jsx";
import type { Article } from "../article/article.ts";
import { type Byline, bylineOf, inByline, type Role } from "../article/byline.ts";
import type { Site } from "../article/site.ts";
import { pagePath } from "../feeds/catalogue.ts";
import { spokenIn } from "../formats/body.ts";
import { creditWords, phrasesFor } from "../formats/phrases.ts";
import { type View, WrittenAddress } from "./view.tsx";

const AVATAR_PIXELS = 64;

/** The link of a name: the author's page here, else the person's own URL. */
const addressOf = ({ person, url }: Byline): string | undefined =>
  person === undefined ? url : pagePath(`author/${person}`);

const MAKES_PICTURES: ReadonlySet<Role> = new Set(["photographer", "illustrator"]);

/**
 * The byline: the writers, in the newsroom's order, then the photographers and illustrators. If nobody is
 * named as a writer, everybody is listed; if nobody is named at all, the publication. All but writers have
 * their role.
 */
export const Bylines: FC<{ site: Site; article: Article }> = ({ site, article }) => {
  const named = bylineOf(article.bylines);
  const pictures = article.bylines.filter((one) => MAKES_PICTURES.has(one.role) && !named.includes(one));
  const people = [...named, ...pictures];
  return (
    <ul class="bylines">
      {people.length === 0 ? (
        <li class="by" {...spokenIn(site.language, article.language)}>
          {site.title}
        </li>
      ) : null}
      {people.map((person) => (
        <li>
          <Avatar person={person} />
          <span>
            <Credited person={person} language={article.language} />
            {person.affiliation ? <span class="affiliation">{person.affiliation}</span> : null}
          </span>
        </li>
      ))}
    </ul>
  );
};

/** All that is known of a person; `heading` on their own page. */
export const Person: FC<{ view: View; person: Byline; language?: string; heading?: boolean }> = ({
  view: { site, words, mark },
  person,
  language = site.language,
  heading = false,
}) => (
  <div class="person">
    <Avatar person={person} />
    <div {...spokenIn(language, site.language)}>
      {heading ? <h1>{person.name}</h1> : <Name person={person} />}
      <p class="role">
        <span {...spokenIn(mark.lang ?? site.language, language)}>
          {person.affiliation
            ? words.roleAt(words.roles[person.role], person.affiliation)
            : words.roles[person.role]}
        </span>
      </p>
      {person.bio ? <p>{person.bio}</p> : null}
      {heading && person.url ? (
        <p>
          <a href={person.url} dir="ltr">
            <WrittenAddress url={person.url} />
          </a>
        </p>
      ) : null}
    </div>
  </div>
);

/** A name; for those who didn't write the article, with their role: `Photographs by Mara Quill`. */
const Credited: FC<{ person: Byline; language: string }> = ({ person, language }) => {
  if (inByline(person)) return <Name person={person} />;
  const [before, after] = creditWords(person.role, language);
  const mark = spokenIn(phrasesFor(language).language, language);
  const words = (part: string) => (part === "" ? null : <i {...mark}>{part}</i>);
  return (
    <>
      {words(before)}
      <Name person={person} />
      {words(after)}
    </>
  );
};

const Name: FC<{ person: Byline }> = ({ person }) => {
  const address = addressOf(person);
  return <b class="by">{address ? <a href={address}>{person.name}</a> : person.name}</b>;
};

// The alt text is empty, since the name stands beside the picture.
const Avatar: FC<{ person: Byline }> = ({ person: { avatar } }) =>
  avatar ? <img class="avatar" src={avatar} alt="" width={AVATAR_PIXELS} height={AVATAR_PIXELS} /> : null;
