import { describe, expect, it } from "vitest";
import { productPlan } from "../../test/product-plan.ts";
import { environmentNames } from "../manifest/index.ts";
import type { CommandAct } from "./act.ts";
import { type Performed, reportHtml, reportMarkdown, runScript, script } from "./index.ts";
import type { RehearsalReport } from "./report.ts";

const whole = script(environmentNames.map(productPlan), 3000);

/** What every command of the script answers where all is well. */
function well({ args, environment }: CommandAct, builds: number): unknown {
  const [name = ""] = args;
  const release = `release-${builds}`;
  const isBad = builds === 3 && environment === "prod";
  const answers: Readonly<Record<string, () => unknown>> = {
    package: () => ({ functions: [{ zippedBytes: 1024 }] }),
    bootstrap: () => ({ changes: [{}] }),
    deploy: () => ({ release, outcome: "live", changes: [{}] }),
    promote: () =>
      isBad
        ? { error: { code: "RELEASE_ROLLED_BACK", message: "It fails.", fix: "lambdakit status" } }
        : { release, outcome: "live", changes: [{}] },
    verify: () => ({
      release: isBad ? "release-2" : release,
      passed: true,
      checks: [{ passed: true }],
    }),
    dr: () => ({ reports: [{ recovered: true, rpo: met, rto: met }] }),
    audit: () => ({
      findings: [],
      unchecked: [{ what: "GitHub", why: "no token" }],
      checked: ["a"],
    }),
    runbook: () => ({ outcome: "passed", steps: stepIds.map((id) => ({ id, said: said[id] })) }),
  };
  return answers[name]?.();
}

const stepIds = [
  ...["doctor", "derived", "preview", "deploy", "verify", "status", "alarms", "backups"],
  ...[
    "errors-of-the-day",
    "history",
    "drills",
    "test",
    "verify-local",
    "audit",
    "plan",
    "dev",
    "invoke-local",
  ],
];

/** What steps say that are held against what they have to say. */
const said: Readonly<Record<string, string>> = {
  doctor: "lambdakit 0.1.0 on linux-x64",
  derived: "unchanged  service.ts",
  history: "1  2026-11-27  deploy 0123456789ab",
  deploy: "dev: release 0123456789ab: nothing to do",
  verify: "All 60 checks passed at https://example.com",
  "verify-local": "All 60 checks passed at http://127.0.0.1:3000",
  status: "dev: healthy",
  "invoke-local": "200",
};

const met = { seconds: 1, met: true, kind: "simulated" };

/** Goes through the script. @param change what one command ends with instead */
async function rehearsed(
  change: (act: CommandAct) => Partial<Performed> | undefined = () => undefined,
  interrupted = new AbortController(),
): Promise<RehearsalReport & { readonly asked: readonly string[] }> {
  const asked: string[] = [];
  let [now, builds] = [0, 0];
  const done = await runScript(whole, {
    now: () => (now += 500),
    interrupted: interrupted.signal,
    async command(act) {
      asked.push(act.args.join(" "));
      if (act.args[0] === "deploy") builds += 1;
      const calls = { total: 90, failed: 0, byVersion: { 1: 80, 2: 10 } };
      return {
        exitCode: act.exitCode,
        stdout: JSON.stringify(well(act, builds)),
        stderr: "",
        calls: act.called ? calls : null,
        log: "logs/01-x.log",
        ...change(act),
      };
    },
    serve: async ({ environment }) => void asked.push(`serve ${environment}`),
    release: async ({ release }) => void asked.push(release),
    onBegin() {},
    onAct() {},
    onEnd() {},
  });
  return { service: "product", at: "2026-11-27T21:00:00Z", versions: {}, ...done, asked };
}

const outcomes = ({ stages }: RehearsalReport) =>
  Object.fromEntries(stages.map(({ id, outcome }) => [id, outcome]));

