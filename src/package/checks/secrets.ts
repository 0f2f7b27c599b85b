import path from "node:path";
import type { Problem } from "../../errors/index.ts";
import type { Check } from "./check.ts";

/** Whoever may read a function's code would have it, and it stays in every old version. */
export const checkSecrets: Check = async (artifacts, { directory }) => {
  const problems = new Map<string, Problem>();
  for (const { key, secrets } of artifacts) {
    for (const { what, file, line, column } of secrets) {
      const place = { file: path.join(directory, file), line, column };
      const id = JSON.stringify(place);
      if (problems.has(id)) continue;
      problems.set(id, {
        code: "PACKAGE_SECRET",
        path: ["functions", key],
        message: `${what} is inside the artifact`,
        fix: "read it at run time from AWS Secrets Manager or Parameter Store, and replace this one, or write // not-a-secret: WHY above it",
        place,
      });
    }
  }
  return [...problems.values()];
};
