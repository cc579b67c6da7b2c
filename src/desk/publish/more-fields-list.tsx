// What an article says besides its text and pictures, for whoever publishes it without the editor.

import type { FC } from "hono/jsx";
import { t } from "../../lib/translate.ts";
import { moreFields } from "./field-names.ts";

/** Shown by a preview. */
const IN_PREVIEW: ReadonlySet<string> = new Set(["headline", "dek", "body", "images"]);

/** A list of all fields that a preview needn't show; nothing where there are none. `model` is JSON. */
export const MoreFields: FC<{ model: string }> = ({ model }) => {
  const fields = moreFields(JSON.parse(model) as Readonly<Record<string, unknown>>, IN_PREVIEW);
  if (fields.length === 0) return null;
  return (
    <section class="part">
      <h2>{t("Also in this article")}</h2>
      <dl class="fields">
        {fields.map(([label, value]) => (
          <div>
            <dt>{label}</dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
