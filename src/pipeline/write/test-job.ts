import type { RepositorySite } from "../site.ts";
import type { Base } from "./base.ts";
import { checkOut, install, setUpNode } from "./steps.ts";
import type { JobModel } from "./workflow-model.ts";

/** Everything that can be found wrong without an account. */
export function testJob({ service, runner, runtime }: Base, site: RepositorySite): JobModel {
  return {
    // Main's rules ask for a check by this name alone, and each service of a repository has one.
    name: `Test ${service}`,
    "runs-on": runner,
    "timeout-minutes": 30,
    permissions: { contents: "read" },
    ...workIn(site),
    steps: [
      {
        ...checkOut,
        note: "All of the history: a secret that was taken out again is in it.",
        with: { ...checkOut.with, "fetch-depth": 0 },
      },
      setUpNode(runtime),
      install(site),
      { name: "Test", run: "npm test" },
      { name: "Compare derived files with service.ts", run: "npx lambdakit generate --check" },
      {
        // Without a token and a role: what only these can see is not asked, and the command says so.
        name: "Look for what lets others in",
        run: "npx lambdakit audit --severity high",
      },
    ],
  };
}

/** Scripts run in the service's folder, as on a laptop. */
export function workIn({ service }: RepositorySite): Partial<JobModel> {
  return service === "." ? {} : { defaults: { run: { "working-directory": service } } };
}
