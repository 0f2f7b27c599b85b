import path from "node:path";
import { describe, expect, it } from "vitest";
import { useProcesses } from "../../../../test/process-environments.ts";
import { nodeRuntime } from "./node-runtime.ts";

const processes = useProcesses();

describe("functions on Node.js", { timeout: 60_000 }, () => {
  it("run with Lambda's option, and the parameters that Node.js is given", async () => {
    const { invoke } = await processes.start(
      "export const handler = async () => process.execArgv;",
      { command: nodeRuntime(process.execPath, ["--no-warnings"]) },
    );
    expect(await invoke({})).toMatchObject({ payload: '["--expose-gc","--no-warnings"]' });
  });

  it("may have their module elsewhere than the handler string says", async () => {
    const { invoke } = await processes.start('export const handler = async () => "found";', {
      command: (options) => {
        const module = path.join(options.code.taskRoot, "index.mjs");
        const code = { ...options.code, handler: "other.handler", module };
        return nodeRuntime(process.execPath)({ ...options, code });
      },
    });
    expect(await invoke({})).toMatchObject({ payload: '"found"' });
  });
});
