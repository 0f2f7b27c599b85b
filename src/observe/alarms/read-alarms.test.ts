import { describe, expect, it } from "vitest";
import { productPlan } from "../../../test/product-plan.ts";
import type { AlarmState, CompositeAlarmState } from "../../aws/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import { chooseAlarms } from "./choose-alarms.ts";
import { type AlarmPorts, readAlarms } from "./read-alarms.ts";

const plan = productPlan("prod");
const serviceName = plan.serviceAlarm?.name ?? "";
const none = { service: null, alarms: [] };

function state(name: string, more: Partial<CompositeAlarmState> = {}): CompositeAlarmState {
  return {
    name,
    state: "OK",
    since: null,
    reason: "",
    reasonData: null,
    actionsEnabled: true,
    actions: ["arn:aws:sns:eu-west-1:111122223333:pages"],
    rule: plan.serviceAlarm?.rule ?? "",
    ...more,
  };
}

/** An account in which all alarms are fine, but for what a test says. */
function account(
  more: Partial<AlarmPorts["alarms"]> = {},
): AlarmPorts & { readonly asked: string[] } {
  const asked: string[] = [];
  return {
    asked,
    hasCompositeAlarms: true,
    alarms: {
      read: async (names) => names.map((name) => state(name) as unknown as AlarmState),
      readComposite: async (name) => state(name),
      history: async (name, kind) => {
        asked.push(`${kind} ${name}`);
        return [];
      },
      ...more,
    },
  };
}

async function refused(): Promise<never> {
  throw new LambdakitError("AWS_NOT_ALLOWED", { message: "Not these.", fix: "ask for it" });
}

describe("reading alarms", () => {
  it("goes on where the service's may not be read, and says so", async () => {
    const { service, rows } = await readAlarms(
      account({ readComposite: refused }),
      plan,
      chooseAlarms(plan, undefined),
      none,
    );
    expect(service).toMatchObject({ state: "unknown", unread: { message: "Not these." } });
    expect(rows).toHaveLength(plan.alarms.length);
    const page = rows.find(({ severity }) => severity === "page");
    expect(page?.isHeard).toBeNull();
  });

  it("goes on where a history may not be read, and says so", async () => {
    const all = chooseAlarms(plan, "list-errors");
    const { histories } = await readAlarms(account({ history: refused }), plan, all, all);
    expect([...histories.values()]).toEqual([
      {
        unread: { code: "AWS_NOT_ALLOWED", message: "Not these.", fix: "ask for it", exitCode: 77 },
      },
    ]);
  });

  it("fails where the alarms over figures may not be read", async () => {
    const reading = readAlarms(
      account({ read: refused }),
      plan,
      chooseAlarms(plan, "service"),
      none,
    );
    await expect(reading).rejects.toMatchObject({ code: "AWS_NOT_ALLOWED" });
  });

  it("does not hide a fault of its own", async () => {
    const broken = account({ readComposite: () => Promise.reject(new TypeError("a bug")) });
    const reading = readAlarms(broken, plan, chooseAlarms(plan, "service"), none);
    await expect(reading).rejects.toThrow("a bug");
  });

  it("asks for the histories that are wanted, and of each for its kind", async () => {
    const chosen = chooseAlarms(plan, "service");
    const one = account();
    await readAlarms(one, plan, chosen, { ...chosen, alarms: [] });
    expect(one.asked).toEqual([`composite ${serviceName}`]);
    const all = account();
    await readAlarms(all, plan, chosen, chosen);
    expect(all.asked).toEqual([
      `composite ${serviceName}`,
      ...chosen.alarms.map(({ name }) => `metric ${name}`),
    ]);
  });

  it("leaves the service's out where another is meant, which is heard by way of it all the same", async () => {
    const page = plan.alarms.find(({ severity }) => severity === "page");
    const chosen = chooseAlarms(plan, page?.name);
    const muted = account({ readComposite: async (name) => state(name, { actions: [] }) });
    const { service, rows } = await readAlarms(muted, plan, chosen, none);
    expect([service, rows.map(({ isHeard }) => isHeard)]).toEqual([null, [false]]);
  });

  it("does not ask for the service's where there can be none", async () => {
    const ports = { ...account({ readComposite: refused }), hasCompositeAlarms: false };
    const { service } = await readAlarms(ports, plan, chooseAlarms(plan, "service"), none);
    expect(service).toMatchObject({ state: "unknown", unread: null });
  });
});
