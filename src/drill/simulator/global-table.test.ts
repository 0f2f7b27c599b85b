import { describe, expect, it } from "vitest";
import { type Carried, GlobalTable } from "./global-table.ts";
import { Outages } from "./outages.ts";

const regions = ["af-south-1", "eu-west-1"] as const;
const [home, away] = regions;
const key = { PK: { S: "a" } };

/** Both regions, and what arrives in them after a second. */
function world() {
  const table = new GlobalTable();
  const outages = new Outages();
  return {
    outages,
    write: (region: string, at: number, n: number) =>
      table.take(region, { at, key, item: { ...key, n: { N: String(n) } } }, regions),
    arrived: (now: number) =>
      table
        .arrived(now, ({ from, to, at }: Carried) => outages.arrival([from, to], at, 1_000))
        .map(({ to, item }) => `${to}: ${Object(item?.n).N}`),
  };
}

describe("what is written in one region of a table", () => {
  it("arrives in the other one when its time is over, once, and in order", () => {
    const { write, arrived } = world();
    write(home, 0, 1);
    write(home, 500, 2);
    expect(arrived(999)).toEqual([]);
    expect(arrived(1_500)).toEqual([`${away}: 1`, `${away}: 2`]);
    expect(arrived(9_999)).toEqual([]);
  });

  it("stays where it was written last, and in one moment it is the same region for both", () => {
    const later = world();
    later.write(home, 0, 1);
    later.write(away, 1, 2);
    expect(later.arrived(2_000)).toEqual([`${home}: 2`]);
    const same = world();
    same.write(home, 0, 1);
    same.write(away, 0, 2);
    expect(same.arrived(2_000)).toEqual([`${home}: 2`]);
  });

  it("has arrived if that was before the loss, whenever somebody looks", () => {
    const { write, arrived, outages } = world();
    write(home, 0, 1);
    write(home, 500, 2);
    outages.set([home], 1_200);
    expect(arrived(60_000)).toEqual([`${away}: 1`]);
  });

  it("waits for the region that is lost, and arrives after that is back", () => {
    const { write, arrived, outages } = world();
    write(home, 500, 1);
    outages.set([home], 1_200);
    write(away, 5_000, 2);
    outages.set([], 10_000);
    expect(arrived(10_999)).toEqual([]);
    expect(arrived(11_000)).toEqual([`${home}: 2`]);
    write(home, 20_000, 3);
    expect(arrived(21_000)).toEqual([`${away}: 3`]);
  });
});
