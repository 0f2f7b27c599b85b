import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it, vi } from "vitest";
import { type Events, get, greeter, greeting, save, start } from "../../test/dev-servers.ts";

/**
 * A compiler that finds an error wherever somebody has written "wrong", and where a wrong type is used;
 * it leaves its process id.
 */
const compiler = `
  const { appendFileSync, readdirSync, readFileSync } = require("node:fs");
  appendFileSync(".lambdakit/checks", process.pid + " ");
  for (const file of readdirSync(".").filter((name) => name.endsWith(".ts"))) {
    if (readFileSync(file, "utf8").includes("wrong")) {
      const at = file === "answer.ts" ? "greet.ts" : file;
      console.log(at + "(1,7): error TS2322: Type 'string' is not assignable to type 'number'.");
    }
  }`;

const says = (text: string, more = "") => `
  import type { Answer } from "./answer.ts";
  ${more}
  export const handler = async (): Promise<Answer> => ({ statusCode: 200, body: "${text}" });`;

/** A service with a compiler. */
function checkedGreeter(handler = says("hello")): Promise<string> {
  return greeter({
    "greet.ts": handler,
    "answer.ts": "export interface Answer { statusCode: number; body: string }",
    "tsconfig.json": "{}",
    "node_modules/typescript/package.json": "{}",
    "node_modules/typescript/bin/tsc": compiler,
  });
}

/** Waits for the end of the check of this number. Code whose types are right is told by no event. */
function checkEnded(directory: string, number: number): Promise<void> {
  return vi.waitFor(
    async () => {
      const checks = await readFile(path.join(directory, ".lambdakit/checks"), "utf8");
      const pid = checks.trim().split(" ")[number - 1];
      if (pid === undefined || isAlive(Number(pid))) throw new Error("It has not ended.");
    },
    { timeout: 20_000, interval: 20 },
  );
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

const problems = (events: Events) => events.of("type-problems");

describe("code with wrong types", { timeout: 30_000 }, () => {
  it("serves only until they are found: then the last good code serves again, until all is right", async () => {
    const directory = await checkedGreeter();
    const file = path.join(directory, "greet.ts");
    const { server, events } = await start(directory, { typeCheck: true });
    await checkEnded(directory, 1);
    expect(problems(events)).toEqual([]);

    await save(events, "reloaded", file, says("bye", "// wrong"));
    expect(await events.next("type-problems")).toEqual({
      type: "type-problems",
      restored: true,
      problems: [
        {
          file,
          line: 1,
          column: 7,
          code: "TS2322",
          message: "Type 'string' is not assignable to type 'number'.",
        },
      ],
    });
    expect(await greeting(server)).toBe("hello");

    await save(events, "reloaded", file, says("welcome", "// wrong"));
    expect(await events.next("type-problems", 1)).toMatchObject({ restored: true });
    expect(await greeting(server)).toBe("hello");

    await save(events, "reloaded", file, says("welcome"));
    await checkEnded(directory, 4);
    expect(await greeting(server)).toBe("welcome");
    expect(problems(events)).toHaveLength(2);
  });

  it("serves all the same where no code has been good yet", async () => {
    const directory = await checkedGreeter(says("hello", "// wrong"));
    const { server, events } = await start(directory, { typeCheck: true });
    expect(await events.next("type-problems")).toMatchObject({
      restored: false,
      problems: [{ file: path.join(directory, "greet.ts") }],
    });
    expect(await greeting(server)).toBe("hello");
  });

  it("is noticed in a file of types, which changes no function", async () => {
    const directory = await checkedGreeter();
    const { events } = await start(directory, { typeCheck: true });
    await checkEnded(directory, 1);
    const wrong = "export interface Answer { statusCode: string; body: string } // wrong";
    await writeFile(path.join(directory, "answer.ts"), wrong);
    expect(await events.next("type-problems")).toMatchObject({
      restored: true,
      problems: [{ file: path.join(directory, "greet.ts") }],
    });
    expect(events.of("reloaded")).toEqual([]);
  });

  it("in service.ts puts the routes back that were served before", async () => {
    const directory = await checkedGreeter();
    const file = path.join(directory, "service.ts");
    const { server, events } = await start(directory, { typeCheck: true });
    await checkEnded(directory, 1);
    const manifest = await readFile(file, "utf8");
    const moved = `${manifest.replace("GET /greeting", "GET /welcome")} // wrong`;
    await save(events, "reloaded", file, moved);
    expect(await events.next("type-problems")).toMatchObject({ restored: true });
    expect(await greeting(server)).toBe("hello");
    expect((await get(`${server.url}/welcome`)).status).toBe(403);
  });

  it("does not come back when other files are saved, until it is right", async () => {
    const directory = await checkedGreeter();
    const file = path.join(directory, "greet.ts");
    const { server, events } = await start(directory, { typeCheck: true });
    await checkEnded(directory, 1);
    await save(events, "reloaded", file, says("bye", "// wrong"));
    await events.next("type-problems");
    await writeFile(path.join(directory, "notes.txt"), "a note");
    await checkEnded(directory, 3);
    expect(await greeting(server)).toBe("hello");

    // The code stays as it is: what is wrong is in the compiler's eyes only.
    const compilerFile = path.join(directory, "node_modules/typescript/bin/tsc");
    await writeFile(compilerFile, compiler.replace('"wrong"', '"very wrong"'));
    await writeFile(path.join(directory, "notes.txt"), "another note");
    await vi.waitFor(async () => expect(await greeting(server)).toBe("bye"), { timeout: 20_000 });
  });

  it("is not looked for where nobody wants it", async () => {
    const directory = await checkedGreeter(says("hello", "// wrong"));
    const { server, events } = await start(directory, { typeCheck: false });
    expect(await greeting(server)).toBe("hello");
    await server.stop();
    expect(problems(events)).toEqual([]);
    await expect(readFile(path.join(directory, ".lambdakit/checks"))).rejects.toThrow("ENOENT");
  });
});

describe("a service without a compiler", { timeout: 30_000 }, () => {
  it("is served, and told once that its types are not checked", async () => {
    const directory = await greeter();
    const { server, events } = await start(directory, { typeCheck: true });
    await save(events, "reloaded", path.join(directory, "greet.ts"), says("bye"));
    expect(await greeting(server)).toBe("bye");
    expect(events.of("not-type-checked")).toEqual([
      {
        type: "not-type-checked",
        reason: `no TypeScript is installed in ${directory}: npm install --save-dev typescript`,
      },
    ]);
  });
});
