/** The five runbooks of a service: complete, made of commands that exist, and stale where anything is renamed. */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import product from "../../services/product/service.ts";
import { environmentNames } from "../../src/manifest/index.ts";
import { type EnvironmentName, planService, type ServicePlan } from "../../src/plan/index.ts";
import {
  alarmSections,
  type Runbook,
  type RunbookStep,
  renderAlarmRunbook,
  renderRunbook,
  runbookNames,
  runbookOf,
} from "../../src/runbook/index.ts";
import { productManifest, productPlan } from "../product-plan.ts";
import { runbookProblems, textsOf } from "./runbook-problems.ts";

const plans = environmentNames.map(productPlan);
const folder = "../../services/product/runbooks";
const committed = (name: string) =>
  readFileSync(fileURLToPath(new URL(`${folder}/${name}.md`, import.meta.url)), "utf8");

/** A service in other circumstances: no table, no repository, a domain that moves. */
const others: readonly (readonly [string, readonly ServicePlan[]])[] = [
  ["without a repository", plansOf({ repository: undefined })],
  [
    "with a domain",
    plansOf({
      environments: {
        ...product.environments,
        prod: {
          ...product.environments.prod,
          domain: { name: "products.example.com", zoneId: "Z0123456789EXAMPLE" },
        },
      },
    }),
  ],
  [
    "that asks for words everywhere",
    plansOf({
      environments: {
        ...product.environments,
        dev: { ...product.environments.dev, approval: "confirm" },
      },
    }),
  ],
];

function plansOf(changes: object): ServicePlan[] {
  return environmentNames.map((name) => planService(productManifest(changes), name));
}

function allOf(of: readonly ServicePlan[]): Runbook[] {
  return runbookNames.flatMap((name) => environmentNames.map((one) => runbookOf(name, of, one)));
}

function stepsOf({ sections }: Runbook): readonly RunbookStep[] {
  return sections.flatMap(({ procedure }) => procedure?.steps ?? []);
}

describe.each(runbookNames)("the runbook %s", (name) => {
  it("is, to the letter, what is committed for the Product service", async () => {
    await expect(renderRunbook(name, plans)).toMatchFileSnapshot(`${folder}/${name}.md`);
  });

  it.each([["the Product service", plans] as const, ...others])(
    "has commands that can be typed, for each environment: %s",
    (_, of) => {
      for (const environment of environmentNames) {
        expect(runbookProblems(runbookOf(name, of, environment), of)).toEqual([]);
      }
    },
  );

  it("says of each situation what is seen, what it means, and when to get help; of each step what to check", () => {
    for (const { purpose, sections } of allOf(plans)) {
      expect(purpose).toMatch(/^[A-Z].*\.$/);
      for (const { procedure } of sections) {
        if (procedure === null) continue;
        const { see, means, escalate, steps } = procedure;
        for (const text of [see, means, escalate]) expect(text).toMatch(/^[`\w].*\.$/);
        expect(steps.length).toBeGreaterThan(0);
        for (const { what, check } of steps) {
          expect([what, check]).toEqual([
            expect.stringMatching(/^\w.*\.$/),
            expect.stringMatching(/^[`\w].*\.$/),
          ]);
        }
      }
    }
  });

  it("knows everything that it names", () => {
    for (const [, of] of others) {
      for (const text of textsOf(runbookOf(name, of, "prod"))) {
        expect(text).not.toMatch(/undefined|null|NaN|\[object/);
      }
    }
  });

  it("links the others, and the sections that it has", () => {
    const text = committed(name);
    for (const other of [...runbookNames, "alarms"].filter((one) => one !== name)) {
      expect(text.split("**Related**")[1]).toContain(`(${other}.md)`);
    }
  });
});

