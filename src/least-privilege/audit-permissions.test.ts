import { readdir } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { type PermissionSighting, permissionVariables } from "../names.ts";
import type { FunctionPlan, Statement } from "../plan/index.ts";
import { appendLine, realFolder } from "../system/index.ts";
import { auditPermissions, isSurvivor, type RunTests, type TestsToRun } from "./index.ts";

const table = "arn:aws:dynamodb:eu-west-1:123456789012:table/orders";
const statement = (action: string, position: number): Statement => ({
  actions: [action],
  resources: [table],
  conditions: {},
  from: `functions.f.tables.orders[${position}]`,
});
const actions = ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"];
const plan = {
  functions: [
    {
      key: "f",
      role: {
        name: "f",
        statements: [
          { ...statement("logs:PutLogEvents", 0), from: "functions.f" },
          ...actions.map(statement),
        ],
      },
    } as unknown as FunctionPlan,
  ],
};
const id = (action: string) =>
  `functions.f.tables.orders[${actions.indexOf(action)}] ${action} ${table}`;

/** What tests would do: each file needs some permissions, and fails without those that it looks at. */
interface MadeUpTest {
  readonly needs: readonly string[];
  readonly notices: readonly string[];
  readonly covered?: readonly string[];
  readonly isUnknown?: boolean;
}

/** Stands for a test runner: speaks the same protocol as `lambdakit/testing`. */
function runner(tests: Readonly<Record<string, MadeUpTest>>, folder: string) {
  const asked: { files: string[]; without: string | undefined }[] = [];
  const runTests: RunTests = async ({ variables, files }: TestsToRun) => {
    const record = variables[permissionVariables.record] ?? "";
    const without = variables[permissionVariables.without];
    asked.push({ files: files.map((file) => path.relative(folder, file)), without });
    let passed = true;
    for (const [name, test] of Object.entries(tests)) {
      const file = path.join(folder, name);
      if (files.length > 0 && !files.includes(file)) continue;
      const told = test.isUnknown ? null : file;
      const write = (line: Omit<PermissionSighting, "test">) =>
        appendLine(record, JSON.stringify({ test: told, ...line }));
      write({ seen: "service" });
      if (without === undefined) {
        for (const one of test.needs) write({ seen: "needed", permission: id(one) });
        for (const one of test.covered ?? []) write({ seen: "covered", permission: id(one) });
      } else if (test.needs.some((one) => id(one) === without)) {
        write({ seen: "removed", permission: without });
      }
      if (test.notices.some((one) => id(one) === without)) passed = false;
    }
    return { passed, output: "what the tests say" };
  };
  return { asked, runTests };
}

async function audited(tests: Readonly<Record<string, MadeUpTest>>) {
  const service = realFolder(await temporaryFolder());
  const { asked, runTests } = runner(tests, service);
  const audit = await auditPermissions({ plan, service, runTests, parallel: 1 });
  const verdicts = Object.fromEntries(
    audit.permissions.map(({ action, verdict }) => [action.split(":")[1], verdict]),
  );
  return { audit, asked, verdicts, left: await readdir(path.join(service, ".lambdakit")) };
}

const [get = "", put = "", query = ""] = actions;

