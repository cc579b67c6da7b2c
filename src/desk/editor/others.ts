// What is said of others who have a story open. Pure.

import { t } from "../../lib/translate.ts";
import type { PresenceAnswer } from "../answers.ts";

/** What is said of the others, so many milliseconds after the answer. Only the server's clock counts. */
export function othersText({ now, others }: PresenceAnswer, passed: number): string {
  return others
    .map(({ name, savedAt }) => {
      if (savedAt === null) return t("{name} has this open.", { name });
      const seconds = Math.max(0, Math.round((Date.parse(now) + passed - Date.parse(savedAt)) / 1000));
      return savedText(name, seconds);
    })
    .join(" ");
}

function savedText(name: string, seconds: number): string {
  if (seconds < 60) return t("{name} has this open, saved {seconds} s ago.", { name, seconds });
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return t("{name} has this open, saved {minutes} min ago.", { name, minutes });
  return t("{name} has this open, saved {hours} h ago.", { name, hours: Math.round(minutes / 60) });
}
