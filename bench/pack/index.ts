/**
 * What does packaging take, next to others, for more functions, and a second time? The same functions
 * for each packager, each as a process of its own that starts from nothing; what it makes is counted
 * after every run. Peers are installed once, into the temporary folder.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import { packageOurs } from "../functions/ours.ts";
import { printGoals } from "../goals.ts";
import type { BenchmarkOptions } from "../options.ts";
import { peerVersions } from "../peers.ts";
import { median, print, table } from "../print.ts";
import { type Ratio, ratioOf, ratioText, roundRobin } from "../rounds.ts";
import { Samples, withControls } from "../samples.ts";
import { exactPromises } from "./exact.ts";
import {
  inKilobytes,
  kilobytesOf,
  lambdakit,
  packageAgain,
  packageOnce,
  packagersThatWork,
  peerPackagers,
} from "./packagers.ts";

const five = 5;
const counts = [five, 50, 200] as const;
/** A build of files that were written just now is not kept. */
const settledMs = 100;

export async function pack({ rounds = 5 }: BenchmarkOptions): Promise<void> {
  const work = await mkdtemp(path.join(tmpdir(), "lambdakit-bench-"));
  try {
    const toOthers = await nextToOthers(work, rounds);
    const growth = await forMoreFunctions(work, Math.min(rounds, 3));
    const repetition = await aSecondTime(work, rounds);
    const largestKb = await sizes(work);
    print("\n### Exactly\n");
    for (const count of [five, 50]) await exactPromises(work, count);
    printGoals(
      [
        {
          what: "five functions ÷ osls + serverless-esbuild, wall",
          atMost: 0.25,
          ratio: toOthers.ratio,
        },
        { what: "200 functions ÷ 5", atMost: 2, ratio: growth },
        { what: "nothing changed ÷ the first time", atMost: 0.3, ratio: repetition },
        { what: "the Product service's largest zip, KB", atMost: 100, ratio: exactly(largestKb) },
      ],
      toOthers.judge,
    );
  } finally {
    await rm(work, { recursive: true, force: true });
  }
}

async function nextToOthers(work: string, rounds: number) {
  const ours = lambdakit(path.join(work, "lambdakit"), five);
  const packagers = await packagersThatWork([ours, ...peerPackagers(work, five)]);
  print(`### Five functions, ${rounds} rounds\n`);
  const contestants = withControls(packagers, [ours.name]);
  const samples = new Samples(await roundRobin(contestants, rounds, (one) => packageOnce(one)));
  table(
    ["", "÷ lambdakit", "seconds", "KB each, at most"],
    samples.names.map((name) => {
      const sizes = contestants
        .find((one) => one.name === name)
        ?.artifacts()
        .map(kilobytesOf);
      return [
        name,
        ratioText(samples.ratio(name, ours.name, seconds)),
        median(samples.values(name, seconds)).toFixed(2),
        Math.max(...(sizes ?? [])).toFixed(0),
      ];
    }),
  );
  print("\nCDK's are bundles that are not zipped yet; it zips when it deploys.");
  return {
    ratio: samples.ratio(ours.name, peerVersions("serverless-esbuild"), seconds),
    judge: samples.judge(seconds),
  };
}

async function forMoreFunctions(work: string, rounds: number): Promise<Ratio | undefined> {
  print(`\n### More functions, ${rounds} rounds\n`);
  const packagers = await packagersThatWork(
    counts.map((count) => lambdakit(path.join(work, `many-${count}`), count)),
  );
  const samples = new Samples(await roundRobin(packagers, rounds, (one) => packageOnce(one)));
  const [small = ""] = samples.names;
  table(
    ["", "÷ 5 functions", "seconds"],
    samples.names.map((name) => [
      name,
      ratioText(samples.ratio(name, small, seconds)),
      median(samples.values(name, seconds)).toFixed(2),
    ]),
  );
  const large = packagers.find(({ functions }) => functions === counts.at(-1));
  return samples.ratio(large?.name ?? "", small, seconds);
}

async function aSecondTime(work: string, rounds: number): Promise<Ratio> {
  print(`\n### Five functions a second time, nothing changed, ${rounds} rounds\n`);
  const packager = lambdakit(path.join(work, "twice"), five, []);
  await setTimeout(settledMs);
  const pairs = await roundRobin([packager], rounds, async () => ({
    first: await packageOnce(packager),
    second: await packageAgain(packager),
  }));
  const all = pairs.get(packager) ?? [];
  const first = all.map((pair) => pair.first);
  const second = all.map((pair) => pair.second);
  const ratio = ratioOf(second, first);
  print(`first ${median(first).toFixed(2)} s, second ${median(second).toFixed(2)} s`);
  print(`second ÷ first: ${ratioText(ratio)}`);
  return ratio;
}

async function sizes(work: string): Promise<number> {
  print("\n### The Product service's zips\n");
  const { packaged } = await packageOurs(work);
  const functions = Object.entries(packaged.list.functions);
  table(
    ["function", "KB zipped", "KB unzipped"],
    functions.map(([key, { zippedBytes, files }]) => [
      key,
      inKilobytes(zippedBytes).toFixed(1),
      inKilobytes(files.reduce((sum, { bytes }) => sum + bytes, 0)).toFixed(1),
    ]),
  );
  return inKilobytes(Math.max(...functions.map(([, { zippedBytes }]) => zippedBytes)));
}

/** What is counted is the same in every round. */
function exactly(value: number): Ratio {
  return { median: value, lowest: value, highest: value, ofLowest: value };
}

function seconds(taken: number): number {
  return taken;
}
