import { LambdakitError } from "../../errors/index.ts";
import { planService } from "../../plan/index.ts";
import { lostRelease } from "../../recover/index.ts";
import type { Target } from "../deployment/target.ts";
import { openSource } from "./rebuild-source.ts";

/**
 * Lets nobody lose an account that would not come back: its release has to be elsewhere, and backups of its tables have to
 * have the names that a rebuild looks for.
 *
 * @throws {LambdakitError} DRILL_REFUSED, and as `openSource` and `lostRelease` say
 */
export async function requireElsewhere(target: Target, release: string): Promise<void> {
  const { plan, service } = target;
  const { environment } = plan;
  const source = await openSource(undefined, target);
  const { tables } = planService(service.manifest, environment);
  const names = new Set(tables.map(({ name }) => name));
  const restored = plan.tables.find(({ name }) => !names.has(name));
  if (source.kind === "before" && restored !== undefined) {
    throw new LambdakitError("DRILL_REFUSED", {
      message: `${restored.name} is in use, which a restore has made: ${source.name} does not know of it, and no rebuild would find its backups.`,
      fix: `lambdakit dr drill table-lost --env ${environment} loses less`,
    });
  }
  await lostRelease(source, environment, release);
}
