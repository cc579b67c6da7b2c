// What is said of others who have a story open. Pure.

import type { PresenceAnswer } from "../answers.ts";

/** What is said of the others, so many milliseconds after the answer. Only the server's clock counts. */
export function othersText({ now, others }: PresenceAnswer, passed: number): string {
  return others
    .map(({ name, savedAt }) => {
      if (savedAt === null) return `${name} has this open.`;
      const seconds = Math.max(0, Math.round((Date.parse(now) + passed - Date.parse(savedAt)) / 1000));
      return `${name} has this open, saved ${ageOf(seconds)} ago.`;
    })
    .join(" ");
}

function ageOf(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 60 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