describe("a rehearsal", () => {
  it("passes where every command says what it has to say", async () => {
    const report = await rehearsed();
    expect(report.stages.filter(({ fault }) => fault !== null)).toEqual([]);
    expect(report.passed).toBe(true);
    expect(report.asked.filter((line) => line.startsWith("serve"))).toEqual([
      "serve dev",
      "serve sit",
      "serve prod",
    ]);
    expect(report.asked).toContain(
      "promote --from sit --to prod --confirm deploy-to-production --reason rehearsal --skip-verify",
    );
  });

  it.each(whole.stages.map(({ id }) => id))(
    "that fails in %s names it, the command, the reason and the fix, and goes no further",
    async (id) => {
      const acts = whole.stages.find((stage) => stage.id === id)?.acts ?? [];
      const at = acts.findLast((act) => act.kind === "command");
      const error = { code: "TERRAFORM_LOCKED", message: "Somebody is at it.", fix: "wait" };
      const report = await rehearsed((act) =>
        act === at ? { exitCode: 69, stdout: JSON.stringify({ error }) } : undefined,
      );
      const place = whole.stages.findIndex((stage) => stage.id === id);
      expect(Object.values(outcomes(report))).toEqual(
        whole.stages.map((_, index) =>
          index < place ? "passed" : index === place ? "failed" : "not-reached",
        ),
      );
      const fault = {
        line: `lambdakit ${at?.args.join(" ")}`,
        reason: "TERRAFORM_LOCKED: Somebody is at it.",
        fix: "wait",
      };
      expect(report.stages[place]?.fault).toEqual(fault);
      for (const text of [reportMarkdown(report), reportHtml(report)]) {
        expect(text).toContain(fault.reason);
        expect(text).toContain(fault.fix);
      }
    },
  );

  it.each<readonly [what: string, change: Parameters<typeof rehearsed>[0], reason: RegExp]>([
    [
      "the promoted release is another one",
      ({ args }) => answer(args[0] === "promote", { release: "other", outcome: "live" }),
      /^it is the release other, and not release-1\.$/,
    ],
    [
      "callers have met failures during the canary",
      ({ called }) => (called ? { calls: { total: 90, failed: 2, byVersion: {} } } : undefined),
      /^2 of 90 requests failed meanwhile\.$/,
    ],
    [
      "the bad release stays",
      ({ exitCode }) => (exitCode === 1 ? { exitCode: 0 } : undefined),
      /^RELEASE_ROLLED_BACK: It fails\.$/,
    ],
    [
      "a check has failed",
      ({ args }) => answer(args[0] === "verify", { passed: false, checks: [{ passed: false }] }),
      /^0 of 1 checks passed\.$/,
    ],
    [
      "the table did not come back",
      ({ args }) => answer(args[0] === "dr", { reports: [{ recovered: false, why: "no backup" }] }),
      /^it was not recovered: no backup\.$/,
    ],
    [
      "the audit has findings",
      ({ args }) => answer(args[0] === "audit", { findings: [{ id: "bucket-public" }] }),
      /^1 findings: bucket-public\.$/,
    ],
    [
      "the audit has findings, whatever else it ends with",
      ({ args }) =>
        args[0] === "audit"
          ? { exitCode: 2, stdout: JSON.stringify({ findings: [{ id: "user-key" }] }) }
          : undefined,
      /^1 findings: user-key\.$/,
    ],
    [
      "the audit could not look at the account",
      ({ args }) =>
        answer(args[0] === "audit", { unchecked: [{ what: "account of dev", why: "refused" }] }),
      /^the account of dev was not looked at: refused\.$/,
    ],
    [
      "a runbook stops",
      ({ args }) =>
        answer(args[0] === "runbook", {
          outcome: "failed",
          steps: [{ id: "doctor", said: "one\nmissing: Node.js\n", complained: "" }],
        }),
      /^it failed at doctor: missing: Node\.js\.$/,
    ],
    [
      "a runbook leaves out a step",
      ({ args }) => answer(args[0] === "runbook", { outcome: "passed", steps: [] }),
      /^doctor was not gone through\.$/,
    ],
    [
      "a step of a runbook says something else than it has to",
      ({ args }) =>
        answer(args[0] === "runbook", {
          outcome: "passed",
          steps: stepIds.map((id) => ({ id, said: id === "status" ? "degraded" : said[id] })),
        }),
      /^status has not said .*healthy.*: degraded\.$/,
    ],
    [
      "a command says nothing that can be read",
      ({ args }) =>
        args[0] === "audit" ? { stdout: "Killed", stderr: "a\nb\nc\nd", exitCode: 137 } : undefined,
      /^it ended with 137, and not with 0\.\nb\nc\nd$/,
    ],
  ])("fails where %s", async (_, change, reason) => {
    const { passed, stages } = await rehearsed(change);
    expect(passed).toBe(false);
    const [fault] = stages.flatMap((stage) => stage.fault ?? []);
    expect(fault?.reason).toMatch(reason);
    expect(fault?.fix).toMatch(/\w/);
  });

  it("that is interrupted is none that failed", async () => {
    const interrupted = new AbortController();
    const report = await rehearsed(({ args }) => {
      if (args[0] === "dr") interrupted.abort();
      return undefined;
    }, interrupted);
    expect(outcomes(report)).toMatchObject({ recovery: "interrupted", audit: "not-reached" });
    expect(report.passed).toBe(false);
  });
});

function answer(isIt: boolean, told: unknown): Partial<Performed> | undefined {
  return isIt ? { stdout: JSON.stringify(told) } : undefined;
}
