import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import product from "../../services/product/service.ts";
import { type Manifest, validateManifest } from "../manifest/index.ts";
import { planService, type ServicePlan, standbyPlan } from "./index.ts";

const manifest = manifestOf(product);
const prod = planService(manifest, "prod");
const standby = standbyOf(manifest);

describe("the plan of the Product service where it stands by", () => {
  it("is, to the letter, what test/golden has", async () => {
    const golden = new URL("../../test/golden/product.prod-standby.plan.json", import.meta.url);
    await expect(`${JSON.stringify(standby, null, 2)}\n`).toMatchFileSnapshot(
      fileURLToPath(golden),
    );
  });

  it("is none where no region takes over", () => {
    expect([standbyPlan(manifest, "dev"), standbyPlan(manifest, "sit")]).toEqual([null, null]);
  });

  it("is the same service of the same account in another region: nothing else of it differs but names that an account has once", () => {
    const moved = JSON.parse(
      JSON.stringify(prod)
        // The tokens' issuer is in the text of variables, too, and does not move.
        .replaceAll(/(?<!cognito-idp\.)af-south-1(?!_EXAMPLE)/g, "eu-west-1"),
    );
    expect(differences(moved, standby)).toEqual([
      "api.authorizer.function.role.name: bbws-product-authorizer-prod-standby",
      "deployment.dashboard: bbws-product-prod-standby",
      "deployment.history: deployments/product/prod-standby/",
      "deployment.previous: null",
      "deployment.stateKey: services/product/prod-standby.tfstate",
      "functions.0.role.name: bbws-product-list-prod-standby",
      "functions.1.role.name: bbws-product-get-prod-standby",
      "functions.2.role.name: bbws-product-create-prod-standby",
      "functions.3.role.name: bbws-product-update-prod-standby",
      "functions.4.role.name: bbws-product-delete-prod-standby",
      "functions.5.role.name: bbws-product-authorizer-prod-standby",
      "place: standby",
      "tables.0.existing: true",
    ]);
  });

  it("lets functions reach what lies in their own region, and nothing of the region that is lost", () => {
    const arns = standby.functions.flatMap(({ role }) =>
      role.statements.flatMap(({ resources }) => resources),
    );
    const regions = new Set(arns.map((arn) => arn.split(":")[3]).filter(Boolean));
    expect([...regions]).toEqual(["eu-west-1"]);
    expect(standby.functions[0]?.environmentVariables).toEqual(
      prod.functions[0]?.environmentVariables,
    );
  });
});

describe("a name that moves", () => {
  const domain = { name: "products.example.com", zoneId: "Z0123456789EXAMPLE" };
  const named = (changes: object = {}): Manifest =>
    manifestOf({
      ...product,
      ...changes,
      environments: {
        ...product.environments,
        prod: { ...product.environments.prod, domain },
      },
    });

  it("is checked by the first GET that anybody may send, as its example has it, and is the same in both places", () => {
    const { list } = product.functions;
    const example = { query: { limit: "2", "name & more": "a b" } };
    const manifest = named({ functions: { ...product.functions, list: { ...list, example } } });
    const plan = planService(manifest, "prod");
    expect(plan.recovery.standby?.domain).toEqual({
      ...domain,
      recordTtlSeconds: 60,
      healthCheck: {
        path: "/v1/v1.0/products?limit=2&name%20%26%20more=a%20b",
        intervalSeconds: 30,
        failureThreshold: 3,
      },
      from: "environments.prod.domain",
    });
    expect(standbyOf(manifest).recovery).toEqual(plan.recovery);
  });

  it("is checked more often where callers have to be over sooner", () => {
    const { recovery } = planService(named({ recovery: { rtoMinutes: 2 } }), "prod");
    expect(recovery.standby?.domain?.healthCheck.intervalSeconds).toBe(10);
  });
});

/** The paths in which two plans differ, and what the second has there. */
function differences(one: unknown, other: unknown, path = ""): string[] {
  if (Object(one) !== one || Object(other) !== other) {
    return Object.is(one, other) ? [] : [`${path}: ${other}`];
  }
  const keys = new Set([...Object.keys(one as object), ...Object.keys(other as object)]);
  return [...keys]
    .flatMap((key) =>
      differences(
        (one as Record<string, unknown>)[key],
        (other as Record<string, unknown>)[key],
        path === "" ? key : `${path}.${key}`,
      ),
    )
    .sort();
}

function standbyOf(one: Manifest): ServicePlan {
  const plan = standbyPlan(one, "prod");
  if (plan === null) throw new Error("prod has no recoveryRegion");
  return plan;
}

function manifestOf(definition: object): Manifest {
  const validation = validateManifest(definition);
  if (validation.ok) return validation.manifest;
  throw new Error(JSON.stringify(validation.problems, null, 2));
}
