import { type PermissionSighting, permissionVariables } from "../names.ts";
import { readTextFile, removeFile, writeFiles } from "../system/index.ts";
import { parseRecord } from "./sighting.ts";

/** Which tests are to be run, and as what. */
export interface TestsToRun {
  /** Variables beside those that are there. */
  readonly variables: Readonly<Record<string, string>>;
  /** Files, as whole paths; none for all tests. */
  readonly files: readonly string[];
  readonly interrupted?: AbortSignal | undefined;
}

export interface TestsRan {
  readonly passed: boolean;
  /** What they have said, for whoever wonders why they have not. */
  readonly output: string;
}

/** Runs a service's tests, whatever runs them. */
export type RunTests = (tests: TestsToRun) => Promise<TestsRan>;

/** Tests that have run, and what was seen of permissions meanwhile. */
export interface TestRun extends TestsRan {
  readonly sightings: readonly PermissionSighting[];
}

/** @param record a file for this run alone, which is deleted afterwards */
export async function runRecorded(
  runTests: RunTests,
  record: string,
  { variables, ...tests }: TestsToRun,
): Promise<TestRun> {
  await writeFiles([{ path: record, contents: new Uint8Array() }]);
  try {
    const ran = await runTests({
      ...tests,
      variables: { ...variables, [permissionVariables.record]: record },
    });
    return { ...ran, sightings: parseRecord(await readTextFile(record)) };
  } finally {
    await removeFile(record);
  }
}
