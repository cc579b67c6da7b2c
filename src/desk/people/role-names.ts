// What the desk calls each role.

import { t } from "../../lib/translate.ts";
import type { Role } from "../inputs.ts";

/** The names of roles, in the interface's language. */
export const ROLE_NAMES: Readonly<Record<Role, string>> = {
  reporter: t("reporter"),
  editor: t("editor"),
  admin: t("admin"),
};
