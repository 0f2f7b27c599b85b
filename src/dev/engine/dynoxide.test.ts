import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it, type TestContext, vi } from "vitest";
import { temporaryFolder } from "../../../test/temporary-folder.ts";
import { createBundler } from "../../package/index.ts";
import type { TablePlan } from "../../plan/index.ts";
import { startDynoxide } from "./dynoxide.ts";
import { countItems, createTable, findDynoxide, tableApi } from "./index.ts";

/** Dynoxide's program, or the reason why the test is not run. */
function program({ skip }: TestContext): string {
  const found = findDynoxide();
  if (found !== undefined) return found;
  return skip(`npm has no program of Dynoxide for ${process.platform}-${process.arch}`);
}

const table: TablePlan = {
  key: "orders",
  name: "orders",
  arn: "arn:aws:dynamodb:eu-west-1:123456789012:table/orders",
  variable: "DYNAMODB_TABLE_ORDERS",
  partitionKey: { name: "PK", type: "S" },
  sortKey: null,
  existing: false,
  timeToLiveAttribute: null,
  indexes: [],
  from: "tables.orders",
};

async function putItem(endpoint: string): Promise<void> {
  await tableApi(endpoint, "PutItem", { TableName: "orders", Item: { PK: { S: "a" } } });
}

describe("Dynoxide", () => {
  it("keeps nothing where it is started in memory", async (context) => {
    const dynoxide = program(context);
    const first = await startDynoxide(dynoxide, { dataDirectory: undefined });
    expect(first).toMatchObject({ name: "dynoxide", lacks: expect.arrayContaining([]) });
    await createTable(first.endpoint, table);
    await putItem(first.endpoint);
    await first.stop();
    const second = await startDynoxide(dynoxide, { dataDirectory: undefined });
    expect(await tableApi(second.endpoint, "ListTables", {})).toEqual({ TableNames: [] });
    await second.stop();
  });

  it("takes another port where somebody was quicker, and not that somebody's tables", async (context) => {
    const dynoxide = program(context);
    // The first time, somebody else answers at its port before it has begun.
    const folder = await temporaryFolder({
      late: `#!/bin/sh
if mkdir "$0.once" 2>/dev/null; then
  ${process.execPath} -e 'require("http").createServer((_, r) => r.end("{}")).listen('"$2"', "127.0.0.1")' &
  answers=$!
  sleep 0.3
  "${dynoxide}" "$@"
  kill "$answers"
  exit 1
fi
exec "${dynoxide}" "$@"
`,
    });
    await chmod(path.join(folder, "late"), 0o755);
    const engine = await startDynoxide(path.join(folder, "late"), { dataDirectory: undefined });
    expect(await tableApi(engine.endpoint, "ListTables", {})).toEqual({ TableNames: [] });
    await engine.stop();
  });

  it("finds what it has kept where it is started in the same folder", async (context) => {
    const dynoxide = program(context);
    const dataDirectory = await temporaryFolder();
    const first = await startDynoxide(dynoxide, { dataDirectory });
    await createTable(first.endpoint, table);
    await putItem(first.endpoint);
    await first.stop();
    const second = await startDynoxide(dynoxide, { dataDirectory });
    expect(await countItems(second.endpoint, "orders")).toBe(1);
    await second.stop();
  });

  it("answers nobody once it is stopped, and may be stopped twice", async (context) => {
    const engine = await startDynoxide(program(context), { dataDirectory: undefined });
    await engine.stop();
    await expect(tableApi(engine.endpoint, "ListTables", {})).rejects.toMatchObject({
      code: expect.stringMatching(/^ECONN(REFUSED|RESET)$/),
    });
    await engine.stop();
    expect(await engine.ended).toMatch(/^dynoxide ended/);
  });

  it("does not outlive a process that is killed", async (context) => {
    const dynoxide = program(context);
    const source = fileURLToPath(new URL("dynoxide.ts", import.meta.url));
    const directory = await temporaryFolder({
      "parent.ts": `
        import { startDynoxide } from ${JSON.stringify(source)};
        const program = ${JSON.stringify(dynoxide)};
        const engine = await startDynoxide(program, { dataDirectory: undefined });
        process.stdout.write(engine.endpoint);
        setInterval(() => {}, 1_000);
      `,
    });
    const bundler = await createBundler({
      directory,
      outputDirectory: path.join(directory, "out"),
      entries: { parent: "parent.ts" },
    });
    const { modules } = await bundler.build();
    await bundler.dispose();
    const parent = spawn(process.execPath, [modules.parent ?? ""], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    const [endpoint] = await once(parent.stdout, "data");
    expect(await tableApi(String(endpoint), "ListTables", {})).toEqual({ TableNames: [] });
    parent.kill("SIGKILL");
    await vi.waitFor(() =>
      expect(tableApi(String(endpoint), "ListTables", {})).rejects.toMatchObject({
        code: "ECONNREFUSED",
      }),
    );
  });
});

describe("an engine's program", () => {
  async function executable(script: string): Promise<string> {
    const file = path.join(await temporaryFolder({ program: `#!/bin/sh\n${script}\n` }), "program");
    await chmod(file, 0o755);
    return file;
  }

  /** A program that answers one call, and then does as the code says. */
  async function programThatEnds(code: string): Promise<string> {
    const folder = await temporaryFolder({
      "engine.mjs": `
        import { createServer } from "node:http";
        let calls = 0;
        createServer((request, response) => {
          if (calls++ === 0) return response.end("{}");
          ${code}
        }).listen(Number(process.argv[process.argv.indexOf("--port") + 1]), "127.0.0.1");
      `,
    });
    return executable(`exec "${process.execPath}" "${folder}/engine.mjs" "$@"`);
  }

  it("that ends while it runs says so, with its code and its last words", async () => {
    const program = await programThatEnds('process.stderr.write("disk full\\n"); process.exit(7);');
    const engine = await startDynoxide(program, { dataDirectory: undefined });
    await expect(tableApi(engine.endpoint, "Scan", {})).rejects.toMatchObject({
      code: "ECONNRESET",
    });
    expect(await engine.ended).toBe("dynoxide ended with code 7: disk full");
    await engine.stop();
  });

  it("that is killed says so, with the signal", async () => {
    const program = await programThatEnds('process.kill(process.ppid, "SIGKILL"); process.exit();');
    const engine = await startDynoxide(program, { dataDirectory: undefined });
    await expect(tableApi(engine.endpoint, "Scan", {})).rejects.toMatchObject({
      code: "ECONNRESET",
    });
    expect(await engine.ended).toBe("dynoxide ended with SIGKILL");
    await engine.stop();
  });

  it("that ends at once is an error, with its code and its last words", async () => {
    const program = await executable('echo "no such option: $1" >&2; exit 3');
    await expect(startDynoxide(program, { dataDirectory: undefined })).rejects.toMatchObject({
      code: "ENGINE_NOT_STARTED",
      message: "The table engine did not start: dynoxide ended with code 3: no such option: --port",
      fix: "lambdakit doctor",
    });
  });

  it("that ends at once with data to read is an error that says how to go on without", async () => {
    const program = await executable("exit 1");
    const dataDirectory = await temporaryFolder();
    await expect(startDynoxide(program, { dataDirectory })).rejects.toMatchObject({
      code: "ENGINE_NOT_STARTED",
      fix: expect.stringMatching(/^lambdakit dev --memory; .* rm -r /),
    });
  });

  it("that is not there is an error", async () => {
    const program = path.join(await temporaryFolder(), "missing");
    await expect(startDynoxide(program, { dataDirectory: undefined })).rejects.toMatchObject({
      code: "ENGINE_NOT_STARTED",
      message: expect.stringContaining("not found"),
    });
  });
});
