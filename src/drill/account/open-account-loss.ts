import { type Access, Bucket, signingKey } from "../../aws/index.ts";
import { LambdakitError } from "../../errors/index.ts";
import { bucketNames, drillPrefix } from "../../names.ts";
import type { ServicePlan } from "../../plan/index.ts";
import type { AccountLoss } from "../drill-ports.ts";
import type { KeptRecords } from "../kept-records.ts";
import { emptyAccount } from "./emulated-account.ts";
import { type MadeResource, madeResources } from "./made-resources.ts";
import { canBeLost } from "./resource-losses.ts";

export interface AccountLossOptions {
  readonly plan: ServicePlan;
  readonly access: Access;
  /** The emulator's address, or what stands in front of it. */
  readonly url: string;
  readonly records: KeptRecords;
}

/** An account of an emulator that can be emptied: of everything that any of Terraform's states there knows. */
export function openAccountLoss({ plan, access, url, records }: AccountLossOptions): AccountLoss {
  const { region, service, environment } = plan;
  const prefix = drillPrefix(service, environment);
  const places = placesOf(plan);
  const resources = async (): Promise<MadeResource[]> => {
    const all = await Promise.all(places.map((place) => resourcesIn(place, access)));
    return all.flat();
  };
  return {
    async requireKnown() {
      const types = new Set((await resources()).map(({ type }) => type));
      const unknown = [...types].filter((type) => !canBeLost(type)).sort();
      if (unknown.length === 0) return;
      throw new LambdakitError("DRILL_REFUSED", {
        message: `The account has ${unknown.join(", ")}, which a drill cannot lose: what is left would be in the way of a rebuild.`,
        fix: `lambdakit dr drill table-lost --env ${environment} loses less`,
      });
    },
    keepRecords: () => records.keepAside(prefix),
    async lose() {
      const key = await signingKey(region, access);
      // The states that tell of everything go last.
      const buckets = [
        ...places.map(({ artifactBucket }) => artifactBucket),
        ...places.map(({ stateBucket }) => stateBucket),
      ];
      await emptyAccount({ url, region, ...key }, await resources(), buckets);
    },
    returnRecords: () => records.bringBack(prefix),
  };
}

/** A region of the account, and the buckets that it has there. */
interface Place {
  readonly region: string;
  readonly stateBucket: string;
  readonly artifactBucket: string;
}

function placesOf({ accountId, region, deployment: { prefix }, recovery }: ServicePlan): Place[] {
  const standbys = [recovery.standby].flatMap((standby) => (standby ? [standby.region] : []));
  return [...standbys, region].map((one) => ({
    region: one,
    ...bucketNames(prefix, accountId, one),
  }));
}

async function resourcesIn(
  { region, stateBucket }: Place,
  access: Access,
): Promise<MadeResource[]> {
  const states = new Bucket(stateBucket, region, access);
  if (!(await states.exists())) return [];
  const keys = (await states.keys("")).filter((key) => key.endsWith(".tfstate"));
  const all = await Promise.all(keys.map((key) => states.read(key)));
  return all.flatMap((state) => (state === undefined ? [] : madeResources(state, region)));
}
