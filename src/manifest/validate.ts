import type { Problem } from "../errors/index.ts";
import { checkAuth } from "./checks/auth.ts";
import { checkCodeCache } from "./checks/code-cache.ts";
import { checkEnvironments } from "./checks/environments.ts";
import { checkExamples } from "./checks/examples.ts";
import { checkGrants } from "./checks/grants.ts";
import { checkNames } from "./checks/names.ts";
import { checkRecovery } from "./checks/recovery.ts";
import { checkRoutes } from "./checks/routes.ts";
import { checkSchemas } from "./checks/schemas.ts";
import { checkSecrets } from "./checks/secrets.ts";
import { checkStandby } from "./checks/standby.ts";
import { checkTables } from "./checks/tables.ts";
import { declaredNames } from "./declared-names.ts";
import { formProblems } from "./form-problems.ts";
import { parsedOnce } from "./parsed-once.ts";
import { readSchemas } from "./read-schemas.ts";
import { salvage } from "./salvage.ts";
import { draftSchema, type Manifest, manifestSchema } from "./schema.ts";
import type { EnvironmentName } from "./types.ts";

/** In promotion order. */
export const environmentNames = ["dev", "sit", "prod"] as const satisfies EnvironmentName[];

/** A manifest, or everything that is wrong with it. */
export type Validation =
  | { readonly ok: true; readonly manifest: Manifest }
  | { readonly ok: false; readonly problems: readonly Problem[] };

const checks = [
  checkNames,
  checkTables,
  checkRoutes,
  checkAuth,
  checkGrants,
  checkSecrets,
  checkExamples,
  checkSchemas,
  checkEnvironments,
  checkRecovery,
  checkStandby,
  checkCodeCache,
];

/**
 * Checks form first and meaning second, and reports both at once: what has a wrong form is left
 * out, and the meaning of the rest is checked all the same.
 */
export function validateManifest(definition: unknown): Validation {
  const read = readSchemas(definition);
  const parsed = manifestSchema.safeParse(read.definition, { ...parsedOnce, reportInput: true });
  const draft = salvage(draftSchema, read.definition);
  const declared = declaredNames(read.definition);
  const problems = [
    ...read.problems,
    ...(parsed.success ? [] : formProblems(parsed.error.issues)),
    ...checks
      .flatMap((check) => check(draft.value, declared))
      .map((problem) => ({ ...problem, path: draft.originalPath(problem.path) })),
  ];
  return parsed.success && problems.length === 0
    ? { ok: true, manifest: parsed.data }
    : { ok: false, problems };
}
