import { describe, expect, it } from "vitest";
import { LambdakitError } from "../errors/index.ts";
import { defineService, validateManifest } from "../manifest/index.ts";
import { planService } from "../plan/index.ts";
import { notEmulated, refuseNotEmulated } from "./not-emulated.ts";

/** The plan of a service whose functions ask for this much of /tmp. */
function planOf(storageMb: Readonly<Record<string, number | undefined>>) {
  const environment = {
    accountId: "123456789012",
    region: "eu-west-1",
    logLevel: "INFO",
    logRetentionDays: 7,
  } as const;
  const validation = validateManifest(
    defineService({
      name: "orders",
      prefix: "acme",
      description: "Orders",
      api: { cors: { allowOrigins: ["*"] } },
      functions: Object.fromEntries(
        Object.entries(storageMb).map(([name, ephemeralStorageMb]) => [
          name,
          {
            description: name,
            entry: `${name}.ts`,
            ...(ephemeralStorageMb && { ephemeralStorageMb }),
          },
        ]),
      ),
      environments: {
        dev: { ...environment, approval: "none" },
        sit: { ...environment, approval: "confirm" },
        prod: { ...environment, approval: "confirm-and-reason" },
      },
    }),
  );
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return planService(validation.manifest, "dev");
}

function failureOf(action: () => unknown): LambdakitError {
  try {
    action();
  } catch (error) {
    if (error instanceof LambdakitError) return error;
  }
  throw new Error("it did not fail");
}

describe("a service that asks for nothing unusual", () => {
  it.each([[{}], [{ list: undefined }], [{ list: 512 }]])("is emulated: %j", (storageMb) => {
    expect(notEmulated(planOf(storageMb))).toEqual([]);
    expect(refuseNotEmulated(planOf(storageMb), [])).toEqual([]);
  });
});

describe("a function that asks for a larger /tmp", () => {
  const plan = planOf({ list: 1024, get: 512, report: 10_240 });
  const found = {
    name: "ephemeral-storage",
    reason:
      "list asks for 1024 MB, report asks for 10240 MB of /tmp; here /tmp is as large as this machine's disk",
  };

  it("is told what it would not get", () => {
    expect(notEmulated(plan)).toEqual([found]);
  });

  it.each([[[]], [["something-else"]]])("stops the service, where only %j is known", (known) => {
    const { code, message, fix } = failureOf(() => refuseNotEmulated(plan, known));
    expect({ code, message, fix }).toEqual({
      code: "DEV_NOT_EMULATED",
      message: `The service asks for what is not emulated. ephemeral-storage: ${found.reason}.`,
      fix: "lambdakit dev --not-emulated ephemeral-storage",
    });
  });

  it("does not stop it where that is known", () => {
    expect(refuseNotEmulated(plan, ["ephemeral-storage"])).toEqual([found]);
  });
});
