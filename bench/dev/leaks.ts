/**
 * Does `lambdakit dev` keep what it should forget? 100,000 requests to the Product service and 300
 * edits, with the memory of the process along the way. What grows and then stays is no leak; what
 * grows with every step is.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { print, table } from "../print.ts";
import { lambdakit, product, start } from "./contestants.ts";
import { editTimes } from "./edit.ts";
import { load } from "./load.ts";
import { residentMb } from "./process-tree.ts";

const requestSteps = 10;
const requestsPerStep = 10_000;
const reloadSteps = 6;
const reloadsPerStep = 50;

export async function devLeaks(): Promise<void> {
  const running = await start(product, { path: "/v1.0/products" });
  const afterRequests: number[] = [];
  try {
    for (let step = 0; step < requestSteps; step++) {
      const amount = { connections: 32, requests: requestsPerStep };
      await load(`${running.url}/v1.0/products/PROD-ABC123`, amount);
      afterRequests.push(residentMb(running.pid).own);
    }
  } finally {
    await running.stop();
  }
  print("### Resident memory of the process after requests to the Product service\n");
  show(afterRequests, requestsPerStep, "requests");

  const work = await mkdtemp(path.join(tmpdir(), "lambdakit-bench-"));
  const edited = await start(await lambdakit(work), { path: "/hello" });
  const afterReloads: number[] = [];
  try {
    for (let step = 0; step < reloadSteps; step++) {
      await editTimes(edited, { edits: reloadsPerStep, pauseMs: 200 });
      afterReloads.push(residentMb(edited.pid).own);
    }
  } finally {
    await edited.stop();
    await rm(work, { recursive: true, force: true });
  }
  print("\n### and after reloads\n");
  show(afterReloads, reloadsPerStep, "reloads");
}

function show(megabytes: readonly number[], perStep: number, what: string): void {
  table(
    [what, ...megabytes.map((_, step) => ((step + 1) * perStep).toLocaleString("en"))],
    [["MB", ...megabytes]],
  );
}
