import type { Item } from "./aws-call.ts";

/** A change of an item in one region. */
export interface ItemWrite {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly key: Item;
  /** What it is from then on; null where it is gone. */
  readonly item: Item | null;
}

/** A change on its way to another region. */
export interface Carried extends ItemWrite {
  readonly from: string;
  readonly to: string;
}

interface Version {
  readonly at: number;
  readonly region: string;
}

/**
 * What of a table is on its way between its regions, and which of two versions of an item stays: the last writer wins,
 * in every region the same one.
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/V2globaltables_HowItWorks.html (2026-11-27)
 */
export class GlobalTable {
  /** What each region has of each item. */
  readonly #versions = new Map<string, Version>();
  #underway: Carried[] = [];

  /** Takes what somebody has written in a region, for all the others. */
  take(region: string, write: ItemWrite, regions: Iterable<string>): void {
    this.#versions.set(idOf(region, write.key), { at: write.at, region });
    for (const to of regions) {
      if (to !== region) this.#underway.push({ ...write, from: region, to });
    }
  }

  /**
   * What has arrived by now and stays, in the order in which it was written.
   *
   * @param arrivalOf when; null where that is not known yet
   */
  arrived(now: number, arrivalOf: (carried: Carried) => number | null): Carried[] {
    const isThere = (one: Carried) => (arrivalOf(one) ?? Number.POSITIVE_INFINITY) <= now;
    const there = this.#underway.filter(isThere);
    this.#underway = this.#underway.filter((one) => !isThere(one));
    return there
      .sort((one, other) => one.at - other.at)
      .filter(({ from, to, at, key }) => {
        const id = idOf(to, key);
        const own = this.#versions.get(id);
        const version = { at, region: from };
        if (own !== undefined && !isNewer(version, own)) return false;
        this.#versions.set(id, version);
        return true;
      });
  }

  /** Nobody carries anything there any more. */
  leave(region: string): void {
    this.#underway = this.#underway.filter(({ from, to }) => from !== region && to !== region);
  }
}

/** Two writes in one millisecond are ordered by their regions, so that both regions decide the same. */
function isNewer(one: Version, other: Version): boolean {
  return one.at > other.at || (one.at === other.at && one.region > other.region);
}

function idOf(region: string, key: Item): string {
  const attributes = Object.entries(key).sort(([one], [other]) => (one < other ? -1 : 1));
  return `${region} ${JSON.stringify(attributes)}`;
}
