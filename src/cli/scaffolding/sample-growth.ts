import path from "node:path";
import {
  type EntitySpec,
  type Files,
  type SpecProblem,
  sampleData,
  withSampleData,
} from "../../scaffold/index.ts";
import { readTextFile } from "../../system/index.ts";

/** What becomes of a service's sample data with one entity more. */
export interface SampleGrowth {
  readonly files: Files;
  readonly changed: Files;
  /** The file that `service.ts` has to name, where it names none. */
  readonly named: string | undefined;
  readonly problems: readonly SpecProblem[];
}

export async function sampleGrowth(
  entity: EntitySpec,
  directory: string,
  definition: unknown,
): Promise<SampleGrowth> {
  const nothing: Files = new Map();
  const file: string | undefined = Object(definition).sampleData;
  const added = sampleData(entity);
  if (file === undefined) {
    const named = "sample-data.json";
    return { files: new Map([[named, added]]), changed: nothing, named, problems: [] };
  }
  const text = withSampleData(await readTextFile(path.resolve(directory, file)), added);
  if (text !== undefined) {
    return { files: nothing, changed: new Map([[file, text]]), named: undefined, problems: [] };
  }
  const problem = {
    at: file,
    message: `${file} is no JSON object, by route.`,
    fix: "write {} into it, or take sampleData out of service.ts",
  };
  return { files: nothing, changed: nothing, named: undefined, problems: [problem] };
}
