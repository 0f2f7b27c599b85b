import { describe, expect, it } from "vitest";
import { productPlans, productWorkflows } from "../../../test/workflows/product-workflows.ts";
import {
  isUnreadable,
  jobIdentities,
  parseWorkflow,
  repositoryOf,
  subjectClaim,
  type Workflow,
} from "../index.ts";

const repository = { name: "acme/shop" };

function read(file: string, text: string): Workflow {
  const workflow = parseWorkflow(file, text);
  if (isUnreadable(workflow)) throw new Error(workflow.reason);
  return workflow;
}
const workflows = productWorkflows.map(({ path, text }) => read(path, text));

describe("who asks AWS for which role", () => {
  it("is one job for each role, in the environment that the role trusts", () => {
    const role = (account: string, purpose: string, environment: string) =>
      `arn:aws:iam::${account}:role/bbws-${purpose}-product-${environment}`;
    const identities = jobIdentities(workflows, repository).map((one) => [
      one.workflow.replace(/.*product-(.*)\.yml/, "$1"),
      one.job,
      one.roleArn,
      one.subject,
    ]);
    const subject = (environment: string) => `repo:acme/shop:environment:${environment}`;
    expect(identities).toEqual([
      ["pull-request", "plan", role("536580886816", "plan", "dev"), subject("dev-plan")],
      ["deploy-dev", "deploy", role("536580886816", "deploy", "dev"), subject("dev")],
      ["deploy-sit", "plan", role("815856636111", "plan", "sit"), subject("sit-plan")],
      ["deploy-sit", "deploy", role("815856636111", "deploy", "sit"), subject("sit")],
      ["deploy-prod", "plan", role("093646564004", "plan", "prod"), subject("prod-plan")],
      ["deploy-prod", "deploy", role("093646564004", "deploy", "prod"), subject("prod")],
    ]);
  });

  it("is told AWS in claims, as GitHub documents them", () => {
    const identity = jobIdentities(workflows, repository).find(({ subject }) =>
      subject.endsWith(":prod"),
    );
    const file = "acme/shop/.github/workflows/product-deploy-prod.yml@refs/heads/main";
    expect(identity).toMatchObject({ environment: "prod", audience: "sts.amazonaws.com" });
    expect(identity?.claims).toEqual({
      iss: "https://token.actions.githubusercontent.com",
      aud: "sts.amazonaws.com",
      sub: "repo:acme/shop:environment:prod",
      repository: "acme/shop",
      repository_owner: "acme",
      ref: "refs/heads/main",
      ref_type: "branch",
      event_name: "workflow_dispatch",
      workflow: "product: deploy to prod",
      workflow_ref: file,
      job_workflow_ref: file,
      runner_environment: "github-hosted",
      environment: "prod",
    });
  });

  it("is asked with the audience that the step names, and for other occasions than its own", () => {
    const text = `
      on: [push, pull_request]
      jobs:
        a:
          steps:
            - uses: aws-actions/configure-aws-credentials@v6
              with: { role-to-assume: "arn:a", audience: elsewhere }
            - run: echo no role`;
    const workflow = read(".github/workflows/x.yml", text);
    const all = jobIdentities([workflow], repository);
    expect(
      all.map(({ environment, audience, subject }) => [environment, audience, subject]),
    ).toEqual([
      [null, "elsewhere", "repo:acme/shop:ref:refs/heads/main"],
      [null, "elsewhere", "repo:acme/shop:pull_request"],
    ]);
    const tag = { event: "push", ref: "refs/tags/v1" };
    const [identity] = jobIdentities([workflow], repository, tag);
    expect(identity?.claims).toMatchObject({
      sub: "repo:acme/shop:ref:refs/tags/v1",
      ref_type: "tag",
    });
    expect(identity?.claims).not.toHaveProperty("environment");
  });

  it("has numbers in its subject where the repository has GitHub's immutable form", () => {
    const ids = { owner: "123456", repository: "456789" };
    const immutable = { name: "acme/shop", ids };
    const [identity] = jobIdentities(workflows, immutable);
    expect(identity?.subject).toBe("repo:acme@123456/shop@456789:environment:dev-plan");
    expect(identity?.claims).toMatchObject({
      repository: "acme/shop",
      repository_owner_id: "123456",
      repository_id: "456789",
    });
    const job = { environment: "a:b", event: "push", ref: "refs/heads/main" };
    expect(subjectClaim(repository, job)).toBe("repo:acme/shop:environment:a%3Ab");
  });

  it("follows from the manifest: the repository's name, its numbers where they are stated, the branch", () => {
    const of = (written: string | null, branch = "main") =>
      productPlans
        .slice(0, 1)
        .map(({ deployment, ...plan }) =>
          repositoryOf({ ...plan, deployment: { ...deployment, repository: written, branch } }),
        )[0];
    expect(of(null)).toBeNull();
    expect(of("acme/shop")).toEqual({ name: "acme/shop", branch: "main" });
    const ids = { owner: "1234", repository: "5678" };
    const numbered = of("acme@1234/shop@5678", "trunk");
    expect(numbered).toEqual({ name: "acme/shop", branch: "trunk", ids });
    const [, deploy] = jobIdentities(workflows, numbered ?? repository);
    expect(deploy?.subject).toBe("repo:acme@1234/shop@5678:environment:dev");
    expect(deploy?.claims).toMatchObject({
      repository: "acme/shop",
      ref: "refs/heads/trunk",
      workflow_ref: "acme/shop/.github/workflows/product-deploy-dev.yml@refs/heads/trunk",
    });
  });
});
