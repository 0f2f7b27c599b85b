import type { PlannedStack } from "../../release/index.ts";
import type { Change, StackRun } from "../../terraform/index.ts";

/** What `terraform/stacks/service` says in the end, as far as commands look at it. */
export interface StackOutputs {
  readonly url: string | null;
  readonly functions: Readonly<Record<string, { readonly name: string; readonly version: string }>>;
}

/** A service's stack as a release needs it, and what it says once it is applied. */
export interface DeployedStack extends PlannedStack {
  readonly run: StackRun;
  readonly outputs: () => Promise<StackOutputs>;
}

/** @param plan gives the changes, anew or as they were saved */
export function releaseStack(
  run: StackRun,
  onStep: (what: string) => void,
  plan: () => Promise<readonly Change[]> = () => run.plan(),
): DeployedStack {
  let isChanged = true;
  let asked: Promise<StackOutputs> | undefined;
  const ask = async () => {
    const outputs = (await run.outputs()) as unknown as StackOutputs;
    onStep("asked what there is");
    return outputs;
  };
  const outputs = () => {
    asked ??= ask();
    return asked;
  };
  return {
    run,
    sha256: run.stackSha256,
    outputs,
    async plan() {
      const changes = await plan();
      isChanged = changes.length > 0;
      return changes;
    },
    async apply() {
      if (isChanged) await run.apply();
    },
    url: async () => (await outputs()).url,
    async versions() {
      const functions = Object.values((await outputs()).functions);
      return Object.fromEntries(functions.map(({ name, version }) => [name, version]));
    },
  };
}
