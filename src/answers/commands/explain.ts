import * as z from "zod";
import { environmentName } from "../parts/values.ts";
import { alarmPlan, serviceAlarmPlan } from "../plan/alarm-plan.ts";
import { functionPlan } from "../plan/function-plan.ts";
import { domainPlan, standbyPlan } from "../plan/recovery-plan.ts";
import { routePlan } from "../plan/route-plan.ts";
import { secretPlan } from "../plan/secret-plan.ts";
import { servicePlan } from "../plan/service-plan.ts";
import { indexPlan, tablePlan } from "../plan/table-plan.ts";

function part<Kind extends string, Value extends z.ZodObject>(kind: Kind, value: Value) {
  return z.strictObject({
    kind: z.literal(kind).describe("What it is."),
    value: value.describe("Its part of the service plan."),
  });
}

const found = z
  .discriminatedUnion("kind", [
    part("function", functionPlan),
    part("table", tablePlan),
    part("index", indexPlan),
    part("secret", secretPlan),
    part("route", routePlan),
    part("alarm", alarmPlan),
    part("service-alarm", serviceAlarmPlan),
    part("standby", standbyPlan),
    part("domain", domainPlan),
  ])
  .meta({ id: "PlanPart", description: "A part of the service plan." });

const named = z
  .strictObject({
    environment: environmentName.describe("Where it is called that."),
    found: z.array(found).describe("Everything of that name."),
  })
  .meta({ title: "explain NAME", description: "Everything of a name." });

export const explainAnswer = z
  .union([servicePlan, named])
  .meta({ title: "explain", description: "The service plan; with NAME, its parts of that name." });

export type ExplainAnswer = z.infer<typeof explainAnswer>;
