const unitMilliseconds = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const timeForm = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?)?$/;

/**
 * A moment as people write it: `15m`, which is so long ago, or `2026-11-27T10:00`, in UTC where no other zone is named.
 *
 * @param now both in milliseconds since 1970
 * @returns undefined where it is neither
 */
export function parseMoment(written: string, now: number): number | undefined {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(written) ?? [];
  if (count !== undefined) {
    return now - Number(count) * unitMilliseconds[unit as keyof typeof unitMilliseconds];
  }
  const [, date, time = "00:00", zone = "Z"] = timeForm.exec(written) ?? [];
  if (date === undefined) return undefined;
  const moment = Date.parse(`${date}T${time}${zone}`);
  // 31 February is not the third of March.
  const isThere = new Date(`${date}T00:00Z`).toJSON()?.startsWith(date);
  return Number.isNaN(moment) || !isThere ? undefined : moment;
}
