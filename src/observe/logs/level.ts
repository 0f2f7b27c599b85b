/** From the least to the most urgent. */
export const levelNames = ["TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL"] as const;

export type Level = (typeof levelNames)[number];

/** What other loggers call them. */
const otherNames: Readonly<Record<string, Level>> = {
  WARNING: "WARN",
  ERR: "ERROR",
  CRITICAL: "FATAL",
};

/** A level by its name, however it is written; undefined where it is none. */
export function parseLevel(name: string): Level | undefined {
  const upper = name.toUpperCase();
  if (Object.hasOwn(otherNames, upper)) return otherNames[upper];
  return levelNames.find((one) => one === upper);
}

/** Whether a level is as urgent as another one, or more so. */
export function reaches(level: Level, lowest: Level): boolean {
  return levelNames.indexOf(level) >= levelNames.indexOf(lowest);
}