describe("a permission", () => {
  it("to read a secret is held against calls as those to tables are", async () => {
    const service = realFolder(await temporaryFolder());
    const actions = ["ssm:GetParameter", "kms:Decrypt", "secretsmanager:GetSecretValue"];
    const statements = actions.map(statement);
    const lambda = { key: "f", role: { name: "f", statements } } as unknown as FunctionPlan;
    const { runTests } = runner({ "a.test.ts": { needs: [], notices: [] } }, service);
    const audit = await auditPermissions({ plan: { functions: [lambda] }, service, runTests });
    expect(audit.permissions.map(({ verdict }) => verdict)).toEqual(["unused", "unused", "unused"]);
  });

  it("is needed where a test fails without it and has missed it, and only that test is run", async () => {
    const { verdicts, asked, audit } = await audited({
      "a.test.ts": { needs: [get], notices: [get] },
      "b.test.ts": { needs: [put], notices: [put] },
    });
    expect(verdicts).toEqual({
      PutLogEvents: "not-held",
      GetItem: "needed",
      PutItem: "needed",
      Query: "unused",
    });
    expect(asked).toEqual([
      { files: [], without: undefined },
      { files: ["a.test.ts"], without: id(get) },
      { files: ["b.test.ts"], without: id(put) },
    ]);
    expect(audit.runs).toBe(3);
    expect(audit.permissions.find(({ action }) => action === get)?.tests).toEqual(["a.test.ts"]);
    expect(audit.permissions.filter(isSurvivor).map(({ action }) => action)).toEqual([query]);
  });

  it("that no call needs is not run for", async () => {
    const { verdicts, asked } = await audited({
      "a.test.ts": { needs: [], notices: [], covered: [put] },
    });
    expect(verdicts).toMatchObject({ GetItem: "unused", PutItem: "covered", Query: "unused" });
    expect(asked).toHaveLength(1);
  });

  it("whose lack no test notices is none that is needed, and all that make its calls were asked", async () => {
    const { verdicts, asked } = await audited({
      "broad.test.ts": { needs: [get, put], notices: [put] },
      "narrow.test.ts": { needs: [get], notices: [] },
    });
    expect(verdicts).toMatchObject({ GetItem: "unnoticed", PutItem: "needed" });
    expect(asked.filter(({ without }) => without === id(get)).map(({ files }) => files)).toEqual([
      ["narrow.test.ts"],
      ["broad.test.ts"],
    ]);
  });

  it("is tried with the most special test alone, which may be enough", async () => {
    const { asked } = await audited({
      "broad.test.ts": { needs: [get, put], notices: [get, put] },
      "narrow.test.ts": { needs: [get], notices: [get] },
    });
    expect(asked.filter(({ without }) => without === id(get)).map(({ files }) => files)).toEqual([
      ["narrow.test.ts"],
    ]);
  });

  it("is tried with all tests where nobody knows which one made the call", async () => {
    const { verdicts, asked } = await audited({
      "a.test.ts": { needs: [get], notices: [get], isUnknown: true },
    });
    expect(verdicts).toMatchObject({ GetItem: "needed" });
    expect(asked.at(-1)).toEqual({ files: [], without: id(get) });
  });

  it("is not called needed by a test that fails without having missed it", async () => {
    const service = realFolder(await temporaryFolder());
    const { runTests } = runner({ "a.test.ts": { needs: [get], notices: [] } }, service);
    const flaky: RunTests = (tests) =>
      tests.variables[permissionVariables.without] === undefined
        ? runTests(tests)
        : Promise.resolve({ passed: false, output: "" });
    const audit = await auditPermissions({ plan, service, runTests: flaky, parallel: 2 });
    const found = audit.permissions.find(({ action }) => action === get);
    expect(found?.verdict).toBe("unclear");
    expect(found && isSurvivor(found)).toBe(true);
  });

  it("leaves no file behind", async () => {
    expect((await audited({ "a.test.ts": { needs: [get], notices: [] } })).left).toEqual([]);
  });
});

describe("an audit", () => {
  it("asks nothing of tests that fail with all permissions, and says what they say", async () => {
    const service = await temporaryFolder();
    const runTests: RunTests = async () => ({ passed: false, output: "1 test failed\n" });
    await expect(auditPermissions({ plan, service, runTests })).rejects.toMatchObject({
      code: "PERMISSIONS_TESTS_FAIL",
      message: expect.stringContaining("1 test failed"),
    });
  });

  it("says so where no test has started the service behind its policies", async () => {
    const service = await temporaryFolder();
    const runTests: RunTests = async () => ({ passed: true, output: "" });
    await expect(auditPermissions({ plan, service, runTests })).rejects.toMatchObject({
      code: "PERMISSIONS_NOT_ASKED",
    });
  });

  it("ends at Ctrl-C with nothing left behind, and says nothing of what was cut off", async () => {
    const service = realFolder(await temporaryFolder());
    const interrupted = new AbortController();
    const { runTests } = runner({ "a.test.ts": { needs: [get, put], notices: [get] } }, service);
    const verdicts: string[] = [];
    const cutOff: RunTests = async (tests) => {
      if (tests.variables[permissionVariables.without] !== undefined) interrupted.abort();
      return runTests(tests);
    };
    await expect(
      auditPermissions({
        plan,
        service,
        runTests: cutOff,
        parallel: 2,
        interrupted: interrupted.signal,
        onVerdict: ({ verdict }) => verdicts.push(verdict),
      }),
    ).rejects.toMatchObject({ code: "PERMISSIONS_INTERRUPTED", exitCode: 130 });
    expect(verdicts).not.toContain("needed");
    expect(await readdir(path.join(service, ".lambdakit"))).toEqual([]);
  });

  it("runs as many tests at once as it may, and no more", async () => {
    const service = realFolder(await temporaryFolder());
    const { runTests } = runner({ "a.test.ts": { needs: actions, notices: actions } }, service);
    let now = 0;
    let most = 0;
    const counted: RunTests = async (tests) => {
      now += 1;
      most = Math.max(most, now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      now -= 1;
      return runTests(tests);
    };
    const audit = await auditPermissions({ plan, service, runTests: counted, parallel: 2 });
    expect(most).toBe(2);
    // In the order of the statements, whatever ended first.
    expect(audit.permissions.map(({ action }) => action).slice(1)).toEqual(actions);
  });
});
