import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PlacedStep, RunbookStep } from "../../runbook/index.ts";
import { type Ended, type KeptUp, type RunOptions, runSteps, type StepPorts } from "./run-steps.ts";

const usual: RunOptions = {
  values: {},
  isAgreed: false,
  isWorded: false,
  isDoneByHand: false,
  interrupted: new AbortController().signal,
};

function placed(id: string, more: Partial<RunbookStep> = {}, section = "one"): PlacedStep {
  return {
    section,
    procedure: { see: "", means: "", isRoutine: true, steps: [], escalate: "" },
    step: {
      ...{
        id,
        what: "",
        command: `do ${id}`,
        isByHand: false,
        changes: false,
        check: "",
        otherwise: "",
      },
      ...{ passes: [0], staysUp: null, gives: {}, ...more },
    },
  };
}

/** What happens, in order. */
function recordingPorts({
  exits = {},
  answer = undefined as boolean | undefined,
  isUp = true,
} = {}) {
  const happened: string[] = [];
  const ended = (command: string): Ended => ({
    exitCode: (exits as Record<string, number>)[command] ?? 0,
    said: `plan 5d41402abc4b of ${command}`,
    complained: "",
  });
  const ports: StepPorts = {
    async run(words) {
      happened.push(words.join(" "));
      return ended(words.join(" "));
    },
    async keepUp(words): Promise<KeptUp> {
      happened.push(`up ${words.join(" ")}`);
      return {
        isUp,
        async stop() {
          happened.push(`stop ${words.join(" ")}`);
          return ended(words.join(" "));
        },
      };
    },
    async ask(question) {
      happened.push(question);
      return answer;
    },
    onStep: () => {},
    now: () => 0,
  };
  return { ports, happened };
}

describe("the steps of a runbook", () => {
  it("are run in order until one ends with a code that is not good, and nothing behind it", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(0, 1, 2, 77), { minLength: 1 }), async (codes) => {
        const steps = codes.map((_, at) => placed(`s${at}`, { passes: [0, 2] }));
        const exits = Object.fromEntries(codes.map((code, at) => [`do s${at}`, code]));
        const { ports, happened } = recordingPorts({ exits });
        const { outcome, steps: records } = await runSteps(steps, usual, ports);
        const bad = codes.findIndex((code) => code !== 0 && code !== 2);
        const count = bad < 0 ? codes.length : bad + 1;
        expect(happened).toEqual(steps.slice(0, count).map(({ step }) => step.command));
        expect(records.map(({ exitCode }) => exitCode)).toEqual(codes.slice(0, count));
        expect(outcome).toBe(bad < 0 ? "passed" : "failed");
      }),
    );
  });

  it.each([
    ["nobody is there", {}, {}, "declined", []],
    ["nobody is there, and the words were typed", { isWorded: true }, {}, "passed", ["do it"]],
    ["somebody says no, whatever was typed", { isWorded: true }, { answer: false }, "declined", []],
    ["somebody says yes", {}, { answer: true }, "passed", ["do it"]],
  ] as const)(
    "that change something are asked for: %s",
    async (_, options, there, outcome, ran) => {
      const { ports, happened } = recordingPorts(there);
      const run = await runSteps(
        [placed("it", { changes: true })],
        { ...usual, ...options },
        ports,
      );
      expect([run.outcome, happened]).toEqual([outcome, ["Run it?", ...ran]]);
    },
  );

  it("are not asked for where somebody has agreed to all of them, or nothing is changed", async () => {
    const { ports, happened } = recordingPorts();
    const steps = [placed("look"), placed("it", { changes: true })];
    const { outcome } = await runSteps(steps, { ...usual, isAgreed: true }, ports);
    expect([outcome, happened]).toEqual(["passed", ["do look", "do it"]]);
  });

  it("that a person does are never run, and wait for somebody who says that it is done", async () => {
    const steps = [placed("hand", { isByHand: true }), placed("look")];
    for (const [answer, isDoneByHand, wanted] of [
      [undefined, false, ["Is that done?"]],
      [false, false, ["Is that done?"]],
      [true, false, ["Is that done?", "do look"]],
      [undefined, true, ["do look"]],
    ] as const) {
      const { ports, happened } = recordingPorts({ answer });
      await runSteps(steps, { ...usual, isDoneByHand, isAgreed: true }, ports);
      expect(happened).toEqual(wanted);
    }
  });

  it("are told what was typed, and what a step before has said", async () => {
    const { ports, happened } = recordingPorts();
    const steps = [
      placed("preview", { gives: { PLAN: "plan ([0-9a-f]+)" } }),
      placed("promote", { command: 'promote --plan PLAN --reason "..."' }),
    ];
    const run = await runSteps(steps, { ...usual, values: { "...": "CHG-1: it is" } }, ports);
    expect(happened[1]).toBe("promote --plan 5d41402abc4b --reason CHG-1: it is");
    expect(run.steps[1]?.command).toContain("CHG-1: it is");
  });

  it("that stay up are there for the rest of their section, and are ended whatever happens", async () => {
    const up = placed("dev", { staysUp: "ready" });
    const all = recordingPorts();
    await runSteps([up, placed("a"), placed("b", {}, "two")], usual, all.ports);
    expect(all.happened).toEqual(["up do dev", "do a", "stop do dev", "do b"]);
    const failing = recordingPorts({ exits: { "do a": 1 } });
    const run = await runSteps([up, placed("a"), placed("b")], usual, failing.ports);
    expect([run.outcome, failing.happened]).toEqual([
      "failed",
      ["up do dev", "do a", "stop do dev"],
    ]);
    const broken = recordingPorts({ isUp: false, exits: { "do dev": 1 } });
    const other = await runSteps([up, placed("a")], usual, broken.ports);
    expect([other.outcome, other.steps[0]?.exitCode]).toEqual(["failed", 1]);
  });

  it("say that they were interrupted, and begin nothing more", async () => {
    const controller = new AbortController();
    const { ports, happened } = recordingPorts({ exits: { "do a": 130 } });
    const run = await runSteps(
      [placed("a"), placed("b")],
      { ...usual, interrupted: controller.signal },
      {
        ...ports,
        run(words) {
          controller.abort();
          return ports.run(words);
        },
      },
    );
    expect([run.outcome, happened]).toEqual(["interrupted", ["do a"]]);
  });
});
