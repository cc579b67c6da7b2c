// The passkeys of somebody: a list, and for one's own a button that adds one.

import type { FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import { humanAge, type Instant } from "../../lib/time.ts";
import { interfaceLanguage, t } from "../../lib/translate.ts";
import type { PasskeyRow } from "./sql-passkeys.ts";

/** The part of a page that lists passkeys. Adding one needs script; the rest is plain forms. */
export const Passkeys: FC<{ site: Site; passkeys: readonly PasskeyRow[]; now: Instant; isOwn: boolean }> = ({
  site,
  passkeys,
  now,
  isOwn,
}) => (
  <section class="part">
    <h2>{t("Passkeys")}</h2>
    {isOwn ? (
      <p>{t("With a passkey you sign in by fingerprint, face or PIN. Add one on each of your devices.")}</p>
    ) : (
      <p>{t("If a device was lost, remove its passkeys and end its sessions.")}</p>
    )}
    {passkeys.length === 0 ? <p class="empty">{t("No passkeys yet.")}</p> : null}
    <ul class="stories">
      {passkeys.map((one) => (
        <li>
          <form method="post" class="filter">
            <input type="hidden" name="passkey" value={one.id} />
            {isOwn ? (
              <>
                <div class="field">
                  <label for={`name-${one.id}`}>{t("Name")}</label>
                  <input id={`name-${one.id}`} name="name" value={one.name} required maxlength={100} />
                </div>
                <button type="submit" name="act" value="rename-passkey">
                  {t("Rename")}
                </button>
              </>
            ) : (
              <strong>
                <bdi>{one.name}</bdi>
              </strong>
            )}
            <button
              type="submit"
              name="act"
              value="remove-passkey"
              aria-label={t("Remove: {name}", { name: one.name })}
            >
              {t("Remove")}
            </button>
          </form>
          <small>{times(one, now, site)}</small>
        </li>
      ))}
    </ul>
    {isOwn ? (
      <div data-passkey="add" hidden>
        <p>
          <button type="button" class="first">
            {t("Add a passkey")}
          </button>
        </p>
        <p role="status"></p>
      </div>
    ) : null}
  </section>
);

function times({ createdAt, usedAt }: PasskeyRow, now: Instant, site: Site): string {
  const age = (at: Instant) => humanAge(at, now, interfaceLanguage, site.timezone);
  return usedAt === null
    ? t("added: {added}", { added: age(createdAt) })
    : t("added: {added}, last used: {used}", { added: age(createdAt), used: age(usedAt) });
}
