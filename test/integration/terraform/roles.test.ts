/**
 * Who may take on which role, and what it may then: the policies that Terraform has made for three accounts
 * and two services, held against everybody who could ask. The emulator evaluates nothing; `src/evaluate` does.
 */
import { beforeAll, describe, expect, it } from "vitest";
import product from "../../../services/product/service.ts";
import { findMoto } from "../../../src/emulator/start-moto.ts";
import { type AccessRequest, evaluateTrust } from "../../../src/evaluate/index.ts";
import { environmentNames, type Manifest, validateManifest } from "../../../src/manifest/index.ts";
import { planService, type ServicePlan, standbyPlan } from "../../../src/plan/index.ts";
import { findTerraform, isLacking } from "../../terraform.ts";
import { type AccountRole, makeAccountRoles } from "../../trust/account-roles.ts";
import { commandCalls, watchingCalls } from "../../trust/command-calls.ts";
import { derivedRoles } from "../../trust/derived-roles.ts";
import { heardActions, replicaActions, unheardActions } from "../../trust/heard-actions.ts";
import {
  type Identity,
  intended,
  people,
  wrongBranches,
  wrongJobs,
  wrongPrincipals,
} from "../../trust/identities.ts";
import {
  branchMutations,
  gitHubMutations,
  type Mutation,
  releasesMutations,
} from "../../trust/mutations.ts";
import {
  allowAll,
  honest,
  isReading,
  requestsOf,
  rights,
  withoutConditions,
  withoutDenials,
  wrongRequests,
} from "../../trust/role-requests.ts";
import { strayJobs, workflowJobs } from "../../trust/workflow-jobs.ts";
import { wrongPairs } from "../../trust/wrong-pairs.ts";

type Kind = "deploy" | "plan" | "releases";

const { tools, lacks } = findTerraform();
const isSkipped = isLacking([...lacks, ...findMoto()], "Nobody asks for the account's roles");

const order = {
  ...product,
  name: "order",
  // In GitHub's immutable form, as repositories are that were made lately.
  repository: "BigBeardWebSolutions@1234/orders@5678",
  branch: "trunk",
  tables: { products: { ...product.tables?.products, name: "orders-{environment}" } },
};
const plans = [product, order].flatMap((definition) =>
  environmentNames.map((name) => planOf(definition, name)),
);
const standbys = [product, order].flatMap(
  (definition) => standbyPlan(manifestOf(definition), "prod") ?? [],
);
const meant = [...intended(plans), ...people(plans)];
const attackers = plans.flatMap((plan) => [
  ...wrongJobs(plan, plan.environment),
  ...wrongJobs(plan, `${plan.environment}-plan`),
  ...wrongBranches(plan),
  ...wrongPrincipals(plan),
]);

