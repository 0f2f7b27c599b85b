import { workflowFolder } from "../../../pipeline/index.ts";
import type { FileFacts, TextFile } from "../../facts.ts";

/** The files that GitHub takes for workflows. */
export function workflowsIn({ files }: FileFacts): TextFile[] {
  return files.filter(({ path }) => path.startsWith(`${workflowFolder}/`) && /\.ya?ml$/.test(path));
}
