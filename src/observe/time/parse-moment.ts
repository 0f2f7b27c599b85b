const unitSeconds = { s: 1, m: 60, h: 3_600, d: 86_400, w: 604_800 } as const;

const timeForm = /^(\d{4}-\d\d-\d\d)(?:T(\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?)(Z|[+-]\d\d:\d\d)?)?$/;

/** A length of time as people write it, such as `90s`, `15m`, `2h`, `3d` or `1w`, in seconds; undefined where it is none. */
export function parseSpan(written: string): number | undefined {
  const [, count, unit] = /^(\d{1,6})([smhdw])$/.exec(written) ?? [];
  const seconds = Number(count) * unitSeconds[unit as keyof typeof unitSeconds];
  return seconds > 0 ? seconds : undefined;
}

/**
 * A moment as people write it: a length of time, which is so long ago, or `2026-11-27T10:00`, in UTC where no other zone
 * is named.
 *
 * @param now both in milliseconds since 1970
 * @returns undefined where it is neither
 */
export function parseMoment(written: string, now: number): number | undefined {
  const seconds = parseSpan(written);
  if (seconds !== undefined) return now - seconds * 1_000;
  const [, date, time = "00:00", zone = "Z"] = timeForm.exec(written) ?? [];
  if (date === undefined) return undefined;
  const moment = Date.parse(`${date}T${time}${zone}`);
  // 31 February is not the third of March.
  const isThere = new Date(`${date}T00:00Z`).toJSON()?.startsWith(date);
  return Number.isNaN(moment) || !isThere ? undefined : moment;
}
