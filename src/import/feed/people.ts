// Who made an item, as feeds write it: persons with name, address and mail, and names joined in one text.

import { omitUndefined } from "../../lib/omit-undefined.ts";
import type { ImportedByline } from "../importer.ts";

/** A person of any format. */
export interface FeedPerson {
  readonly name?: string | undefined;
  readonly url?: string | undefined;
  readonly avatar?: string | undefined;
  readonly email?: string | undefined;
}

/** Persons that have a name, each once, with everything that is said of them; who has only a mail address is noted. */
export function bylinesOf(
  people: readonly FeedPerson[],
  role?: ImportedByline["role"],
): { readonly bylines: readonly ImportedByline[]; readonly notes: readonly string[] } {
  const byName = new Map<string, ImportedByline>();
  const notes = new Set<string>();
  for (const person of people) {
    const { name, url, avatar, email } = withoutMail(person);
    if (name === undefined) {
      const address = email ?? url;
      if (address !== undefined) notes.add(`an author without a name was left out: ${address}`);
      continue;
    }
    byName.set(name, {
      name,
      ...omitUndefined({ role, url, avatar, email }),
      ...byName.get(name),
    });
  }
  return { bylines: [...byName.values()], notes: [...notes] };
}

// `Marta Quill (marta@harbour.example)` and `Marta Quill <marta@harbour.example>`.
const NAME_AND_MAIL = /^([^()<>]+?)\s*[(<]\s*(?:mailto:)?([^\s@()<>]+@[^\s@()<>]+)\s*[)>]$/;
// `marta@harbour.example (Marta Quill)`, as RSS asks for.
const MAIL_AND_NAME = /^([^\s@()<>]+@[^\s@()<>]+)\s*[(<]\s*([^()<>]+?)\s*[)>]$/;
const MAIL = /^[^\s@()<>]+@[^\s@()<>]+$/;
// Of systems that want an address where nobody has given one: Blogger's, WordPress's.
const NOBODYS_MAIL = /^(?:no|do-?not)-?_?reply@/i;

/** A person whose name is a name alone, and whose mail address is theirs. */
function withoutMail({ name, email, ...others }: FeedPerson): FeedPerson {
  const said = name?.trim() ?? "";
  const [, before, after] = NAME_AND_MAIL.exec(said) ?? [];
  const [, first, last] = MAIL_AND_NAME.exec(said) ?? [];
  const mail = email ?? after ?? first ?? (MAIL.test(said) ? said : undefined);
  const isNobodys = mail !== undefined && NOBODYS_MAIL.test(mail);
  const alone = (before ?? last ?? (MAIL.test(said) ? "" : said)).replace(/^"(.+)"$/, "$1");
  // Blogger's word for an author who gives no name.
  const isUnknown = alone === "" || (isNobodys && alone === "Unknown");
  return {
    ...others,
    ...omitUndefined({ name: isUnknown ? undefined : alone, email: isNobodys ? undefined : mail }),
  };
}

/** The only name of an item, where nothing else is said of them: it may be several people's, in one text. */
export function joinedIn([first, ...others]: readonly ImportedByline[]): string | undefined {
  const { name, ...more } = first ?? {};
  return others.length === 0 && Object.keys(more).length === 0 ? name : undefined;
}
