import path from "node:path";
import { readFolder, readTextFile } from "../system/index.ts";

/**
 * The version of the AWS provider that Terraform has got for a service before; undefined where it has got
 * none yet. Asks no registry, and downloads nothing.
 *
 * @param directory the service's folder
 */
export function findProvider(directory: string): Promise<string | undefined> {
  return firstStack(directory, providerOf);
}

/**
 * The program of that provider.
 *
 * @param directory the service's folder
 */
export function findProviderProgram(directory: string): Promise<string | undefined> {
  return firstStack(directory, programOf);
}

async function firstStack(
  directory: string,
  read: (stack: string) => Promise<string | undefined>,
): Promise<string | undefined> {
  const root = path.join(directory, ".lambdakit", "terraform");
  for (const { name: copy } of await readFolder(root)) {
    const stacks = path.join(root, copy, "stacks");
    for (const { name: stack } of await readFolder(stacks)) {
      const found = await read(path.join(stacks, stack));
      if (found !== undefined) return found;
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

/** It lies at `HOST/hashicorp/aws/VERSION/PLATFORM/`, which may be a link. */
async function programOf(stack: string): Promise<string | undefined> {
  for (const host of await entriesOf(path.join(stack, ".terraform", "providers"))) {
    for (const version of await entriesOf(path.join(host, "hashicorp", "aws"))) {
      const files = (await Promise.all((await entriesOf(version)).map(entriesOf))).flat();
      const found = files.find((file) => path.basename(file).startsWith("terraform-provider-aws"));
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

async function entriesOf(folder: string): Promise<string[]> {
  return (await readFolder(folder)).map(({ name }) => path.join(folder, name));
}