describe("alarms and runbooks", () => {
  it("lead to each other: operations names every section of the alarms once, with all that lead there", () => {
    for (const plan of plans) {
      const facts = runbookOf("operations", plans, plan.environment).sections.find(
        ({ id }) => id === "alarms",
      )?.facts;
      const [table] = (facts ?? []).flatMap((fact) => (typeof fact === "string" ? [] : [fact]));
      const linked = (table?.rows ?? []).map(([link = "", , , names = ""]) => ({
        anchor: /#([\w-]+)\)$/.exec(link)?.[1],
        names: [...names.matchAll(/`([^`]+)`/g)].map(([, name]) => name),
      }));
      expect(linked).toEqual(
        alarmSections(plan).map(({ anchor }) => ({
          anchor,
          names: [plan.serviceAlarm, ...plan.alarms]
            .filter((one) => one?.runbook === anchor)
            .map((one) => one?.name),
        })),
      );
    }
  });

  it("are stale where an alarm is renamed, or fires at another figure", () => {
    const stale = (changed: readonly ServicePlan[]) =>
      renderRunbook("operations", changed) !== committed("operations") ||
      renderAlarmRunbook(changed) !== committed("alarms");
    expect(stale(plans)).toBe(false);
    const kept: string[] = [];
    for (const [at, plan] of plans.entries()) {
      for (const alarm of plan.alarms) {
        for (const other of [
          { name: `${alarm.name}-2` },
          { threshold: alarm.threshold + 1 },
          { runbook: `${alarm.runbook}-2` },
        ]) {
          const alarms = plan.alarms.map((one) => (one === alarm ? { ...one, ...other } : one));
          const changed = plans.with(at, { ...plan, alarms });
          if (!stale(changed)) kept.push(`${alarm.name}: ${JSON.stringify(other)}`);
        }
      }
    }
    expect(kept).toEqual([]);
  });
});

describe("a mutant of a runbook", () => {
  /** Each runbook with one step otherwise. */
  function mutants(runbook: Runbook, mutate: (step: RunbookStep) => readonly RunbookStep[]) {
    return stepsOf(runbook).flatMap((step) =>
      mutate(step).map((other) => ({
        what: `${step.command} -> ${other.command}`,
        runbook: {
          ...runbook,
          sections: runbook.sections.map((section) => ({
            ...section,
            procedure: section.procedure && {
              ...section.procedure,
              steps: section.procedure.steps.map((one) => (one === step ? other : one)),
            },
          })),
        },
      })),
    );
  }

  const survivors = (mutate: (step: RunbookStep) => readonly RunbookStep[]) =>
    allOf(plans).flatMap((runbook) =>
      mutants(runbook, mutate)
        .filter((one) => runbookProblems(one.runbook, plans).length === 0)
        .map(({ what }) => `${runbook.name} ${runbook.environment}: ${what}`),
    );
  const withCommand = (change: (command: string) => readonly string[]) => (step: RunbookStep) =>
    step.command === null ? [] : change(step.command).map((command) => ({ ...step, command }));

  it("with an option that there is not is found", () => {
    expect(
      survivors(
        withCommand((command) =>
          [...command.matchAll(/--[\w-]+/g)].map(({ 0: flag, index }) => {
            return `${command.slice(0, index)}${flag}x${command.slice(index + flag.length)}`;
          }),
        ),
      ),
    ).toEqual([]);
  });

  it("with a command that there is not is found", () => {
    expect(survivors(withCommand((command) => [command.replace(/ (\w+)/, " $1x")]))).toEqual([]);
  });

  it("with another environment is found", () => {
    const other: Record<EnvironmentName, string> = { dev: "sit", sit: "prod", prod: "dev" };
    expect(
      survivors(
        withCommand((command) => {
          const found = /--(env|to) (dev|sit|prod)\b/.exec(command);
          if (found === null) return [];
          const [all, option, name] = found;
          return [command.replace(all, `--${option} ${other[name as EnvironmentName]}`)];
        }),
      ),
    ).toEqual([]);
  });

  it("without the words that have to be typed, or with others, is found", () => {
    expect(
      survivors(
        withCommand((command) =>
          command.includes("--confirm ")
            ? [command.replace(/ --confirm \S+/, ""), command.replace(/(--confirm) \S+/, "$1 yes")]
            : [],
        ),
      ),
    ).toEqual([]);
  });

  it("that says of a command that it changes nothing is found, and the other way round", () => {
    expect(
      survivors((step) => (step.command === null ? [] : [{ ...step, changes: !step.changes }])),
    ).toEqual([]);
  });

  it("whose text names a command or an error that there is not is found", () => {
    expect(
      survivors((step) => {
        const { otherwise } = step;
        return [/`(lambdakit [a-z]+)/, /`([A-Z]+(?:_[A-Z]+)+)`/].flatMap((named) =>
          named.test(otherwise)
            ? [
                {
                  ...step,
                  otherwise: otherwise.replace(named, (all, name) => all.replace(name, `${name}X`)),
                },
              ]
            : [],
        );
      }),
    ).toEqual([]);
  });
});
