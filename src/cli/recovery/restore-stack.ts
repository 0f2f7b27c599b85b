import type { LoadedService } from "../../package/index.ts";
import type { OpenRestoreStack } from "../../recover/index.ts";
import type { Release } from "../../release/index.ts";
import type { World } from "../command.ts";
import { releaseStack } from "../deployment/release-stack.ts";
import { showChanges } from "../deployment/show-changes.ts";

/** The stack of a release, for a restore: nothing is built, and the restored table is imported with the next apply. */
export function openRestoreStack(
  { directory }: LoadedService,
  { artifacts, stackSha256 }: Release,
  world: World,
  onStep: (what: string) => void,
): OpenRestoreStack {
  return async (plan, table) => {
    const { findTerraform, importFile, openServiceStack, tableAddress } = await import(
      "../../terraform/index.ts"
    );
    const imports = new Map(
      table === undefined ? [] : [[tableAddress(plan, table.key), table.name]],
    );
    const open = (more: Readonly<Record<string, string>>) =>
      findTerraform().then((terraform) =>
        openServiceStack({
          terraform,
          directory,
          plan,
          artifacts,
          more,
          interrupted: world.interrupted,
          onStep,
        }),
      );
    const run = await open(imports.size === 0 ? {} : { "restored.tf": importFile(imports) });
    if (imports.size === 0 && run.stackSha256 !== stackSha256) {
      world.terminal.err(
        "The modules are other ones than the release was made with: what is changed besides may come from them.",
      );
    }
    return {
      ...releaseStack(run, onStep, async () => {
        const changes = await run.plan();
        showChanges(run, changes, world);
        return changes;
      }),
      async takeOver({ key, name }) {
        const address = tableAddress(plan, key);
        const id = (await run.ids()).get(address);
        if (id !== undefined && id !== name) await run.removeFromState(address);
      },
      isEmpty: () => run.isEmpty(),
    };
  };
}
