/** Environments that releases go to, in memory: what the room `release` has around it, without AWS and Terraform. */

import product from "../services/product/service.ts";
import type { AliasState, FiringAlarm, VersionFigures } from "../src/aws/index.ts";
import { environmentNames, packagedFunctions, validateManifest } from "../src/manifest/index.ts";
import { type EnvironmentName, planService, type ServicePlan } from "../src/plan/index.ts";
import {
  createRelease,
  History,
  type ObjectStore,
  type PlannedStack,
  type Release,
  type ReleaseDocuments,
  type ReleaseEnvironment,
  Releases,
  TableNames,
  TableRecords,
} from "../src/release/index.ts";
import { canonicalJson, digest, whereItRuns } from "../src/system/index.ts";
import type { Change } from "../src/terraform/index.ts";
import type { Verification } from "../src/verify/index.ts";

const validation = validateManifest(product);
if (!validation.ok) throw new Error("the Product service has problems");
export const { manifest } = validation;

const plans = Object.fromEntries(
  environmentNames.map((name) => [name, planService(manifest, name)]),
) as unknown as ReleaseDocuments["plans"];

/** The service's plan, made once: walks of a thousand steps ask for it at each. */
export const planOf = (environment: EnvironmentName): ServicePlan => plans[environment];

/** A bucket. What is written with `put` by a test is what somebody did by hand. */
export class MemoryStore implements ObjectStore {
  readonly name = "artifacts";
  readonly objects = new Map<string, Uint8Array>();

  async read(key: string) {
    return this.objects.get(key);
  }

  async keys(prefix: string) {
    return [...this.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  }

  async putOnce(key: string, contents: string) {
    if (this.objects.has(key)) return false;
    this.objects.set(key, Buffer.from(contents));
    return true;
  }

  async uploadOnce(key: string, contents: Uint8Array, sha256: string) {
    if (this.objects.has(key)) return false;
    if (digest(contents) !== sha256) throw new Error("BadDigest");
    this.objects.set(key, contents);
    return true;
  }
}

/** Lambda, as far as versions and one alias of each function go. */
export class MemoryTraffic {
  readonly versions = new Map<string, string[]>();
  readonly aliases = new Map<string, AliasState>();
  /** Called before each move, and may refuse it. */
  onMove: (functionName: string, state: AliasState) => void = () => {};

  async read(functionName: string) {
    return this.aliases.get(functionName);
  }

  async move(functionName: string, state: AliasState) {
    this.onMove(functionName, state);
    this.aliases.set(functionName, state);
  }

  async sha256Of(functionName: string, version: string) {
    return this.versions.get(functionName)?.[Number(version) - 1];
  }

  /** As Terraform would: a version where the code is another, an alias where there is none. */
  publish(functionName: string, sha256: string): string {
    const versions = this.versions.get(functionName) ?? [];
    if (versions.at(-1) !== sha256) versions.push(sha256);
    this.versions.set(functionName, versions);
    const version = String(versions.length);
    if (!this.aliases.has(functionName)) this.aliases.set(functionName, { version, canary: null });
    return version;
  }
}

export class MemorySignals {
  alarms: FiringAlarm[] = [];
  figures: VersionFigures[] = [];

  async firing() {
    return this.alarms;
  }

  async figuresOf() {
    return this.figures;
  }
}

export interface MemoryEnvironment extends ReleaseEnvironment {
  readonly store: MemoryStore;
  readonly traffic: MemoryTraffic;
  readonly signals: MemorySignals;
}

export function memoryEnvironment(environment: EnvironmentName): MemoryEnvironment {
  const store = new MemoryStore();
  const tables = new TableNames(store, "product", environment);
  return {
    environment,
    store,
    tables,
    tableRecords: new TableRecords(store, "product", environment),
    releases: new Releases(store, "product", { [environment]: tables }),
    history: new History(store, "product", environment),
    traffic: new MemoryTraffic(),
    signals: new MemorySignals(),
    by: "arn:aws:sts::111122223333:assumed-role/deployer/alice",
    place: whereItRuns(),
  };
}

/** A release whose functions are these texts, zipped or not. */
export function builtRelease(text: string): {
  readonly release: Release;
  readonly documents: ReleaseDocuments;
  readonly zips: ReadonlyMap<string, Uint8Array>;
} {
  const zips = new Map<string, Uint8Array>();
  const artifacts = packagedFunctions(manifest).map(({ key }) => {
    const bytes = Buffer.from(`${key}: ${text}`);
    zips.set(digest(bytes), bytes);
    return [key, { sha256: digest(bytes), bytes: bytes.length }] as const;
  });
  const sbom = "{}";
  const contents = {
    service: "product",
    manifestSha256: digest("manifest"),
    stackSha256,
    plans: Object.fromEntries(
      Object.entries(plans).map(([name, plan]) => [name, digest(canonicalJson(plan))]),
    ) as Release["plans"],
    artifacts: Object.fromEntries(artifacts),
    sbomSha256: digest(sbom),
  };
  const at = new Date().toISOString();
  const origin = { at, by: "alice", from: whereItRuns(), commit: null, lambdakit: "0.1.0" };
  return { release: createRelease(contents, origin), documents: { plans, sbom }, zips };
}

const stackSha256 = digest("modules");

/** Terraform, which publishes what a release has. */
export function memoryStack(
  { traffic, environment }: Pick<MemoryEnvironment, "traffic" | "environment">,
  release: Release,
): PlannedStack {
  const plan = planOf(environment);
  const shaOf = (key: string) => release.artifacts[key]?.sha256 ?? "";
  const changed = () =>
    plan.functions.filter(({ key, name }) => traffic.versions.get(name)?.at(-1) !== shaOf(key));
  return {
    sha256: stackSha256,
    plan: async () =>
      changed().map(
        ({ key }): Change => ({
          address: `module.function["${key}"].aws_lambda_function.this`,
          type: "aws_lambda_function",
          action: "update",
          losesData: false,
          attributes: [],
        }),
      ),
    apply: async () => {
      for (const { key, name } of plan.functions) traffic.publish(name, shaOf(key));
    },
    url: async () => "https://api.test/v1",
    versions: async () =>
      Object.fromEntries(
        plan.functions.map(({ name }) => [name, String(traffic.versions.get(name)?.length)]),
      ),
  };
}

export function verification(passed: boolean): Verification {
  const route = "GET /v1.0/products";
  const check = { id: "list", what: "answers 200", route, passed, detail: null, milliseconds: 1 };
  return { url: "https://api.test/v1", passed, checks: [check] };
}
