import { restorableMinutesAgo } from "../facts.ts";
import type { Check } from "./check.ts";

/** Ours: AWS says how near to now a table can be restored typically, and a promise needs room beside that. */
const shortestMinutes = 2 * restorableMinutesAgo;

/** No more is promised than a restore gives: nothing brings a table back as it was a minute ago. */
export const checkRecovery: Check = ({ recovery, tables = {} }) => {
  const { rpoMinutes } = recovery ?? {};
  const own = Object.values(tables).filter(({ existing }) => !existing);
  if (rpoMinutes === undefined || rpoMinutes >= shortestMinutes || own.length === 0) return [];
  return [
    {
      code: "MANIFEST_RECOVERY_POINT",
      path: ["recovery", "rpoMinutes"],
      message: `${rpoMinutes} minutes are promised, and point-in-time recovery reaches up to about ${restorableMinutesAgo} minutes ago`,
      fix: `write rpoMinutes: ${shortestMinutes}, or more`,
    },
  ];
};
