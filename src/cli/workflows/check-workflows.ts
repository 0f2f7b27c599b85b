import path from "node:path";
import { checkPipeline, type Finding, workflowFolder } from "../../pipeline/index.ts";
import type { ServicePlan } from "../../plan/index.ts";
import { readFolder, readTextFile } from "../../system/index.ts";

/**
 * What is wrong with the workflows of a repository, as far as it is about this service.
 *
 * @param folder of the service, from the root
 */
export async function checkWorkflows(
  plans: readonly ServicePlan[],
  root: string,
  folder: string,
): Promise<readonly Finding[]> {
  const entries = await readFolder(path.join(root, workflowFolder));
  const files = entries
    .filter(({ name, isFolder }) => !isFolder && /\.ya?ml$/.test(name))
    .map(async ({ name }) => {
      const text = await readTextFile(path.join(root, workflowFolder, name));
      return { path: `${workflowFolder}/${name}`, text };
    });
  return checkPipeline(plans, await Promise.all(files), folder);
}

export function findingText({ id, file, place, line, what, fix }: Finding): string {
  return `finding    ${file}:${line}  ${place}  ${id}\n           ${what}\n           fix: ${fix}`;
}
