import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { startTypeCheck } from "./type-check.ts";

const installed = fileURLToPath(new URL("../../node_modules/typescript", import.meta.url));
const settings = JSON.stringify({ compilerOptions: { strict: true, types: [] } });

describe("the type check, with the service's own TypeScript", { timeout: 120_000 }, () => {
  it("finds nothing in code that is right", async () => {
    const service = await useService({ "a.ts": "export const a: number = 1;\n" });
    expect(await service.check("a.ts")).toEqual([]);
    expect(service.skipped).toEqual([]);
  });

  it("says of each error the file, the line, the column, the code and what is wrong", async () => {
    const service = await useService({ "src/a.ts": '\n  export const a: number = "1";\n' });
    expect(await service.check("src/a.ts")).toEqual([
      {
        file: path.join(service.directory, "src/a.ts"),
        line: 2,
        column: 16,
        code: "TS2322",
        message: "Type 'string' is not assignable to type 'number'.",
      },
    ]);
  });

  it("keeps quiet about the errors of other files, such as tests", async () => {
    const service = await useService({
      "a.ts": "export const a = 1;\n",
      "a.test.ts": 'import { a } from "./a";\nconst text: string = a;\n',
    });
    expect(await service.check("a.ts")).toEqual([]);
    expect(await service.check("a.ts", "a.test.ts")).toMatchObject([{ line: 2, code: "TS2322" }]);
    expect(service.skipped).toEqual([]);
  });

  it("remembers what it learnt, and sees every change since all the same", async () => {
    const service = await useService({ "a.ts": "export const a: number = 1;\n" });
    expect(await service.check("a.ts")).toEqual([]);
    const memory = path.join(service.directory, ".lambdakit/types.tsbuildinfo");
    expect((await readFile(memory)).length).toBeGreaterThan(0);

    await writeFile(path.join(service.directory, "a.ts"), "export const a: number = true;\n");
    expect(await service.check("a.ts")).toMatchObject([{ code: "TS2322" }]);
    expect(await service.check("a.ts")).toMatchObject([{ code: "TS2322" }]);

    await writeFile(memory, (await readFile(memory, "utf8")).slice(0, 20));
    expect(await service.check("a.ts")).toMatchObject([{ code: "TS2322" }]);
  });

  it("takes the tsconfig.json of a folder above, and a service that is reached by a link", async () => {
    const service = await useService({ "services/one/a.ts": "export const a: string = 1;\n" });
    const link = path.join(await temporaryFolder(), "linked");
    await symlink(path.join(service.directory, "services/one"), link);
    const { check } = startTypeCheck({ directory: link, onSkipped: service.skip });
    expect(await check([path.join(link, "a.ts")])).toMatchObject([{ line: 1, code: "TS2322" }]);
    expect(service.skipped).toEqual([]);
  });

  it("says once that a tsconfig.json is wrong", async () => {
    const service = await useService({
      "tsconfig.json": '{\n  "compilerOptions": { "strct": true, "types": [] }\n}\n',
      "a.ts": "export const a = 1;\n",
    });
    expect(await service.check("a.ts")).toBeUndefined();
    expect(await service.check("a.ts")).toBeUndefined();
    expect(service.skipped).toEqual([
      expect.stringMatching(/tsconfig\.json:2:24 Unknown compiler option 'strct'/),
    ]);
  });
});

describe("the type check, where it cannot be made", () => {
  it("says once that there is no TypeScript", async () => {
    const directory = await temporaryFolder({ "tsconfig.json": settings });
    const skipped: string[] = [];
    const { check, close } = startTypeCheck({ directory, onSkipped: (why) => skipped.push(why) });
    expect(await check([])).toBeUndefined();
    expect(await check([])).toBeUndefined();
    await close();
    expect(skipped).toEqual([
      `no TypeScript is installed in ${directory}: npm install --save-dev typescript`,
    ]);
  });

  it("says once that there is no tsconfig.json", async () => {
    const service = await useCompiler("process.exit(0);", { "tsconfig.json": undefined });
    expect(await service.check("a.ts")).toBeUndefined();
    expect(service.skipped).toEqual([`there is no tsconfig.json in ${service.directory} or above`]);
  });

  it("says what the compiler said when it failed", async () => {
    const service = await useCompiler('console.error("no memory left"); process.exit(1);');
    expect(await service.check("a.ts")).toBeUndefined();
    expect(service.skipped).toEqual(["no memory left"]);
  });

  it("says why the compiler could not be started", async () => {
    const service = await useCompiler("");
    const directory = path.join(service.directory, "deleted");
    const { check } = startTypeCheck({ directory, onSkipped: service.skip });
    expect(await check([])).toBeUndefined();
    expect(service.skipped).toEqual([expect.stringContaining("ENOENT")]);
  });
});

