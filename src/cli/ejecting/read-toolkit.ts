import path from "node:path";
import type { EjectedService } from "../../eject/index.ts";
import { ownPackage } from "../../package/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import { readJsonFile, slashed } from "../../system/index.ts";
import { isEjected, readStack } from "../../terraform/index.ts";
import { readFiles, readTexts } from "./read-texts.ts";

/** What the toolkit gives to a service that leaves it. */
export async function readToolkit(
  directory: string,
  plans: readonly ServicePlan[],
): Promise<Pick<EjectedService, "toolkit" | "terraform" | "scripts">> {
  const [files, packageJson, terraform, scripts] = await Promise.all([
    readFiles(ownPackage, isVendored),
    readJsonFile(path.join(ownPackage, "package.json")),
    readTerraform(directory, plans),
    readTexts(path.join(ownPackage, "eject", "scripts")),
  ]);
  const { version, license, engines, dependencies, ...more } = Object(packageJson);
  const { optionalDependencies = {}, devDependencies = {} } = more;
  const toolkit = {
    files,
    version,
    license,
    engines,
    dependencies,
    optionalDependencies,
    devDependencies,
  };
  return { toolkit, terraform, scripts };
}

const page = "src/dev/console/page";

/** All that was built but for the command line, the console's page, and the licence. */
function isVendored(file: string): boolean {
  if (file === "dist/cli" || file === "dist/THIRD-PARTY-LICENSES.txt") return false;
  if (file === `${page}/tsconfig.json`) return false;
  const wanted = ["dist", page, "LICENSE"];
  return wanted.some((one) => `${file}/`.startsWith(`${one}/`) || one.startsWith(`${file}/`));
}

/** The stacks of service and account with the modules; a stack that is the service's own already stays as it is. */
async function readTerraform(
  directory: string,
  plans: readonly ServicePlan[],
): Promise<ReadonlyMap<string, string>> {
  const standsBy = plans.some(({ recovery }) => recovery.standby !== null);
  const stacks = [
    "service" as const,
    "account" as const,
    ...(standsBy ? ["recovery-region" as const] : []),
  ];
  const files = new Map<string, string>();
  for (const stack of isEjected(directory) ? stacks.slice(1) : stacks) {
    for (const [file, contents] of await readStack(stack)) {
      // The modules of a stack that is its own are its own, too.
      if (isEjected(directory) && file.startsWith("modules")) continue;
      files.set(slashed(file), new TextDecoder().decode(contents));
    }
  }
  return files;
}
