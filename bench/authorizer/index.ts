/**
 * What does the first request of a caller with a token cost? Its authorizer is started as Lambda starts it, fetches
 * the issuer's keys over TLS, and checks a token twice. The ratio is to an empty handler in the same round; the peer
 * is what most would write: `aws-jwt-verify`, bundled by plain esbuild.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Boot, type BootInput, boot } from "../functions/boot.ts";
import { eventFile } from "../functions/events.ts";
import { lambdaNodeText } from "../functions/lambda-node.ts";
import { bundlePlainly, ownHandler } from "../functions/other-builds.ts";
import { functionPlan, packageOurs } from "../functions/ours.ts";
import { functionVariables } from "../functions/variables.ts";
import type { Variant } from "../functions/variant.ts";
import { nodeVariant } from "../functions/variants.ts";
import type { BenchmarkOptions } from "../options.ts";
import { peerDirectory, peerVersions } from "../peers.ts";
import { median, print, table } from "../print.ts";
import { ratioText, roundRobin } from "../rounds.ts";
import { Samples, withControls } from "../samples.ts";
import { startTlsIssuer } from "./tls-issuer.ts";

const names = {
  empty: "empty handler",
  ours: "lambdakit's authorizer",
  peer: "aws-jwt-verify, plain esbuild",
} as const;

export async function authorizer({ rounds = 21 }: BenchmarkOptions): Promise<void> {
  print(`Functions run on ${lambdaNodeText()}, ${rounds} rounds over TLS.`);
  print(`${peerVersions("aws-jwt-verify")}\n`);
  const work = await mkdtemp(path.join(tmpdir(), "lambdakit-bench-"));
  const ours = await packageOurs(work);
  const { authorizer: planned } = ours.plan.api;
  if (planned === null) throw new Error("The Product service has no authorizer.");
  const issuer = await startTlsIssuer(work, planned);
  try {
    const checks = (name: string, taskRoot: string): Variant => ({
      ...nodeVariant(name, taskRoot),
      writes: false,
      answer: "Allow",
    });
    const variants = [
      { ...nodeVariant(names.empty, ownHandler("empty", path.join(work, "empty"))), writes: false },
      checks(names.ours, await ours.unpack("authorizer")),
      checks(names.peer, plainAuthorizer(path.join(work, "plain"))),
    ];
    const lambda = functionPlan(ours, "authorizer");
    const input: BootInput = {
      variables: {
        ...functionVariables(ours.plan, lambda, {
          endpoint: issuer.jwksUri,
          certificate: issuer.certificate,
        }),
        AUTHORIZER_JWKS_URI: issuer.jwksUri,
      },
      eventFile: eventFile(work, "token", issuer.event),
    };
    const contestants = withControls(variants, [names.empty, names.ours]);
    report(new Samples(await roundRobin(contestants, rounds, (one) => boot(one, input))));
  } finally {
    await issuer.stop();
    await rm(work, { recursive: true, force: true });
  }
}

/** `plain-authorizer.mjs` as most would bundle it. */
function plainAuthorizer(taskRoot: string): string {
  const entry = fileURLToPath(new URL("plain-authorizer.mjs", import.meta.url));
  return bundlePlainly(entry, taskRoot, path.join(peerDirectory("aws-jwt-verify"), "node_modules"));
}

function report(samples: Samples<Boot>): void {
  table(
    [
      "",
      "CPU ÷ empty",
      "whole process, CPU ms",
      "load, CPU ms",
      "first token, CPU ms",
      "second",
      "peak MB",
    ],
    samples.names.map((name) => [
      name,
      ratioText(samples.ratio(name, names.empty, cpu)),
      median(samples.values(name, cpu)).toFixed(0),
      median(samples.values(name, ({ load }) => load.cpuMs)).toFixed(1),
      median(samples.values(name, ({ first }) => first.cpuMs)).toFixed(1),
      median(samples.values(name, ({ second }) => second?.cpuMs ?? 0)).toFixed(1),
      median(samples.values(name, ({ peakMb }) => peakMb)).toFixed(0),
    ]),
  );
  samples.judge(cpu);
  print(
    `\n${names.ours} ÷ ${names.peer}, CPU: ${ratioText(samples.ratio(names.ours, names.peer, cpu))}`,
  );
}

function cpu({ cpuMs }: Boot): number {
  return cpuMs;
}
