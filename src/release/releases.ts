import { LambdakitError } from "../errors/index.ts";
import { artifactKey, releasePrefix, standbyName } from "../names.ts";
import type { EnvironmentName, ServicePlan } from "../plan/index.ts";
import { canonicalJson, digest } from "../system/index.ts";
import type { ObjectStore } from "./object-store.ts";
import { readRecordedPlan } from "./recorded-plan.ts";
import { damagedFix, idDigits, parseRelease, type Release, type ReleaseView } from "./release.ts";
import type { TableNames } from "./table-names.ts";

/** What belongs to a release beside its record. */
export interface ReleaseDocuments {
  readonly plans: Readonly<Record<EnvironmentName, ServicePlan>>;
  readonly sbom: string;
}

type KnownTables = { readonly [Name in EnvironmentName]?: TableNames };

/** The releases of a service that one account has. */
export class Releases {
  readonly #store: ObjectStore;
  readonly #service: string;
  readonly #tables: KnownTables;

  /** @param tables of environments whose tables are known. @default as the manifest says */
  constructor(store: ObjectStore, service: string, tables: KnownTables = {}) {
    this.#store = store;
    this.#service = service;
    this.#tables = tables;
  }

  /**
   * Keeps a release: its documents first, so that one that is listed is whole.
   *
   * @returns the record that is there: where the same was built before, that one
   */
  async keep(release: Release, { plans, sbom }: ReleaseDocuments): Promise<Release> {
    const at = this.#at(release.id);
    await Promise.all([
      this.#store.putOnce(`${at}sbom.cdx.json`, sbom),
      ...Object.entries(plans).map(([environment, plan]) =>
        this.#store.putOnce(`${at}plan-${environment}.json`, canonicalJson(plan)),
      ),
    ]);
    const isNew = await this.#store.putOnce(`${at}release.json`, canonicalJson(release));
    return isNew ? release : this.load(release.id);
  }

  /** All of them, in no order. */
  async list(): Promise<Release[]> {
    const ids = await this.#ids();
    return Promise.all(ids.map((id) => this.load(id)));
  }

  /**
   * The one whose id begins so.
   *
   * @throws {LambdakitError} RELEASE_UNKNOWN where there is none, or more than one
   */
  async find(start: string): Promise<Release> {
    if (start.length === idDigits) return this.load(start);
    const ids = await this.#ids();
    const found = ids.filter((id) => id.startsWith(start));
    const [id] = found;
    if (id !== undefined && found.length === 1) return this.load(id);
    const many = found.length > 1 ? `${found.length} releases begin with` : "No release is called";
    throw this.#unknown(`${many} ${start} in ${this.#store.name}.`);
  }

  /** @throws {LambdakitError} RELEASE_UNKNOWN, RELEASE_DAMAGED */
  async load(id: string): Promise<Release> {
    const bytes = await this.#store.read(`${this.#at(id)}release.json`);
    if (bytes === undefined) throw this.#unknown(`${this.#store.name} has no release ${id}.`);
    return parseRelease(Buffer.from(bytes).toString(), id);
  }

  /**
   * A release with its plan of an environment, and the tables that it has there now.
   *
   * @throws {LambdakitError} RELEASE_UNKNOWN, RELEASE_DAMAGED
   */
  async view(id: string, environment: EnvironmentName): Promise<ReleaseView> {
    const release = await this.load(id);
    const plan = await this.planOf(release, environment);
    return { release, plan: (await this.#tables[environment]?.applyTo(plan)) ?? plan };
  }

  /**
   * The service plan of an environment, as it was when the release was built: tables are called as the manifest says.
   *
   * @throws {LambdakitError} RELEASE_DAMAGED
   */
  async planOf(release: Release, environment: EnvironmentName): Promise<ServicePlan> {
    return readRecordedPlan(await this.#planText(release, environment));
  }

  /** Keeps how a release stands by in this region, for the day when nobody has its `service.ts` at hand. */
  async keepStandby({ id }: Release, plan: ServicePlan): Promise<void> {
    await this.#store.putOnce(this.#standbyKey(id, plan.environment), canonicalJson(plan));
  }

  /** How a release stands by here; nothing where it does not. */
  async standbyOf(id: string, environment: EnvironmentName): Promise<ServicePlan | undefined> {
    const bytes = await this.#store.read(this.#standbyKey(id, environment));
    if (bytes === undefined) return undefined;
    return JSON.parse(Buffer.from(bytes).toString()) as ServicePlan;
  }

  /**
   * To be kept elsewhere: plans as they were recorded, so that their digests hold.
   *
   * @throws {LambdakitError} RELEASE_DAMAGED
   */
  async documentsOf(release: Release): Promise<ReleaseDocuments> {
    const environments = Object.keys(release.plans) as EnvironmentName[];
    const [sbom, ...plans] = await Promise.all([
      this.#document(release, "sbom.cdx.json", release.sbomSha256),
      ...environments.map((one) => this.#planText(release, one)),
    ]);
    const named = environments.map((one, index) => [one, JSON.parse(plans[index] ?? "")] as const);
    return { sbom, plans: Object.fromEntries(named) as unknown as ReleaseDocuments["plans"] };
  }

  /**
   * A zip, which is held against its digest on the way.
   *
   * @throws {LambdakitError} RELEASE_DAMAGED
   */
  async artifact(release: Release, sha256: string): Promise<Uint8Array> {
    const bytes = await this.#store.read(artifactKey(sha256));
    if (bytes === undefined || digest(bytes) !== sha256) {
      throw this.#damaged(release, artifactKey(sha256), bytes === undefined);
    }
    return bytes;
  }

  /** @returns whether it was not there yet */
  putArtifact(contents: Uint8Array, sha256: string): Promise<boolean> {
    return this.#store.uploadOnce(artifactKey(sha256), contents, sha256);
  }

  async #ids(): Promise<string[]> {
    const keys = await this.#store.keys(releasePrefix(this.#service));
    return keys.flatMap((key) => /([0-9a-f]+)\/release\.json$/.exec(key)?.[1] ?? []);
  }

  #planText(release: Release, environment: EnvironmentName): Promise<string> {
    return this.#document(release, `plan-${environment}.json`, release.plans[environment]);
  }

  async #document(release: Release, name: string, sha256: string): Promise<string> {
    const key = `${this.#at(release.id)}${name}`;
    const bytes = await this.#store.read(key);
    if (bytes === undefined || digest(bytes) !== sha256) {
      throw this.#damaged(release, key, bytes === undefined);
    }
    return Buffer.from(bytes).toString();
  }

  #standbyKey(id: string, environment: string): string {
    return `${this.#at(id)}plan-${standbyName(environment)}.json`;
  }

  #at(id: string): string {
    return `${releasePrefix(this.#service)}${id}/`;
  }

  #unknown(message: string): LambdakitError {
    return new LambdakitError("RELEASE_UNKNOWN", {
      message,
      fix: "lambdakit releases shows those that there are",
    });
  }

  #damaged({ id }: Release, key: string, isMissing: boolean): LambdakitError {
    const what = isMissing ? "is not there any more" : "is not what its digest says";
    return new LambdakitError("RELEASE_DAMAGED", {
      message: `${key} of the release ${id} ${what} in ${this.#store.name}.`,
      fix: damagedFix,
    });
  }
}
