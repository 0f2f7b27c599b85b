import {
  type Access,
  Bucket,
  BucketAdmin,
  Functions,
  Identities,
  LogRetention,
  Tables,
  whoCalls,
} from "../../aws/index.ts";
import type { PolicyDocument, TrustPolicy } from "../../evaluate/index.ts";
import { drillPrefix } from "../../names.ts";
import type { ServicePlan } from "../../plan/index.ts";
import type { AccountDrills, AccountFacts, AccountRole } from "../account-facts.ts";
import type { Unread } from "../unread.ts";

/**
 * Reads what the account of an environment has of a service. Credentials that are of another account leave all of it
 * unread. What they may not look at is unread alone: it says why, so that nobody takes it for right.
 */
export async function gatherAccount(
  plan: ServicePlan,
  access: Access,
): Promise<AccountFacts | Unread> {
  try {
    const { accountId } = await whoCalls(plan.region, access);
    if (accountId !== plan.accountId) {
      return {
        unread: `the credentials are of ${accountId}, and ${plan.environment} is ${plan.accountId}`,
      };
    }
    const [tables, functions, logGroups, buckets, roles, drills, accessKeys] = await Promise.all([
      unreadWhereRefused(readTables(plan, access)),
      unreadWhereRefused(readFunctions(plan, access)),
      unreadWhereRefused(readLogGroups(plan, access)),
      unreadWhereRefused(readBuckets(plan, access)),
      unreadWhereRefused(readRoles(plan, access)),
      unreadWhereRefused(readDrills(plan, access)),
      unreadWhereRefused(readKeys(plan, access)),
    ]);
    const { region } = plan;
    return { accountId, region, tables, functions, logGroups, buckets, roles, drills, accessKeys };
  } catch (error) {
    return unreadBecause(error);
  }
}

async function unreadWhereRefused<Part>(reading: Promise<Part>): Promise<Part | Unread> {
  return reading.catch(unreadBecause);
}

function unreadBecause(error: unknown): Unread {
  return { unread: (error as Error).message.replace(/\n/g, " ") };
}

function readTables({ tables, region }: ServicePlan, access: Access) {
  const gateway = new Tables(region, access);
  return each(tables, async ({ name, arn }) => {
    const state = await gateway.read(name);
    if (state === undefined) return undefined;
    const points = (await gateway.backups(name)) ?? [];
    const { isProtected, hasKey } = state;
    return {
      name,
      arn,
      isProtected,
      hasKey,
      hasPointInTimeRecovery: points.some(({ kind }) => kind === "continuous"),
      restorableTo: points[0]?.at ?? null,
    };
  });
}

function readFunctions({ functions, region, deployment }: ServicePlan, access: Access) {
  const gateway = new Functions(region, access);
  return each(functions, async ({ name, arn }) => {
    const state = await gateway.read(name, deployment.alias);
    if (state === undefined) return undefined;
    const { runtime, memoryMb, timeoutSeconds, variables } = state;
    return { name, arn, runtime, memoryMb, timeoutSeconds, variables };
  });
}

async function readLogGroups({ functions, api, region, deployment }: ServicePlan, access: Access) {
  const gateway = new LogRetention(region, access);
  const planned = [api.logGroup.name, ...functions.map(({ logGroup }) => logGroup.name)];
  const prefixes = [
    `/aws/lambda/${deployment.resourcePrefix}`,
    `/aws/apigateway/${deployment.resourcePrefix}`,
  ];
  const others = planned.filter((name) => !prefixes.some((prefix) => name.startsWith(prefix)));
  return (await Promise.all([...prefixes, ...others].map((prefix) => gateway.list(prefix)))).flat();
}

function readBuckets({ deployment, region }: ServicePlan, access: Access) {
  const gateway = new BucketAdmin(region, access);
  const buckets = [
    { name: deployment.stateBucket, purpose: "state" },
    { name: deployment.artifactBucket, purpose: "artifacts" },
  ] as const;
  return each(buckets, async ({ name, purpose }) => {
    const settings = await gateway.read(name);
    return settings && { name, purpose, ...settings };
  });
}

function readRoles({ functions, deployment, region }: ServicePlan, access: Access) {
  const gateway = new Identities(region, access);
  const { deployRole, planRole, releasesRole } = deployment;
  const ours = deployment.repository === null ? [] : [deployRole, planRole];
  const names = [
    ...functions.map(({ role }) => role.name),
    ...ours,
    ...(releasesRole ? [releasesRole] : []),
  ];
  return each([...new Set(names)], async (name): Promise<AccountRole | undefined> => {
    const role = await gateway.role(name);
    if (role === undefined) return undefined;
    return {
      ...role,
      trust: JSON.parse(role.trust) as TrustPolicy,
      policies: role.policies.map((policy) => ({
        name: policy.name,
        document: JSON.parse(policy.document) as PolicyDocument,
      })),
    };
  });
}

async function readDrills(
  { service, environment, deployment, region }: ServicePlan,
  access: Access,
): Promise<AccountDrills> {
  const bucket = new Bucket(deployment.artifactBucket, region, access);
  if (!(await bucket.exists())) return { lastRecovered: null };
  const keys = await bucket.keys(drillPrefix(service, environment));
  // The newest is the last: keys have a number with zeros before it.
  for (const key of keys.filter((one) => one.endsWith("/report.json")).reverse()) {
    const bytes = (await bucket.read(key)) ?? [];
    const { at, recovered } = JSON.parse(Buffer.from(bytes).toString() || "{}");
    if (recovered === true) return { lastRecovered: at };
  }
  return { lastRecovered: null };
}

async function readKeys({ region }: ServicePlan, access: Access) {
  const keys = await new Identities(region, access).userKeys();
  return keys.map(({ user, id, created }) => ({ user, key: id.slice(0, 4), created }));
}

/** What is there of a list. */
async function each<Item, Result>(
  items: readonly Item[],
  read: (item: Item) => Promise<Result | undefined>,
): Promise<Result[]> {
  const all = await Promise.all(items.map(read));
  return all.flatMap((one) => (one === undefined ? [] : [one]));
}
