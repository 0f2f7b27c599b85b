/** The runbook of alarms: complete, and made of commands that exist. */
import { describe, expect, it } from "vitest";
import product from "../services/product/service.ts";
import { parseInput } from "../src/cli/parse-input.ts";
import { environmentNames } from "../src/manifest/index.ts";
import { planService, type ServicePlan } from "../src/plan/index.ts";
import { alarmSections, renderAlarmRunbook, runbookMark } from "../src/runbook/index.ts";
import { commands } from "./all-commands.ts";
import { productManifest, productPlan } from "./product-plan.ts";

const plans = environmentNames.map(productPlan);
const text = renderAlarmRunbook(plans);

/** Of a service with every kind of alarm. */
const [full] = environmentNames.map((name) =>
  planService(
    productManifest({
      functions: {
        ...product.functions,
        get: { ...product.functions.get, reservedConcurrency: 20 },
      },
    }),
    name,
  ),
) as [ServicePlan];

/** As a shell would give them, as far as the runbook needs it. */
const words = (line: string) =>
  [...line.matchAll(/"([^"]*)"|\S+/g)].map(([word, quoted]) => quoted ?? word);

describe("the runbook of alarms", () => {
  it("is, to the letter, what is committed for the Product service", async () => {
    await expect(text).toMatchFileSnapshot("../services/product/runbooks/alarms.md");
    expect(text.startsWith(runbookMark)).toBe(true);
  });

  it.each([
    ["the Product service", plans[2] as ServicePlan],
    ["a service with every kind of alarm", full],
  ])("has one section for each kind of alarm, and no other: %s", (_, plan) => {
    const wanted = [plan.serviceAlarm, ...plan.alarms].map((alarm) => alarm?.runbook);
    const anchors = alarmSections(plan).map(({ anchor }) => anchor);
    expect(new Set(anchors)).toEqual(new Set(wanted));
    expect(new Set(anchors).size).toBe(anchors.length);
  });

  it("is found by the link that each alarm has, which leads to the committed file", () => {
    for (const plan of plans) {
      for (const alarm of [plan.serviceAlarm, ...plan.alarms]) {
        const [, anchor] =
          /Runbook: https:\/\/github\.com\/BigBeardWebSolutions\/2_bbws_product_lambda\/blob\/main\/services\/product\/runbooks\/alarms\.md#([\w-]+)$/.exec(
            alarm?.description ?? "",
          ) ?? [];
        expect(text.split(`\n## ${anchor}\n`)).toHaveLength(2);
        expect(alarm?.description.length).toBeLessThanOrEqual(1024);
      }
    }
  });

  it("names every alarm of every environment, and says when it fires", () => {
    for (const { alarms, serviceAlarm } of plans) {
      for (const { name } of [...alarms, ...(serviceAlarm === null ? [] : [serviceAlarm])]) {
        expect(text).toMatch(new RegExp(`^\\| \`${name}\` \\| (page|ticket) \\| \\w`, "m"));
      }
    }
  });

  it("says in each section what is seen, what it means, what to do, and when to get help", () => {
    for (const section of alarmSections(full)) {
      for (const one of [section.see, section.means, section.escalate]) {
        expect(one).toMatch(/^[A-Z].*\.$/);
        expect(one).not.toContain("undefined");
      }
      expect(section.steps.length).toBeGreaterThan(2);
      expect(section.steps.some(({ command }) => command !== undefined)).toBe(true);
      expect(section.check.length).toBeGreaterThan(0);
    }
  });

  it("has commands that exist, with options that they take, for the environment that matters most", () => {
    const typed = [full, ...plans]
      .flatMap(alarmSections)
      .flatMap(({ steps, check }) => [...steps, ...check].flatMap(({ command }) => command ?? []));
    const ours = typed.filter((line) => line.startsWith("lambdakit "));
    for (const line of ours) {
      const [, name, ...args] = words(line);
      const command = commands.find((one) => one.name === name);
      expect(command, line).toBeDefined();
      if (command !== undefined) expect(() => parseInput(command, args), line).not.toThrow();
    }
    const rollback = alarmSections(plans[2] as ServicePlan)
      .flatMap(({ steps }) => steps)
      .find(({ command }) => command?.startsWith("lambdakit rollback"));
    expect(rollback?.command).toBe(
      'lambdakit rollback --env prod --reason "INCIDENT: what is wrong" --confirm deploy-to-production',
    );
    expect(typed.filter((line) => !line.startsWith("lambdakit "))).toEqual(
      typed.filter((line) =>
        /^aws (backup|dynamodb|lambda) .* --region [a-z]{2}-\w+-\d$/.test(line),
      ),
    );
  });
});
