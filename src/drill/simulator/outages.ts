interface Outage {
  readonly region: string;
  readonly from: number;
  /** Null as long as it lasts. */
  until: number | null;
}

/** When which regions were lost, and what that makes of what was on its way between them. */
export class Outages {
  readonly #all: Outage[] = [];

  /** The regions that are lost from now on; all others are back. */
  set(regions: readonly string[], now: number): void {
    const lasting = this.#all.filter(({ until }) => until === null);
    for (const outage of lasting) {
      if (!regions.includes(outage.region)) outage.until = now;
    }
    for (const region of regions) {
      if (lasting.every((one) => one.region !== region)) {
        this.#all.push({ region, from: now, until: null });
      }
    }
  }

  /**
   * When something arrives in another region: what has not by the time that one of the two is lost arrives after it is
   * back, and waits for that; then the answer is null.
   */
  arrival(between: readonly string[], sentAt: number, lagMilliseconds: number): number | null {
    let arrival = sentAt + lagMilliseconds;
    for (const { region, from, until } of this.#all) {
      if (!between.includes(region) || arrival <= from) continue;
      if (until === null) return null;
      if (arrival < until + lagMilliseconds && sentAt < until) arrival = until + lagMilliseconds;
    }
    return arrival;
  }
}
