import path from "node:path";
import { print } from "../print.ts";
import { lambdaFlags, lambdaNode } from "./lambda-node.ts";
import { ownHandler, plainEsbuild, unbundled } from "./other-builds.ts";
import { type Ours, packageOurs } from "./ours.ts";
import { findPython, referenceFolder } from "./python.ts";
import type { Variant } from "./variant.ts";

/** Names that ratios are made of. */
export const names = {
  empty: "empty handler",
  raw: "one raw POST",
  ours: "lambdakit",
  /** The same with V8's code cache in its zip, which a manifest may ask for where the runtime takes it. */
  oursCached: "lambdakit, code cache",
  /** The same source as most would bundle it, and without a read while it loads. */
  plain: "plain esbuild, not primed",
  unbundled: "not bundled",
  reference: "the reference, Python",
} as const;

/** Every way to create a product that this machine can run, the floor first. */
export async function createVariants(
  workDirectory: string,
): Promise<{ readonly ours: Ours; readonly variants: readonly Variant[] }> {
  const folder = (name: string) => path.join(workDirectory, name);
  const ours = await packageOurs(workDirectory);
  const variants = [
    { ...nodeVariant(names.empty, ownHandler("empty", folder("empty"))), writes: false },
    nodeVariant(names.raw, ownHandler("raw", folder("raw"))),
    nodeVariant(names.ours, await ours.unpack("create")),
    nodeVariant(names.oursCached, await ours.withCodeCache("create")),
    { ...nodeVariant(names.plain, plainEsbuild(folder("plain"))), primed: false },
    nodeVariant(names.unbundled, unbundled(folder("unbundled"))),
    ...referenceVariants(folder("reference")),
  ];
  return { ours, variants };
}

export function nodeVariant(name: string, taskRoot: string): Variant {
  return {
    name,
    program: [lambdaNode().program, ...lambdaFlags],
    language: "node",
    taskRoot,
    handler: "index.handler",
    writes: true,
  };
}

function referenceVariants(taskRoot: string): Variant[] {
  const python = findPython();
  if ("missing" in python) {
    print(`${names.reference}: left out. ${python.missing}\n`);
    return [];
  }
  print(`${names.reference}: ${python.versions}\n`);
  return [
    {
      name: names.reference,
      program: [python.program],
      language: "python",
      taskRoot: referenceFolder(taskRoot),
      handler: "src.handlers.create_product",
      writes: true,
    },
  ];
}
