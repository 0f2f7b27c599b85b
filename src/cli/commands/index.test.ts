import { describe, expect, it } from "vitest";
import { commandNames, loadCommand, loadCommands } from "./index.ts";

describe("the commands", () => {
  it("are found by the names that they have themselves, each once", async () => {
    expect((await loadCommands()).map(({ name }) => name)).toEqual(commandNames);
    expect(new Set(commandNames).size).toBe(commandNames.length);
  });

  it("are loaded one at a time", async () => {
    expect(await loadCommand("dr drill")).toMatchObject({ name: "dr drill" });
  });
});
