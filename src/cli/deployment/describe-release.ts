import path from "node:path";
import { environmentNames } from "../../manifest/index.ts";
import { planService } from "../../plan/index.ts";
import { createRelease, type Release, type ReleaseDocuments } from "../../release/index.ts";
import { canonicalJson, digest, readCommit, readTextFile } from "../../system/index.ts";
import { toolkitVersion } from "../toolkit-version.ts";
import type { DeploymentTarget } from "./target.ts";

/** What was just built, as a release: with the plans of all environments, which nobody works out again later. */
export async function describeRelease(
  { service, packaged, run, caller }: DeploymentTarget,
  place: Release["built"]["from"],
): Promise<{ readonly release: Release; readonly documents: ReleaseDocuments }> {
  const { manifest, directory } = service;
  const { list } = packaged;
  const plans = byName((name) => planService(manifest, name));
  const artifacts = Object.entries(list.functions).map(([key, { sha256, zippedBytes }]) => [
    key,
    { sha256, bytes: zippedBytes },
  ]);
  const release = createRelease(
    {
      service: manifest.name,
      manifestSha256: digest(canonicalJson(manifest)),
      stackSha256: run.stackSha256,
      plans: byName((name) => digest(canonicalJson(plans[name]))),
      artifacts: Object.fromEntries(artifacts),
      sbomSha256: list.sbom.sha256,
    },
    {
      at: new Date().toISOString(),
      by: caller.arn,
      from: place,
      commit: await readCommit(directory),
      lambdakit: toolkitVersion(),
    },
  );
  const sbom = await readTextFile(path.join(packaged.directory, list.sbom.file));
  return { release, documents: { plans, sbom } };
}

type Name = (typeof environmentNames)[number];

function byName<Value>(value: (name: Name) => Value): Readonly<Record<Name, Value>> {
  const entries = environmentNames.map((name) => [name, value(name)] as const);
  return Object.fromEntries(entries) as Record<Name, Value>;
}
