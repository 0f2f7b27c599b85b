import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { startTypeGuard, type TypeEvent } from "./type-guard.ts";

describe("the type guard", { timeout: 60_000 }, () => {
  it("leaves code alone whose types are right", async () => {
    const service = await useGuard();
    await service.save("right");
    await service.guard.served("first", service.files);
    expect(service.happened).toEqual([]);
  });

  it("serves the last code whose types were right, when newer code's are wrong", async () => {
    const service = await useGuard();
    for (const code of ["first", "second"]) {
      await service.save("right");
      await service.guard.served(code, service.files);
    }
    await service.save("wrong");
    await service.guard.served("third", service.files);
    await service.guard.served("fourth", service.files);
    const told = { type: "type-problems", restored: true, problems: [{ line: 1, code: "TS1" }] };
    expect(service.happened).toMatchObject([
      { restored: "second" },
      told,
      { restored: "second" },
      told,
    ]);
  });

  it("only shows what is wrong while no code has been right", async () => {
    const service = await useGuard();
    await service.save("wrong");
    await service.guard.served("first", service.files);
    expect(service.happened).toMatchObject([{ type: "type-problems", restored: false }]);
  });

  it("finds nothing about code that is served no more", async () => {
    const service = await useGuard();
    await service.save("right");
    await service.guard.served("first", service.files);
    await service.save("endless");
    const second = service.guard.served("second", service.files);
    await service.save("wrong");
    await service.guard.served("third", service.files);
    await second;
    expect(service.happened).toMatchObject([{ restored: "first" }, { type: "type-problems" }]);
  });

  it("tells why types are not checked, and leaves the code alone", async () => {
    const service = await useGuard();
    await service.save("broken");
    await service.guard.served("first", service.files);
    expect(service.happened).toEqual([{ type: "not-type-checked", reason: "out of memory" }]);
  });
});

/** A service whose compiler finds what the test says that it should find. */
async function useGuard() {
  const directory = await temporaryFolder({
    "tsconfig.json": "{}",
    "node_modules/typescript/package.json": "{}",
  });
  const happened: (TypeEvent | { readonly restored: string })[] = [];
  const guard = startTypeGuard<string>({
    directory,
    restore: (code) => happened.push({ restored: code }),
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
