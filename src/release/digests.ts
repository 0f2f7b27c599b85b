import { LambdakitError } from "../errors/index.ts";
import type { ServicePlan } from "../plan/index.ts";
import type { ReleaseView } from "./release.ts";
import { readAliases, type Traffic } from "./traffic/traffic.ts";

/** The digests that a release's functions have to have, by the function's name in an environment. */
export function digestsOf({ plan, release }: ReleaseView): Record<string, string> {
  return Object.fromEntries(
    plan.functions.map(({ key, name }) => [name, release.artifacts[key]?.sha256 ?? ""]),
  );
}

/**
 * Looks whether the versions are what the release says.
 *
 * @param versions by the function's name; a function that is left out is not looked at
 * @throws {LambdakitError} RELEASE_DIGEST_DIFFERS
 */
export async function requireDigests(
  traffic: Traffic,
  view: ReleaseView,
  versions: Readonly<Record<string, string>>,
): Promise<void> {
  const wanted = digestsOf(view);
  const wrong = await Promise.all(
    Object.entries(versions).map(async ([name, version]) => {
      const there = await traffic.sha256Of(name, version);
      if (there === wanted[name]) return [];
      return `${name}:${version} is ${there?.slice(0, 12) ?? "not there"}, the release says ${wanted[name]?.slice(0, 12)}`;
    }),
  );
  if (wrong.flat().length === 0) return;
  throw new LambdakitError("RELEASE_DIGEST_DIFFERS", {
    message: `Lambda has something else than the release ${view.release.id}. The traffic was not moved.\n${wrong.flat().join("\n")}`,
    fix: "look in CloudTrail who has changed the functions",
  });
}

/** What answers now. */
export async function liveDigests(
  traffic: Traffic,
  { functions }: Pick<ServicePlan, "functions">,
): Promise<Record<string, string>> {
  const aliases = await readAliases(
    traffic,
    functions.map(({ name }) => name),
  );
  const digests = [...aliases].map(async ([name, { version, canary }]) => {
    const sha256 = canary === null ? await traffic.sha256Of(name, version) : undefined;
    return [name, sha256 ?? "more than one version"] as const;
  });
  return Object.fromEntries(await Promise.all(digests));
}