describe("type checks one after the other", { timeout: 60_000 }, () => {
  const waiting = 'require("node:fs").writeFileSync("started", ""); setInterval(() => {}, 1000);';

  it("ends the older one, whose answer would be out of date", async () => {
    const service = await useCompiler(waiting);
    const older = service.check("a.ts");
    await service.replaceCompiler(`console.log("a.ts(1,2): error TS1: wrong");`);
    expect(await service.check("a.ts")).toMatchObject([{ line: 1, column: 2, code: "TS1" }]);
    expect(await older).toBeUndefined();
    expect(service.skipped).toEqual([]);
  });

  it("ends the one under way when it is closed, with everything that it started", async () => {
    const service = await useCompiler(`
      const { spawn } = require("node:child_process");
      const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
      require("node:fs").writeFileSync("started", String(child.pid));
      setInterval(() => {}, 1000);`);
    const check = service.check("a.ts");
    const pid = Number(await service.untilStarted());
    await service.close();
    expect(await check).toBeUndefined();
    await expect.poll(() => isRunning(pid), { timeout: 30_000 }).toBe(false);
  });
});

it("gives the compiler neither this process's priority nor its debugger", async () => {
  const before = process.env.NODE_OPTIONS;
  onTestFinished(() => {
    if (before === undefined) delete process.env.NODE_OPTIONS;
    else process.env.NODE_OPTIONS = before;
  });
  process.env.NODE_OPTIONS = "--stack-trace-limit=7";
  const service = await useCompiler(
    'process.stdout.write(String(process.env.NODE_OPTIONS) + " " + (require("node:os").getPriority() > 0));',
  );
  await service.check("a.ts");
  expect(service.skipped).toEqual(["undefined true"]);
});

/** A service on the TypeScript of this repository. */
async function useService(files: Readonly<Record<string, string>>) {
  const directory = await temporaryFolder({ "tsconfig.json": settings, ...files });
  await mkdir(path.join(directory, "node_modules"));
  await symlink(installed, path.join(directory, "node_modules/typescript"));
  return checked(directory);
}

/** A service with a compiler that does whatever a test needs. */
async function useCompiler(
  program: string,
  files: Readonly<Record<string, string | undefined>> = {},
) {
  const all = {
    "tsconfig.json": settings,
    "node_modules/typescript/package.json": "{}",
    "node_modules/typescript/bin/tsc": program,
    ...files,
  };
  const present = Object.entries(all).filter(
    (file): file is [string, string] => !!file[1] || file[1] === "",
  );
  const service = checked(await temporaryFolder(Object.fromEntries(present)));
  const compiler = path.join(service.directory, "node_modules/typescript/bin/tsc");
  return { ...service, replaceCompiler: (text: string) => writeFile(compiler, text) };
}

function checked(directory: string) {
  const skipped: string[] = [];
  const skip = (reason: string) => void skipped.push(reason);
  const { check, close } = startTypeCheck({ directory, onSkipped: skip });
  onTestFinished(close);
  return {
    directory,
    skipped,
    skip,
    close,
    check: (...files: string[]) => check(files.map((file) => path.join(directory, file))),
    async untilStarted() {
      const read = () => readFile(path.join(directory, "started"), "utf8").catch(() => "");
      await expect.poll(read, { timeout: 30_000 }).not.toBe("");
      return read();
    },
  };
}

/** A process that has ended and that nobody has waited for yet has no command line left. */
async function isRunning(pid: number): Promise<boolean> {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return (await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "?")) !== "";
}
