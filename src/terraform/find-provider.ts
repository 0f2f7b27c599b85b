import path from "node:path";
import { readFolder, readTextFile } from "../system/index.ts";

/**
 * The version of the AWS provider that Terraform has got for a service before; undefined where it has got
 * none yet. Asks no registry, and downloads nothing.
 *
 * @param directory the service's folder
 */
export async function findProvider(directory: string): Promise<string | undefined> {
  const root = path.join(directory, ".lambdakit", "terraform");
  for (const { name: copy } of await readFolder(root)) {
    const stacks = path.join(root, copy, "stacks");
    for (const { name: stack } of await readFolder(stacks)) {
      const version = await providerOf(path.join(stacks, stack));
      if (version !== undefined) return version;
    }
  }
  return undefined;
}

/** Terraform writes down what it has chosen, and keeps it, or a link to it, beside that. */
async function providerOf(stack: string): Promise<string | undefined> {
  const providers = await readFolder(path.join(stack, ".terraform", "providers"));
  if (providers.length === 0) return undefined;
  const lock = await readTextFile(path.join(stack, ".terraform.lock.hcl")).catch(() => "");
  return /provider "[^"]*\/hashicorp\/aws" \{\s*version\s*=\s*"([^"]+)"/.exec(lock)?.[1];
}
