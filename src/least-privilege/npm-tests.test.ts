import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { npmTests } from "./index.ts";

const files = (scripts: object) => ({ "package.json": JSON.stringify({ scripts }) });
const printing = "node -e \"console.log(process.argv.slice(1).join('|'), process.env.GIVEN)\" --";

describe("the tests of a service", { timeout: 60_000 }, () => {
  it("are run by a script of its package.json, all or these files, with these variables", async () => {
    const run = await npmTests(
      await temporaryFolder(files({ "test:unit": printing })),
      "test:unit",
    );
    expect(await run({ files: [], variables: { GIVEN: "one" } })).toEqual({
      passed: true,
      output: " one\n",
    });
    expect((await run({ files: ["/a b.ts", "/c.ts"], variables: { GIVEN: "1" } })).output).toBe(
      "/a b.ts|/c.ts 1\n",
    );
  });

  it("have failed where the script has, whatever it has said and where", async () => {
    const script = "node -e \"console.log('out'); console.error('err'); process.exit(3)\"";
    const run = await npmTests(await temporaryFolder(files({ test: script })), "test");
    const { passed, output } = await run({ files: [], variables: {} });
    expect(passed).toBe(false);
    expect(output).toMatch(/out\nerr/);
  });

  it("end with all that they have started where somebody interrupts", async () => {
    const waiting = 'node -e "console.log(process.pid); setTimeout(() => {}, 60000)"; echo after';
    const run = await npmTests(await temporaryFolder(files({ test: waiting })), "test");
    const interrupted = new AbortController();
    setTimeout(() => interrupted.abort(), 3_000);
    const { output } = await run({ files: [], variables: {}, interrupted: interrupted.signal });
    const pid = Number(/^\d+/.exec(output)?.[0]);
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  it.each([
    ["no package.json", {}, "It has none."],
    ["other scripts", files({ build: "tsc", lint: "eslint" }), "It has: build, lint."],
  ])("are an error where there is %s", async (_, given, says) => {
    await expect(npmTests(await temporaryFolder(given), "test")).rejects.toMatchObject({
      code: "PERMISSIONS_NO_SCRIPT",
      message: expect.stringContaining(says),
    });
  });
});
