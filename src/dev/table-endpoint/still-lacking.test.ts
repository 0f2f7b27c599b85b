import { describe, expect, it } from "vitest";
import { startDynalite } from "../engine/dynalite/dynalite.ts";
import { startEngine } from "../engine/index.ts";
import { stillLacking } from "./index.ts";

describe("what an engine lacks behind the endpoint", () => {
  it("is no time to live and no backup, and whatever else it lacks by itself", async () => {
    const engines = [
      await startDynalite({ dataDirectory: undefined }),
      await startEngine({ dataDirectory: undefined }, {}),
    ];
    for (const { lacks, stop } of engines) {
      const left = stillLacking(lacks);
      expect(left).toContain("restoring a table to a point in time");
      const others = lacks.filter((lack) => !/time to live|backup/.test(lack));
      expect(left.slice(0, -1)).toEqual(others);
      await stop();
    }
  });

  it("is nothing where it lacks nothing", () => {
    expect(stillLacking([])).toEqual([]);
  });
});
