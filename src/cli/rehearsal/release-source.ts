import { rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { authorizerEntry, environmentVariables } from "../../names.ts";
import type { ServicePlan } from "../../plan/index.ts";
import type { ReleaseName } from "../../rehearsal/index.ts";
import { fileExists } from "../../system/index.ts";

/**
 * Makes another release of a service, whatever it does: each handler's file becomes one that stands before it.
 *
 * @param service the folder of `service.ts`, of a copy
 * @param last the plan of the last environment
 */
export async function changeRelease(
  service: string,
  last: ServicePlan,
  release: ReleaseName,
): Promise<void> {
  const own = last.functions.filter(({ entry }) => entry !== authorizerEntry);
  const entries = new Set(own.map(({ entry }) => path.join(service, entry)));
  for (const entry of entries) {
    const { dir, name, ext } = path.parse(entry);
    const first = path.join(dir, `${name}.first${ext}`);
    if (!fileExists(first)) await rename(entry, first);
    if (release === "first") await rename(first, entry);
    else await writeFile(entry, sources[release](`./${name}.first${ext}`, last.environment));
  }
}

const sources = {
  second: (own: string) => `export * from "${own}";\nexport const release = "second";\n`,
  bad: (own: string, environment: string) => `import { handler as own } from "${own}";

export * from "${own}";
export const handler = (...given: Parameters<typeof own>) => {
  if (process.env.${environmentVariables.environment} === "${environment}") {
    throw new Error("This release is bad, on purpose.");
  }
  return own(...given);
};
`,
} as const;
