/**
 * What does a cold start cost? Each way to create a product is started as Lambda starts it, talks HTTPS
 * to a DynamoDB that does nothing, answers two requests and ends. The ratio is to an empty handler in
 * the same round; CPU time comes first, because it is what a machine with other work distorts least.
 */
import { type Boot, boot } from "./functions/boot.ts";
import { lambdaNodeText } from "./functions/lambda-node.ts";
import { names } from "./functions/variants.ts";
import { withVariants } from "./functions/with-variants.ts";
import { printGoals } from "./goals.ts";
import type { BenchmarkOptions } from "./options.ts";
import { median, print, table } from "./print.ts";
import { ratioText, roundRobin } from "./rounds.ts";
import { Samples, withControls } from "./samples.ts";

export async function cold({ rounds = 21 }: BenchmarkOptions): Promise<void> {
  print(`Functions run on ${lambdaNodeText()}, ${rounds} rounds over TLS.\n`);
  await withVariants(async (variants, input) => {
    const contestants = withControls(variants, [names.empty, names.ours]);
    report(new Samples(await roundRobin(contestants, rounds, (one) => boot(one, input))));
  });
}

function report(samples: Samples<Boot>): void {
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
    samples.names.map((name) => [
      name,
      ratioText(samples.ratio(name, names.empty, cpu)),
      ratioText(samples.ratio(name, names.empty, ({ wallMs }) => wallMs)),
      median(samples.values(name, cpu)).toFixed(0),
      median(samples.values(name, ({ load }) => load.cpuMs)).toFixed(1),
      median(samples.values(name, ({ first }) => first.cpuMs)).toFixed(1),
      median(samples.values(name, ({ second }) => second?.cpuMs ?? 0)).toFixed(1),
      median(samples.values(name, ({ peakMb }) => peakMb)).toFixed(0),
    ]),
  );
  const judge = samples.judge(cpu);
  const ours = (below: string) => samples.ratio(names.ours, below, cpu);
  const cached = samples.ratio(names.oursCached, names.empty, cpu);
  printGoals(
    [
      { what: "lambdakit ÷ empty handler, CPU", atMost: 3.6, ratio: ours(names.empty) },
      { what: "the same with a code cache", atMost: 2.8, ratio: cached },
      { what: "lambdakit ÷ the reference, CPU", atMost: 0.27, ratio: ours(names.reference) },
    ],
    judge,
  );
  print(`\nlambdakit ÷ plain esbuild, CPU: ${ratioText(ours(names.plain))}`);
}

function cpu({ cpuMs }: Boot): number {
  return cpuMs;
}
