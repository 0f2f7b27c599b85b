/**
 * What does the first request wait for at 256 MB? Lambda loads a function at full speed, and then gives
 * the handler 256/1769 of a CPU. Here a function loads, stops itself, and is let run for that share of
 * each 20 ms until it has answered. An emulation, of the time and not of Lambda; Linux only.
 */
import { type Boot, boot } from "./functions/boot.ts";
import { lambdaNodeText } from "./functions/lambda-node.ts";
import { share, throttle } from "./functions/throttle.ts";
import { names } from "./functions/variants.ts";
import { withVariants } from "./functions/with-variants.ts";
import { printGoals } from "./goals.ts";
import type { BenchmarkOptions } from "./options.ts";
import { median, print, table } from "./print.ts";
import { ratioText, roundRobin } from "./rounds.ts";
import { Samples, withControls } from "./samples.ts";

export async function throttled({ rounds = 21 }: BenchmarkOptions): Promise<void> {
  if (process.platform !== "linux") {
    print("Left out: processes are stopped and watched in Linux's way.");
    return;
  }
  print(`Functions run on ${lambdaNodeText()}, ${rounds} rounds over TLS.`);
  print(`Handlers get ${share.toFixed(3)} of a CPU; it is an emulation.\n`);
  await withVariants(async (variants, input) => {
    const busy = variants.filter(({ name }) => name !== names.empty);
    const contestants = withControls(busy, [names.plain, names.ours]);
    const start = (one: (typeof contestants)[number]) => boot(one, { ...input, throttle });
    report(new Samples(await roundRobin(contestants, rounds, start)));
  });
}

function report(samples: Samples<Boot>): void {
  table(
    ["", `load + first request ÷ ${names.plain}`, "both, ms", "load, ms", "first request, ms"],
    samples.names.map((name) => [
      name,
      ratioText(samples.ratio(name, names.plain, loadAndFirst)),
      median(samples.values(name, loadAndFirst)).toFixed(0),
      median(samples.values(name, ({ load }) => load.wallMs)).toFixed(0),
      median(samples.values(name, ({ first }) => first.wallMs)).toFixed(0),
    ]),
  );
  const judge = samples.judge(loadAndFirst);
  const toPlain = (name: string) => samples.ratio(name, names.plain, loadAndFirst);
  printGoals(
    [
      { what: "lambdakit ÷ plain esbuild", atMost: 0.37, ratio: toPlain(names.ours) },
      { what: "the same with a code cache", atMost: 0.25, ratio: toPlain(names.oursCached) },
    ],
    judge,
  );
}

function loadAndFirst({ load, first }: Boot): number {
  return load.wallMs + first.wallMs;
}
