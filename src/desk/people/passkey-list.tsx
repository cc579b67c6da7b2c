// The passkeys of somebody: a list, and for one's own a button that adds one.

import type { FC } from "hono/jsx";
import type { Site } from "../../article/site.ts";
import { humanAge, type Instant } from "../../lib/time.ts";
import type { PasskeyRow } from "./sql-passkeys.ts";

/** The part of a page that lists passkeys. Adding one needs script; the rest is plain forms. */
export const Passkeys: FC<{ site: Site; passkeys: readonly PasskeyRow[]; now: Instant; isOwn: boolean }> = ({
  site,
  passkeys,
  now,
  isOwn,
}) => (
  <section class="part">
    <h2>Passkeys</h2>
    {isOwn ? (
      <p>With a passkey you sign in by fingerprint, face or PIN. Add one on each of your devices.</p>
    ) : (
      <p>Remove those of a device that was lost, and end its sessions too.</p>
    )}
    {passkeys.length === 0 ? <p class="empty">No passkeys yet.</p> : null}
    <ul class="stories">
      {passkeys.map((one) => (
        <li>
          <form method="post" class="filter">
            <input type="hidden" name="passkey" value={one.id} />
            {isOwn ? (
              <>
                <div class="field">
                  <label for={`name-${one.id}`}>Name</label>
                  <input id={`name-${one.id}`} name="name" value={one.name} required maxlength={100} />
                </div>
                <button type="submit" name="act" value="rename-passkey">
                  Rename
                </button>
              </>
            ) : (
              <strong>
                <bdi>{one.name}</bdi>
              </strong>
            )}
            <button type="submit" name="act" value="remove-passkey" aria-label={`Remove: ${one.name}`}>
              Remove
            </button>
          </form>
          <small>
            added: {humanAge(one.createdAt, now, "en", site.timezone)}
            {one.usedAt === null ? null : `, last used: ${humanAge(one.usedAt, now, "en", site.timezone)}`}
          </small>
        </li>
      ))}
    </ul>
    {isOwn ? (
      <div data-passkey="add" hidden>
        <p>
          <button type="button" class="first">
            Add a passkey
          </button>
        </p>
        <p role="status"></p>
      </div>
    ) : null}
  </section>
);
