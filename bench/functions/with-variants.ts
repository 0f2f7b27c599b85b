import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { BootInput } from "./boot.ts";
import { variantsThatWork } from "./check-variants.ts";
import { createEvent, eventFile } from "./events.ts";
import { functionPlan } from "./ours.ts";
import { startStub } from "./start-stub.ts";
import { functionVariables } from "./variables.ts";
import type { Variant } from "./variant.ts";
import { createVariants } from "./variants.ts";

/** Builds every variant, keeps those that work, and gives what they are started with: a stub that talks TLS. */
export async function withVariants(
  run: (variants: readonly Variant[], input: BootInput) => Promise<void>,
): Promise<void> {
  const work = await mkdtemp(path.join(tmpdir(), "lambdakit-bench-"));
  const { https: endpoint, certificate, stop } = await startStub(work);
  try {
    const { ours, variants } = await createVariants(work);
    const working = await variantsThatWork(variants, ours, work);
    const lambda = functionPlan(ours, "create");
    await run(working, {
      variables: functionVariables(ours.plan, lambda, { endpoint, certificate }),
      eventFile: eventFile(work, "create", createEvent("A product")),
    });
  } finally {
    stop();
    await rm(work, { recursive: true, force: true });
  }
}
