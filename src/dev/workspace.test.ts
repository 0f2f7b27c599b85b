import { existsSync } from "node:fs";
import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it, onTestFinished } from "vitest";
import { greeter, greeterManifest, handlerSaying } from "../../test/dev-servers.ts";
import { localPlan } from "./local-plan.ts";
import { type Snapshot, Workspace, type WorkspaceOptions } from "./workspace.ts";

const plan: WorkspaceOptions["plan"] = (manifest) => localPlan(manifest, 3000);
const bundled: WorkspaceOptions = { isolation: "thread", packaged: false, plan };
const packaged: WorkspaceOptions = { isolation: "process", packaged: true, plan };

const twoFunctions = greeterManifest.replace(
  "functions: {",
  'functions: { part: { description: "Part", entry: "part.ts", routes: ["GET /parting"], auth: "none" },',
);

/** A service with two functions, which share a file. */
function twoGreeters(): Promise<string> {
  const says = (word: string) => `
    import { say } from "./say.ts";
    export const handler = async () => say("${word}");`;
  return greeter({
    "service.ts": twoFunctions,
    "greet.ts": says("hello"),
    "part.ts": says("bye"),
    "say.ts": "export const say = (word: string) => ({ statusCode: 200, body: word });",
  });
}

function open(directory: string, options: WorkspaceOptions): Workspace {
  const workspace = new Workspace(directory, options);
  onTestFinished(() => workspace.close());
  return workspace;
}

/** What a function of a snapshot answers, loaded into this process. */
async function answerOf({ code }: Snapshot, key: string): Promise<unknown> {
  const { taskRoot = "", module = path.join(taskRoot, "index.mjs") } = code[key] ?? {};
  return (await (await import(pathToFileURL(module).href)).handler()).body;
}

const editions: [string, WorkspaceOptions][] = [
  ["bundled", bundled],
  ["packaged", packaged],
];

describe.each(editions)("a workspace whose functions are %s", (_, options) => {
  it("gives the plan, the code of each function, and the files that it was made of", async () => {
    const directory = await twoGreeters();
    const snapshot = await open(directory, options).read();
    expect(snapshot.plan).toMatchObject({ service: "greeter", environment: "dev" });
    expect(Object.keys(snapshot.code).toSorted()).toEqual(["greet", "part"]);
    expect(await answerOf(snapshot, "greet")).toBe("hello");
    expect(await answerOf(snapshot, "part")).toBe("bye");
    const own = snapshot.inputs.filter((file) => file.startsWith(directory));
    expect(own.toSorted()).toEqual(
      ["greet.ts", "part.ts", "say.ts"].map((name) => path.join(directory, name)),
    );
    expect(new Set(snapshot.inputs).size).toBe(snapshot.inputs.length);
  });

  it("describes the code that did not change as before, and what did change in another way", async () => {
    const directory = await twoGreeters();
    const workspace = open(directory, options);
    const first = await workspace.read();
    expect((await workspace.read()).code).toEqual(first.code);

    await writeFile(path.join(directory, "greet.ts"), handlerSaying("welcome"));
    const second = await workspace.read();
    expect(second.code.greet).not.toEqual(first.code.greet);
    expect(await answerOf(second, "greet")).toBe("welcome");
    expect(await answerOf(first, "greet")).toBe("hello");
  });

  it("follows functions that come and go", async () => {
    const directory = await greeter();
    const workspace = open(directory, options);
    await workspace.read();
    await writeFile(path.join(directory, "part.ts"), handlerSaying("bye"));
    await writeFile(path.join(directory, "service.ts"), twoFunctions);
    const more = await workspace.read();
    expect(await answerOf(more, "part")).toBe("bye");
    await writeFile(path.join(directory, "service.ts"), greeterManifest);
    expect(Object.keys((await workspace.read()).code)).toEqual(["greet"]);
  });

  it("says what is wrong, and reads what was corrected", async () => {
    const directory = await greeter({ "greet.ts": "export const handler = ;" });
    const workspace = open(directory, options);
    await expect(workspace.read()).rejects.toMatchObject({ code: "BUNDLE_FAILED" });
    await writeFile(path.join(directory, "greet.ts"), handlerSaying("hello"));
    expect(await answerOf(await workspace.read(), "greet")).toBe("hello");
  });

  it("leaves nothing of what it made when it is closed", async () => {
    const directory = await greeter();
    const workspace = new Workspace(directory, options);
    const { code } = await workspace.read();
    const { taskRoot = "", environmentModule = "" } = code.greet ?? {};
    expect([existsSync(taskRoot), existsSync(environmentModule)]).toEqual([true, true]);
    await workspace.close();
    expect([existsSync(taskRoot), existsSync(environmentModule)]).toEqual([false, false]);
    expect(await readdir(path.join(directory, ".lambdakit", "build"))).toEqual([]);
  });

  it("can be closed before anything was read", async () => {
    const workspace = new Workspace(await greeter(), options);
    await expect(workspace.close()).resolves.toBeUndefined();
  });
});

describe("a packaged function", () => {
  it("has a folder of its own, outside of the service, with its zip's file and nothing else", async () => {
    const directory = await twoGreeters();
    const { code } = await open(directory, packaged).read();
    const { greet, part } = code;
    expect(greet?.taskRoot).not.toBe(part?.taskRoot);
    for (const { taskRoot = "", handler, module } of [{ ...greet }, { ...part }]) {
      expect(path.relative(directory, taskRoot)).toMatch(/^\.\./);
      expect(await readdir(taskRoot)).toEqual(["index.mjs"]);
      expect([handler, module]).toEqual(["index.handler", undefined]);
    }
  });

  it("is unpacked once: the same zip is the same folder, and its files stay as they are", async () => {
    const directory = await twoGreeters();
    const workspace = open(directory, packaged);
    const first = (await workspace.read()).code;
    const module = path.join(first.part?.taskRoot ?? "", "index.mjs");
    await writeFile(module, "// touched");
    await writeFile(path.join(directory, "greet.ts"), handlerSaying("welcome"));
    const second = (await workspace.read()).code;
    expect(second.part?.taskRoot).toBe(first.part?.taskRoot);
    expect(await readFile(module, "utf8")).toBe("// touched");
    expect(second.greet?.taskRoot).not.toBe(first.greet?.taskRoot);

    await writeFile(path.join(directory, "greet.ts"), handlerSaying("again"));
    await workspace.read();
    await writeFile(path.join(directory, "greet.ts"), handlerSaying("welcome"));
    expect((await workspace.read()).code.greet?.taskRoot).toBe(second.greet?.taskRoot);
  });
});

describe("two workspaces of one folder", () => {
  it("build into folders of their own, and close only their own", async () => {
    const directory = await greeter();
    const [one, other] = [new Workspace(directory, bundled), open(directory, bundled)];
    const [first, second] = [await one.read(), await other.read()];
    expect(first.code.greet?.taskRoot).not.toBe(second.code.greet?.taskRoot);
    await one.close();
    expect(await answerOf(second, "greet")).toBe("hello");
  });
});
