import type { LoadedService } from "../../package/index.ts";
import type { OpenRestoreStack } from "../../recover/index.ts";
import type { Release } from "../../release/index.ts";
import type { World } from "../command.ts";
import { takingOver } from "../deployment/taking-over.ts";

/** The stack of a release, for a restore: nothing is built, and the restored table is imported with the next apply. */
export function openRestoreStack(
  { directory }: LoadedService,
  { artifacts, stackSha256 }: Release,
  world: World,
  onStep: (what: string) => void,
): OpenRestoreStack {
  return async (plan, table) => {
    const { findTerraform, tableAddress } = await import("../../terraform/index.ts");
    const terraform = await findTerraform();
    const tables = new Map(table === undefined ? [] : [[table.key, table.name]]);
    const stack = await takingOver(
      { terraform, directory, plan, artifacts, tables, onStep },
      world,
    );
    const { run } = stack;
    if (table === undefined && run.stackSha256 !== stackSha256) {
      world.terminal.err(
        "The modules are other ones than the release was made with: what is changed besides may come from them.",
      );
    }
    return {
      ...stack,
      async takeOver({ key, name }) {
        const address = tableAddress(plan, key);
        const id = (await run.ids()).get(address);
        if (id !== undefined && id !== name) await run.removeFromState(address);
      },
      isEmpty: () => run.isEmpty(),
    };
  };
}
