import type { WholeAccount } from "../../../src/audit/index.ts";
import { policyDocument, type ServicePlan } from "../../../src/plan/index.ts";

/** An account as a deployment leaves it behind. */
export function cleanAccount(plan: ServicePlan): WholeAccount {
  const { accountId, region, deployment, environment } = plan;
  const subject = `repo:${deployment.repository}:environment:${environment}`;
  return {
    accountId,
    region,
    tables: plan.tables.map(({ name, arn }) => ({
      name,
      arn,
      isProtected: environment !== "dev",
      hasKey: true,
      hasPointInTimeRecovery: true,
      restorableTo: "2026-11-27T11:55:00.000Z",
    })),
    functions: plan.functions.map(
      ({ name, arn, runtime, memoryMb, timeoutSeconds, environmentVariables }) => ({
        name,
        arn,
        runtime,
        memoryMb,
        timeoutSeconds,
        variables: Object.keys(environmentVariables),
      }),
    ),
    logGroups: plan.functions.map(({ logGroup }) => ({
      name: logGroup.name,
      arn: `arn:aws:logs:${region}:${accountId}:log-group:${logGroup.name}`,
      retentionDays: logGroup.retentionDays,
    })),
    buckets: [
      { name: deployment.stateBucket, purpose: "state" as const },
      { name: deployment.artifactBucket, purpose: "artifacts" as const },
    ].map((bucket) => ({
      ...bucket,
      hasVersions: true,
      isEncrypted: true,
      blocksPublicAccess: true,
    })),
    roles: [
      ...plan.functions.map(({ role }) => ({
        name: role.name,
        arn: `arn:aws:iam::${accountId}:role/${role.name}`,
        trust: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow" as const,
              Action: "sts:AssumeRole",
              Principal: { Service: "lambda.amazonaws.com" },
            },
          ],
        },
        policies: [{ name: "statements", document: policyDocument(role.statements) }],
        hasBoundary: true,
      })),
      {
        name: deployment.deployRole,
        arn: `arn:aws:iam::${accountId}:role/${deployment.deployRole}`,
        trust: {
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow" as const,
              Action: "sts:AssumeRoleWithWebIdentity",
              Principal: {
                Federated: `arn:aws:iam::${accountId}:oidc-provider/token.actions.githubusercontent.com`,
              },
              Condition: {
                StringEquals: {
                  "token.actions.githubusercontent.com:aud": "sts.amazonaws.com",
                  "token.actions.githubusercontent.com:sub": subject,
                  "token.actions.githubusercontent.com:ref": "refs/heads/main",
                },
              },
            },
          ],
        },
        policies: [],
        hasBoundary: true,
      },
    ],
    drills: { lastRecovered: "2026-11-20T09:00:00.000Z" },
    accessKeys: [],
  };
}
