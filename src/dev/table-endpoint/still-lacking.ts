/** What engines say they lack, and what is left of it behind the endpoint. */
const supplied: Readonly<Record<string, string | null>> = {
  "setting a time to live": null,
  "deleting items by their time to live": null,
  "point-in-time recovery and backups": "restoring a table to a point in time",
};

/**
 * What a developer has to know of an engine that is used through the endpoint.
 * @param lacks the engine's own list
 */
export function stillLacking(lacks: readonly string[]): string[] {
  return lacks.flatMap((lack) => {
    const left = Object.hasOwn(supplied, lack) ? supplied[lack] : lack;
    return left ?? [];
  });
}
