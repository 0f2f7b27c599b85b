/** What a test has shown of a permission: a line of what `lambdakit/testing` records. */
export interface Sighting {
  /** The file of the test; null where that could not be told. */
  readonly test: string | null;
  /**
   * `service`: it has started one. `needed`: a call is refused without the permission. `covered`: it allows a call, and
   * others would do. `removed`: it was taken away, and missed.
   */
  readonly seen: "service" | "needed" | "covered" | "removed";
  readonly permission?: string;
}

/** A line that was cut off, by whoever ended a test, says nothing. */
export function parseRecord(text: string): Sighting[] {
  return text.split("\n").flatMap((line) => {
    try {
      return [JSON.parse(line) as Sighting];
    } catch {
      return [];
    }
  });
}
