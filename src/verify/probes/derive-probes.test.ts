import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import product from "../../../services/product/service.ts";
import { validateManifest } from "../../manifest/index.ts";
import { planService, type ServicePlan } from "../../plan/index.ts";
import { Contract } from "../contract.ts";
import { deriveProbes } from "./derive-probes.ts";
import type { Probe } from "./probe.ts";

function planOf(service: object): ServicePlan {
  const validation = validateManifest(service);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return planService(validation.manifest, "dev");
}

function probesOf(service: object): Probe[] {
  const plan = planOf(service);
  return deriveProbes(plan, new Contract(plan).accepts);
}

/** What is sent, what has to come back, and how that is said. */
function described({ id, what, request, statuses, names }: Probe): string {
  const { method, path, headers, body } = request;
  const sent = [
    `${method} ${path}`,
    ...Object.entries(headers)
      .filter(([, value]) => value !== "application/json")
      .map(([name, value]) => `${name}: ${value}`),
    ...(body === null ? [] : [body.length <= 160 ? body : `${body.slice(0, 159)}…`]),
  ];
  return [
    id,
    `  ${what}`,
    ...sent.map((line) => `    ${line}`),
    `    -> ${[statuses.join(" or "), ...names].join(", ")}`,
  ].join("\n");
}

describe("what is asked of a service without changing anything", () => {
  it("is, for the Product service, to the letter what test/golden has", async () => {
    const golden = new URL("../../../test/golden/product.probes.txt", import.meta.url);
    const text = `${probesOf(product).map(described).join("\n\n")}\n`;
    await expect(text).toMatchFileSnapshot(fileURLToPath(golden));
  });
});
