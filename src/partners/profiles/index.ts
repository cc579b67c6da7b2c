// Every profile, by name. Dispatch is this table.

import type { ProfileName } from "../../model/partner.ts";
import type { Profile } from "../profile.ts";
import { atom, json, rss } from "./public.ts";

/** The profiles. */
export const PROFILES: Readonly<Record<ProfileName, Profile>> = { rss, atom, json } as never;
