/**
 * What does a cold start cost? Each way to create a product is started as Lambda starts it, talks HTTPS
 * to a DynamoDB that does nothing, answers two requests and ends. The ratio is to an empty handler in
 * the same round; CPU time comes first, because it is what a machine with other work distorts least.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Boot, boot } from "./functions/boot.ts";
import { variantsThatWork } from "./functions/check-variants.ts";
import { createEvent, eventFile } from "./functions/events.ts";
import { functionPlan } from "./functions/ours.ts";
import { startStub } from "./functions/start-stub.ts";
import { functionVariables } from "./functions/variables.ts";
import type { Variant } from "./functions/variant.ts";
import { createVariants, names } from "./functions/variants.ts";
import { printGoals } from "./goals.ts";
import type { BenchmarkOptions } from "./options.ts";
import { peerVersions } from "./peers.ts";
import { median, print, table } from "./print.ts";
import { quietEnough, type Ratio, ratioOf, ratioText, roundRobin } from "./rounds.ts";

const again = (name: string) => `${name}, again`;

export async function cold({ rounds = 21 }: BenchmarkOptions): Promise<void> {
  const work = await mkdtemp(path.join(tmpdir(), "lambdakit-bench-"));
  const stub = await startStub(work);
  try {
    print(`Functions run on ${peerVersions("node22")}, ${rounds} rounds over TLS.\n`);
    const { ours, variants } = await createVariants(work);
    const working = await variantsThatWork(variants, ours, work);
    const { https: endpoint, certificate } = stub;
    const lambda = functionPlan(ours, "create");
    const variables = functionVariables(ours.plan, lambda, { endpoint, certificate });
    const event = eventFile(work, "create", createEvent("A product"));
    const samples = await roundRobin(withControls(working), rounds, (variant) =>
      boot(variant, { variables, eventFile: event }),
    );
    report(new Map([...samples].map(([{ name }, all]) => [name, all])));
  } finally {
    stub.stop();
    await rm(work, { recursive: true, force: true });
  }
}

/** The floor and our own a second time: what differs between the same is the machine's noise. */
function withControls(variants: readonly Variant[]): Variant[] {
  const controls = variants.filter(({ name }) => name === names.empty || name === names.ours);
  return [...variants, ...controls.map((one) => ({ ...one, name: again(one.name) }))];
}

type Samples = ReadonlyMap<string, readonly Boot[]>;

function report(samples: Samples): void {
  const values = (name: string, of: (boot: Boot) => number) => (samples.get(name) ?? []).map(of);
  const cpu = (name: string) => values(name, ({ cpuMs }) => cpuMs);
  const wall = (name: string) => values(name, ({ wallMs }) => wallMs);
  table(
    [
      "",
      "CPU ÷ empty",
      "wall ÷ empty",
      "whole process, CPU ms",
      "load, CPU ms",
      "first request, CPU ms",
      "second",
      "peak MB",
    ],
    [...samples.keys()].map((name) => [
      name,
      ratioText(ratioOf(cpu(name), cpu(names.empty))),
      ratioText(ratioOf(wall(name), wall(names.empty))),
      median(cpu(name)).toFixed(0),
      median(values(name, ({ load }) => load.cpuMs)).toFixed(1),
      median(values(name, ({ first }) => first.cpuMs)).toFixed(1),
      median(values(name, ({ second }) => second?.cpuMs ?? 0)).toFixed(1),
      median(values(name, ({ peakMb }) => peakMb)).toFixed(0),
    ]),
  );
  const ratio = (above: string, below: string): Ratio | undefined =>
    samples.has(above) && samples.has(below) ? ratioOf(cpu(above), cpu(below)) : undefined;
  const quiet = quietEnough(
    Object.fromEntries(
      [names.empty, names.ours].flatMap((name) => {
        const control = ratio(again(name), name);
        return control === undefined ? [] : [[name, control]];
      }),
    ),
  );
  const cached = names.oursCached;
  printGoals(
    [
      {
        what: "lambdakit ÷ empty handler, CPU",
        atMost: 3.6,
        ratio: ratio(names.ours, names.empty),
      },
      { what: "the same with a code cache", atMost: 2.8, ratio: ratio(cached, names.empty) },
      {
        what: "lambdakit ÷ the reference in Python, CPU",
        atMost: 0.27,
        ratio: ratio(names.ours, names.reference),
      },
    ],
    quiet,
  );
}
