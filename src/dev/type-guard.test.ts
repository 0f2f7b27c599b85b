import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { startTypeGuard, type TypeEvent } from "./type-guard.ts";

describe("the type guard", { timeout: 60_000 }, () => {
  it("serves code whose types are right, and tells nothing", async () => {
    const service = await useGuard();
    await service.save("right");
    await service.guard.look("first", service.files);
    expect(service.happened).toEqual([{ served: "first" }]);
  });

  it("serves the last code whose types were right, when newer code's are wrong", async () => {
    const service = await useGuard();
    for (const code of ["first", "second"]) {
      await service.save("right");
      await service.guard.look(code, service.files);
    }
    await service.save("wrong");
    await service.guard.look("third", service.files);
    await service.guard.look("fourth", service.files);
    const told = { type: "type-problems", restored: true, problems: [{ line: 1, code: "TS1" }] };
    expect(service.happened).toMatchObject([
      { served: "first" },
      { served: "second" },
      { served: "second" },
      told,
      { served: "second" },
      told,
    ]);
  });

  it("refuses code whose types were wrong, until they are found to be right", async () => {
    const service = await useGuard();
    await service.save("right");
    await service.guard.look("first", service.files);
    await service.save("wrong");
    await service.guard.look("second", service.files);
    const refused = () => ["first", "second", "third"].filter(service.guard.refuses);
    expect(refused()).toEqual(["second"]);
    await service.save("right");
    await service.guard.look("third", service.files);
    expect(refused()).toEqual(["second"]);
    await service.guard.look("second", service.files);
    expect(refused()).toEqual([]);
    expect(service.happened.at(-1)).toEqual({ served: "second" });
  });

  it("refuses nothing where nobody can find out that it is right", async () => {
    const service = await useGuard();
    for (const [code, found] of [
      ["first", "right"],
      ["second", "wrong"],
      ["second", "broken"],
    ] as const) {
      await service.save(found);
      await service.guard.look(code, service.files);
    }
    expect(service.guard.refuses("second")).toBe(false);
  });

  it("only shows what is wrong while no code has been right", async () => {
    const service = await useGuard();
    await service.save("wrong");
    await service.guard.look("first", service.files);
    expect(service.happened).toMatchObject([{ type: "type-problems", restored: false }]);
    expect(service.guard.refuses("first")).toBe(false);
  });

  it("finds nothing about code that is served no more", async () => {
    const service = await useGuard();
    await service.save("right");
    await service.guard.look("first", service.files);
    await service.save("endless");
    const second = service.guard.look("second", service.files);
    await service.save("wrong");
    await service.guard.look("third", service.files);
    await second;
    expect(service.happened).toMatchObject([
      { served: "first" },
      { served: "first" },
      { type: "type-problems" },
    ]);
  });

  it("tells why types are not checked, and leaves the code alone", async () => {
    const service = await useGuard();
    await service.save("broken");
    await service.guard.look("first", service.files);
    expect(service.happened).toEqual([{ type: "not-type-checked", reason: "out of memory" }]);
  });
});

/** A service whose compiler finds what the test says that it should find. */
async function useGuard() {
  const directory = await temporaryFolder({
    "tsconfig.json": "{}",
    "node_modules/typescript/package.json": "{}",
  });
  const happened: (TypeEvent | { readonly served: string })[] = [];
  const guard = startTypeGuard<string>({
    directory,
    serve: (code) => happened.push({ served: code }),
    describe: (code) => code,
    onEvent: (event) => happened.push(event),
  });
  onTestFinished(() => guard.close());
  const programs = {
    right: "",
    wrong: 'console.log("a.ts(1,1): error TS1: wrong");',
    endless: "setInterval(() => {}, 1000);",
    broken: 'console.log("out of memory");',
  };
  return {
    guard,
    happened,
    files: [path.join(directory, "a.ts")],
    async save(code: keyof typeof programs) {
      const bin = path.join(directory, "node_modules/typescript/bin");
      await mkdir(bin, { recursive: true });
      await writeFile(path.join(bin, "tsc"), programs[code]);
    },
  };
}
