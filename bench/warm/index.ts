/**
 * What does a request cost once a function is warm? Every function runs as a process of its own, and is
 * invoked some hundred or thousand times in each round, in turn with the others. CPU time of the
 * function's process, with a DynamoDB that does nothing behind HTTP.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { variantsThatWork } from "../functions/check-variants.ts";
import { createEvent, eventFile, listEvent } from "../functions/events.ts";
import { lambdaNodeText } from "../functions/lambda-node.ts";
import { type Invocation, type Loop, startLoop } from "../functions/loop.ts";
import { ownHandler } from "../functions/other-builds.ts";
import { functionPlan } from "../functions/ours.ts";
import { startStub } from "../functions/start-stub.ts";
import { functionVariables } from "../functions/variables.ts";
import type { Variant } from "../functions/variant.ts";
import { createVariants, names, nodeVariant } from "../functions/variants.ts";
import { printGoals } from "../goals.ts";
import type { BenchmarkOptions } from "../options.ts";
import { median, print, table } from "../print.ts";
import { ratioText, roundRobin } from "../rounds.ts";
import { Samples, withControls } from "../samples.ts";

const floor = "JSON parse + stringify";
const layers = "lambdakit, no table, two log lines";
const page = "lambdakit, page of 50";
const fullPage = "lambdakit, full page of 1 MB";
const referencePage = "the reference, full page of 1 MB";

/** A function, how often it is invoked in a round, and what it has to answer. */
interface Work {
  readonly name: string;
  readonly variant: Variant;
  readonly event: unknown;
  readonly status: number;
  readonly perRound: number;
  /** How often it is invoked before: as long as V8 finds something to compile better. */
  readonly before: number;
}

export async function warm({ rounds = 21 }: BenchmarkOptions): Promise<void> {
  print(`Functions run on ${lambdaNodeText()}, ${rounds} rounds over HTTP.\n`);
  const work = await mkdtemp(path.join(tmpdir(), "lambdakit-bench-"));
  const stub = await startStub(work);
  const loops: Loop[] = [];
  try {
    const { plan, works } = await worksIn(work);
    const started = withControls(works, [floor, names.raw, names.ours]).map((one) => {
      const lambda = functionPlan({ plan }, one.event === listEvent ? "list" : "create");
      const variables = functionVariables(plan, lambda, { endpoint: stub.http });
      const file = eventFile(work, one.name, one.event);
      const loop = startLoop(one.variant, { variables, eventFile: file });
      loops.push(loop);
      return { ...one, loop };
    });
    for (const one of started) await warmUp(one);
    report(
      new Samples(await roundRobin(started, rounds, ({ loop, perRound }) => loop.invoke(perRound))),
    );
  } finally {
    for (const loop of loops) loop.stop();
    stub.stop();
    await rm(work, { recursive: true, force: true });
  }
}

async function worksIn(directory: string) {
  const { ours, variants } = await createVariants(directory);
  const timed = [names.raw, names.ours, names.plain, names.reference] as string[];
  const creators = await variantsThatWork(
    variants.filter(({ name }) => timed.includes(name)),
    ours,
    directory,
  );
  const create = { event: createEvent("A product"), status: 201 };
  const list = { event: listEvent, status: 200 };
  const source = (name: string) => fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const own = (name: string) => ownHandler(name, path.join(directory, name));
  const reference = creators.find(({ language }) => language === "python");
  const works: Omit<Work, "name">[] = [
    { variant: nodeVariant(floor, own("json")), ...create, perRound: 50_000, before: 250_000 },
    {
      variant: nodeVariant(layers, await ours.bundle("layers", source("layers"))),
      ...create,
      perRound: 10_000,
      before: 50_000,
    },
    ...creators.map((variant) => ({
      variant,
      ...create,
      ...(variant.language === "node"
        ? { perRound: 1_000, before: 15_000 }
        : { perRound: 30, before: 100 }),
    })),
    { variant: nodeVariant(page, await ours.unpack("list")), ...list, perRound: 60, before: 3_000 },
    {
      variant: nodeVariant(fullPage, await ours.bundle("list-all", source("list-all"))),
      ...list,
      perRound: 5,
      before: 100,
    },
    ...(reference === undefined
      ? []
      : [
          {
            variant: {
              ...reference,
              name: referencePage,
              handler: "src.handlers.list_products",
            },
            ...list,
            perRound: 2,
            before: 5,
          },
        ]),
  ];
  return { plan: ours.plan, works: works.map((one) => ({ ...one, name: one.variant.name })) };
}

/** Whoever answers something else is not measured, but reported. */
async function warmUp({ name, loop, before, status }: Work & { loop: Loop }): Promise<void> {
  const { status: answered } = await loop.invoke(before);
  if (answered !== status) throw new Error(`${name} answered ${answered}, and not ${status}.`);
}

function report(samples: Samples<Invocation>): void {
  table(
    ["", "CPU µs each", "wall µs each", `CPU ÷ ${floor}`, `CPU ÷ ${names.raw}`, "answer, bytes"],
    samples.names.map((name) => [
      name,
      median(samples.values(name, cpu)).toFixed(1),
      median(samples.values(name, ({ wallUs }) => wallUs)).toFixed(1),
      ratioText(samples.ratio(name, floor, cpu), 1),
      ratioText(samples.ratio(name, names.raw, cpu)),
      samples.values(name, ({ bodyBytes }) => bodyBytes)[0] ?? "",
    ]),
  );
  const judge = samples.judge(cpu);
  const goal = (above: string, below: string, atMost: number) => ({
    what: `${above} ÷ ${below}, CPU`,
    atMost,
    ratio: samples.ratio(above, below, cpu),
  });
  printGoals(
    [
      goal(layers, floor, 10),
      goal(names.ours, names.raw, 3),
      goal(names.ours, names.reference, 0.09),
      goal(page, fullPage, 0.05),
    ],
    judge,
  );
}

function cpu({ cpuUs }: Invocation): number {
  return cpuUs;
}