describe.skipIf(isSkipped)("the account's roles", { timeout: 300_000 }, () => {
  let roles: readonly AccountRole[] = [];

  beforeAll(async () => {
    if (tools !== undefined) roles = await makeAccountRoles(plans, tools);
  }, 300_000);

  it("are those that the plans name", () => {
    const named = plans.flatMap(({ deployment: { deployRole, planRole, releasesRole } }) => [
      deployRole,
      planRole,
      ...(releasesRole === null ? [] : [releasesRole]),
    ]);
    expect(roles.map(({ name }) => name).sort()).toEqual(named.sort());
  });

  it("let in those who are meant, and nobody else", () => {
    expect(attackers.length).toBeGreaterThan(300);
    expect(wrongPairs(roles, [...meant, ...attackers])).toEqual([]);
    // Nobody is meant in vain: each role has somebody, and each identity its role.
    const taken = new Set(meant.flatMap(({ takesOn }) => takesOn));
    expect(roles.filter(({ name }) => !taken.has(name))).toEqual([]);
  });

  it.each(["product", "order"])(
    "of %s let in each job of its workflows, as far as this",
    (service) => {
      const jobs = workflowJobs(plans.filter((plan) => plan.service === service));
      const pairs = jobs.map(({ place, event, gate, mayAsk, identity }) => {
        const taken = rolesOf(identity).map(({ name }) => name);
        return [place, event, gate, mayAsk, taken.join()];
      });
      const role = (purpose: string, environment: string) =>
        `bbws-${purpose}-${service}-${environment}`;
      const typed = "workflow_dispatch";
      expect(pairs).toEqual([
        ["pull-request / test", "pull_request", null, false, ""],
        ["pull-request / plan", "pull_request", "dev-plan", true, role("plan", "dev")],
        ["pull-request / cost", "pull_request", null, false, ""],
        ["pull-request / comment", "pull_request", null, false, ""],
        ["deploy-dev / test", "push", null, false, ""],
        ["deploy-dev / deploy", "push", "dev", true, role("deploy", "dev")],
        ["deploy-sit / confirm", typed, null, false, ""],
        ["deploy-sit / plan", typed, "sit-plan", true, role("plan", "sit")],
        ["deploy-sit / deploy", typed, "sit", true, role("deploy", "sit")],
        ["deploy-prod / confirm", typed, null, false, ""],
        ["deploy-prod / plan", typed, "prod-plan", true, role("plan", "prod")],
        ["deploy-prod / deploy", typed, "prod", true, role("deploy", "prod")],
        ["rehearse / rehearse", "schedule", null, false, ""],
      ]);
      for (const { place, asksFor, identity } of jobs) {
        const taken = rolesOf(identity).map(
          ({ accountId, name }) => `arn:aws:iam::${accountId}:role/${name}`,
        );
        expect(asksFor, place).toEqual(taken);
      }
    },
  );

  it.each(["product", "order"])("of %s refuse its jobs astray, but for planning", (service) => {
    const stray = strayJobs(plans.filter((plan) => plan.service === service));
    const letIn = stray.flatMap(({ how, place, identity }) =>
      rolesOf(identity).map(({ name }) => `${place} ${how}: ${name}`),
    );
    // Whoever may push to the repository may plan, on any branch: it changes nothing.
    const planners = { "pull-request": "dev", "deploy-sit": "sit", "deploy-prod": "prod" };
    expect(letIn).toEqual(
      Object.entries(planners).flatMap(([workflow, environment]) =>
        ["started on another branch", "brought by a pull request"].map(
          (how) => `${workflow} / plan ${how}: bbws-plan-${service}-${environment}`,
        ),
      ),
    );
    expect(stray).toHaveLength(13 * 7);
  });

  it("trust whom they are derived to trust", () => {
    for (const { plan, role } of [...owned("deploy"), ...owned("plan")]) {
      const derived = derivedRoles(plan).find(({ name }) => name === role.name);
      expect(derived?.trust, role.name).toEqual(role.trust);
      expect(derived?.accountId).toBe(role.accountId);
    }
  });

  it("may do all that their policies say: no boundary takes away what is needed", () => {
    for (const { plan, role } of owned()) {
      const may = rights(role);
      const requests = requestsOf(role, honest(plan));
      // Who copies releases has five, the fewest: see "read releases as the next account".
      expect(requests.length).toBeGreaterThanOrEqual(5);
      const denied = requests.filter((one) => !may(one));
      expect(denied, role.name).toEqual([]);
    }
  });

  it("may do what the commands call: deploying all of it, planning what changes nothing", () => {
    for (const plan of plans) {
      const { planning, changing } = commandCalls(plan);
      const looks = [...planning, ...watchingCalls(plan)];
      expect(Math.min(looks.length, changing.length)).toBeGreaterThan(50);
      const mayDeploy = rights(roleOf("deploy", plan));
      expect([...looks, ...changing].filter((one) => !mayDeploy(one))).toEqual([]);
      const mayPlan = rights(roleOf("plan", plan));
      expect(looks.filter((one) => !mayPlan(one))).toEqual([]);
      expect(changing.filter(mayPlan)).toEqual([]);
    }
  });

  it("may do the same where the service stands by", () => {
    expect(standbys).toHaveLength(2);
    for (const standby of standbys) {
      const { planning, changing } = commandCalls(standby);
      const mayDeploy = rights(roleOf("deploy", standby));
      expect([...planning, ...changing].filter((one) => !mayDeploy(one))).toEqual([]);
      const mayPlan = rights(roleOf("plan", standby));
      expect(planning.filter((one) => !mayPlan(one))).toEqual([]);
      expect(changing.filter(mayPlan)).toEqual([]);
    }
  });

  it("deploy with no action that nothing asks for, be it to make, to change or to delete", () => {
    for (const { plan, role } of owned("deploy")) {
      const { planning, changing } = commandCalls(plan);
      const called = [...planning, ...watchingCalls(plan), ...changing].map(({ action }) => action);
      const unheard = [
        ...Object.keys(unheardActions),
        ...(plan.recovery.standby === null ? [] : replicaActions),
      ];
      const asked = new Set([...called, ...heardActions, ...unheard]);
      const granted = [...new Set(requestsOf(role, honest(plan)).map(({ action }) => action))];
      expect(
        granted.filter((action) => !asked.has(action)),
        role.name,
      ).toEqual([]);
      const withoutPolicy = unheard.filter((one) => !granted.includes(one));
      expect(withoutPolicy).toEqual([]);
    }
  });

  it("read what promote copies as the role that is there for it", () => {
    for (const { plan, role } of owned("releases")) {
      const { planning, reading } = commandCalls(plan);
      const may = rights(role);
      expect(reading.filter((one) => !may(one))).toEqual([]);
      expect(planning.filter((one) => may(one) && !reading.includes(one))).toEqual([]);
    }
  });

  it("change nothing where they plan but the state's lock, and read all that deploying reads", () => {
    for (const { plan, role } of owned("plan")) {
      const may = rights(role);
      const isMeant = ({ action, resource }: AccessRequest) =>
        isReading(action) || /^(kms|sts):/.test(action) || resource.endsWith(".tflock");
      const requests = requestsOf(roleOf("deploy", plan), honest(plan));
      const wrong = requests.filter((one) => may(one) !== isMeant(one));
      expect(wrong, role.name).toEqual([]);
    }
  });

  it("read releases as the next account, and nothing else of what deploying may", () => {
    for (const { plan, role } of owned("releases")) {
      const { deployment, environment, service, region, accountId } = plan;
      const bucket = `arn:aws:s3:::${deployment.artifactBucket}`;
      const allowed = requestsOf(roleOf("deploy", plan), honest(plan)).filter(rights(role));
      expect(allowed.map(({ action, resource }) => `${action} ${resource}`).sort()).toEqual([
        `kms:Decrypt arn:aws:kms:${region}:${accountId}:key/one`,
        `s3:GetObject ${bucket}/artifacts/one`,
        `s3:GetObject ${bucket}/deployments/${service}/${environment}/one`,
        `s3:GetObject ${bucket}/releases/${service}/one`,
        `s3:ListBucket ${bucket}`,
      ]);
    }
  });

  it("keep to their own service and environment, replace no record, and cannot widen themselves", () => {
    for (const { plan, role } of owned()) {
      const wrong = wrongRequests(plan);
      expect(wrong.filter(rights({ ...role, boundary: allowAll })), role.name).toEqual([]);
      const powerful = rights({ ...role, policy: allowAll });
      const beyond = wrong.filter((one) => one.isNever && powerful(one));
      expect(beyond, role.name).toEqual([]);
    }
  });

  it("need each condition of what deploying may, and each denial of its boundary", () => {
    for (const { plan, role } of owned("deploy")) {
      const wrong = wrongRequests(plan);
      const open = withoutConditions(role.policy).map((policy) => ({ policy, boundary: allowAll }));
      const unbound = withoutDenials(role.boundary).map((boundary) => ({
        policy: allowAll,
        boundary,
      }));
      expect([open.length, unbound.length]).toEqual([plan.recovery.standby === null ? 6 : 8, 10]);
      const never = wrong.filter(({ isNever }) => isNever);
      expect(
        open.filter((one) => !wrong.some(rights(one))),
        role.name,
      ).toEqual([]);
      expect(
        unbound.filter((one) => !never.some(rights(one))),
        role.name,
      ).toEqual([]);
    }
  });

  /** Those that let somebody in, in whichever account. */
  function rolesOf(identity: Identity): AccountRole[] {
    return roles.filter(
      ({ trust, accountId }) => evaluateTrust(trust, identity.in(accountId)).effect === "allowed",
    );
  }

  /** The roles that are there, each with the plan that it is of. */
  function owned(only?: Kind) {
    const kinds = only === undefined ? (["deploy", "plan", "releases"] as const) : [only];
    return plans.flatMap((plan) =>
      kinds
        .filter((kind) => kind !== "releases" || plan.deployment.releasesRole !== null)
        .map((kind) => ({ plan, role: roleOf(kind, plan) })),
    );
  }

  function roleOf(kind: Kind, { service, environment }: ServicePlan): AccountRole {
    const role = roles.find(({ name }) => name === `bbws-${kind}-${service}-${environment}`);
    if (role === undefined) throw new Error(`no ${kind} role of ${service} in ${environment}`);
    return role;
  }

  describe("would be found to be open", () => {
    const kinds: [kind: string, mutations: readonly Mutation[]][] = [
      ["deploy", [...gitHubMutations, ...branchMutations]],
      ["plan", gitHubMutations],
      ["releases", releasesMutations],
    ];
    const cases = kinds.flatMap(([kind, mutations]) =>
      mutations.map(([says, mutate]) => ({ kind, says, mutate })),
    );

    it.each(cases)("for $kind, with $says", ({ kind, mutate }) => {
      const own = roles.filter(({ name }) => name.startsWith(`bbws-${kind}-product-`));
      expect(own.length).toBeGreaterThan(1);
      for (const role of own) {
        const mutated = { ...role, trust: mutate(role.trust) };
        const wrong = wrongPairs([mutated], [...meant, ...attackers]);
        expect(
          wrong.some(({ isLetIn }) => isLetIn),
          role.name,
        ).toBe(true);
      }
    });
  });
});

function planOf(definition: object, environment: (typeof environmentNames)[number]): ServicePlan {
  return planService(manifestOf(definition), environment);
}

function manifestOf(definition: object): Manifest {
  const validation = validateManifest(definition);
  if (!validation.ok) throw new Error(JSON.stringify(validation.problems));
  return validation.manifest;
}
