/**
 * Runs the Product service's workflows from their first to their last step, each command replaced by one that
 * writes down how it was called: what runs with which words, with whose credentials, and what stops it.
 */
import { spawnSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { runProduct } from "./product-run.ts";
import { productWorkflow } from "./product-workflows.ts";
import type { Call } from "./recording-programs.ts";

/** GitHub's machines have jq; where there is none, nothing can be run. */
const withJq = describe.skipIf(spawnSync("jq", ["--version"]).status !== 0);

const changes = [
  { address: 'module.table["products"]', action: "replace", losesData: true, attributes: [] },
  {
    address: 'module.function["get"]',
    action: "update",
    losesData: false,
    attributes: [{ name: "memory_size", before: "256", after: "512" }],
  },
];
const planned = JSON.stringify({ release: "r-1", planDigest: "sha256:abc", changes });
const promoting = (from: string, to: string) => `npx lambdakit promote --from ${from} --to ${to}`;

/** Whoever ran what, one a line. */
function said(calls: readonly Call[]): string[] {
  return calls.map(({ command, key }) => `${key || "nobody"}: ${command.join(" ")}`);
}
function statuses(jobs: Awaited<ReturnType<typeof runProduct>>["jobs"]) {
  return Object.fromEntries(Object.entries(jobs).map(([id, { status }]) => [id, status]));
}

const tests = [
  "nobody: npm ci",
  "nobody: npm test",
  "nobody: npx lambdakit generate --check",
  "nobody: npx lambdakit audit --severity high",
];

withJq("a pull request", () => {
  const plan = {
    "npx lambdakit plan": { out: JSON.stringify({ changes }), code: 2 },
    "npx lambdakit cost": { out: "### product: what a month costs in dev\n" },
  };
  const comments = "repos/acme/shop/issues/7/comments";

  it("is tested, planned by the role that may look, and commented on by a job that may do nothing else", async () => {
    const { jobs, calls, asked } = await runProduct("pull-request", { answers: plan });
    expect(statuses(jobs)).toEqual({
      test: "success",
      plan: "success",
      cost: "success",
      comment: "success",
    });
    expect(said(calls)).toEqual([
      ...tests,
      "nobody: npm ci",
      "bbws-plan-product-dev: npx lambdakit plan --env dev --json",
      "nobody: npm ci",
      expect.stringMatching(/^nobody: git worktree add --detach \S+\/\.base HEAD\^1$/),
      expect.stringMatching(
        /^nobody: npx lambdakit cost --env dev --markdown --diff-with \S+\/\.base\/services\/product$/,
      ),
      expect.stringMatching(`^nobody: gh api --paginate ${comments} --jq `),
      expect.stringMatching(`^nobody: gh api --method POST ${comments} --field body=@/`),
    ]);
    expect(calls.slice(0, 3).map(({ folder }) => folder)).toEqual([
      ".",
      "services/product",
      "services/product",
    ]);
    expect(asked.map(({ subject }) => subject)).toEqual(["repo:acme/shop:environment:dev-plan"]);
    const text = [
      "### product: what this changes in dev",
      "",
      '- replace `module.table["products"]` **loses data**',
      '- update `module.function["get"]`',
      "  - memory_size: 256 becomes 512",
      "",
    ].join("\n");
    const cost = "### product: what a month costs in dev";
    expect(calls.at(-1)?.file).toBe(`<!-- lambdakit plan: product -->\n${text}\n${cost}`);
    expect(jobs.cost?.summary).toBe(`${cost}\n`);
    expect(jobs.plan?.summary).toBe(text);
  });

  it("of a service that is new has its own cost alone", async () => {
    const { calls } = await runProduct("pull-request", { answers: plan, isKnown: false });
    expect(said(calls)).toContain("nobody: npx lambdakit cost --env dev --markdown");
  });

  it("that has no price says so in its comment, and stops nobody", async () => {
    const { jobs } = await runProduct("pull-request", {
      answers: { ...plan, "npx lambdakit cost": { code: 1 } },
    });
    expect(jobs.cost).toMatchObject({ status: "success", summary: "### product: no cost\n\n" });
    expect(jobs.comment?.status).toBe("success");
  });

  it("has one comment, which is written anew", async () => {
    const { calls } = await runProduct("pull-request", {
      answers: { ...plan, "gh api --paginate": { out: "41\n42\n" } },
    });
    expect(said(calls).at(-1)).toMatch(
      /^nobody: gh api --method PATCH repos\/acme\/shop\/issues\/comments\/41 --field /,
    );
  });

  it("that changes nothing says so", async () => {
    const { jobs } = await runProduct("pull-request", {
      answers: { "npx lambdakit plan": { out: '{"changes":[]}' } },
    });
    expect(jobs.plan?.summary).toContain("\n\nNothing changes.\n");
  });

  it("whose plan fails gets no comment", async () => {
    const { jobs } = await runProduct("pull-request", {
      answers: { "npx lambdakit plan": { out: '{"code":"TERRAFORM_FAILED"}', code: 1 } },
    });
    expect(statuses(jobs)).toMatchObject({ plan: "failure", cost: "success", comment: "skipped" });
    expect(jobs.plan?.steps.at(-1)?.log).toContain("TERRAFORM_FAILED");
  });

  it.each([
    [
      "of a fork",
      { payload: { pull_request: { number: 7, head: { repo: { full_name: "eve/shop" } } } } },
    ],
    ["of a fork that is gone", { payload: { pull_request: { number: 7, head: { repo: null } } } }],
    ["of Dependabot", { actor: "dependabot[bot]" }],
  ])("%s is tested, and gets no role", async (_, event) => {
    const { jobs, asked } = await runProduct("pull-request", { event });
    expect(statuses(jobs)).toEqual({
      test: "success",
      plan: "skipped",
      cost: "success",
      comment: "skipped",
    });
    expect(asked).toEqual([]);
  });

  it.each(["npm test", "npx lambdakit generate --check", "npx lambdakit audit"])(
    "fails where %s does",
    async (command) => {
      const { jobs } = await runProduct("pull-request", {
        answers: { [command]: { code: 2 }, ...plan },
      });
      expect(jobs.test?.status).toBe("failure");
    },
  );
});

withJq("a merge", () => {
  const deployed = {
    "npx lambdakit deploy": { out: '{"release":"r-1","url":"https://api.example.com/v1"}' },
  };

  it("is tested, and deployed to dev by the role that deploys there", async () => {
    const { jobs, calls, asked, artifacts } = await runProduct("deploy-dev", {
      answers: deployed,
      settings: { LAMBDAKIT_URL: "https://api.example.com" },
    });
    expect(said(calls)).toEqual([
      ...tests,
      "nobody: npm ci",
      "bbws-deploy-product-dev: npx lambdakit deploy --env dev --json",
    ]);
    expect(calls.at(-1)?.url).toBe("https://api.example.com");
    expect(asked.map(({ subject }) => subject)).toEqual(["repo:acme/shop:environment:dev"]);
    expect(jobs.deploy?.summary).toBe(
      "### product, dev: release `r-1`\n\nhttps://api.example.com/v1\n",
    );
    expect(artifacts).toMatchObject([
      {
        name: "product-artifacts",
        path: expect.stringContaining(".lambdakit/artifacts"),
        retentionDays: 7,
      },
    ]);
  });

  it("is not deployed where a test fails, nor from another branch", async () => {
    const failed = await runProduct("deploy-dev", { answers: { "npm test": { code: 1 } } });
    expect(statuses(failed.jobs)).toEqual({ test: "failure", deploy: "skipped" });
    const elsewhere = await runProduct("deploy-dev", { event: { ref: "refs/heads/other" } });
    expect(statuses(elsewhere.jobs)).toEqual({ test: "success", deploy: "skipped" });
    expect([...failed.asked, ...elsewhere.asked]).toEqual([]);
  });
});

withJq.each([
  ["deploy-sit", "dev", "sit", { confirmation: "deploy" }, "--confirm=deploy"],
  [
    "deploy-prod",
    "sit",
    "prod",
    { confirmation: "deploy-to-production", reason: 'CHG-1 "; rm -rf $HOME #' },
    '--confirm=deploy-to-production --reason=CHG-1 "; rm -rf $HOME #',
  ],
] as const)("%s", (name, from, to, inputs, confirmed) => {
  const promote = promoting(from, to);
  const answers = {
    [`${promote} --dry-run`]: { out: planned, code: 2 },
    [`${promote} --release=r-0 --dry-run`]: { out: planned.replace("r-1", "r-0"), code: 2 },
    [`${promote} --release=r-1 --plan`]: { out: '{"release":"r-1"}' },
  };

  it("plans, asks reviewers, and promotes exactly what was planned", async () => {
    const gates: string[] = [];
    const onGate = (environment: string) => Boolean(gates.push(environment));
    const run = await runProduct(name, { inputs, answers, onGate });
    expect(statuses(run.jobs)).toEqual({ confirm: "success", plan: "success", deploy: "success" });
    expect(said(run.calls)).toEqual([
      "nobody: npm ci",
      `bbws-plan-product-${to}: ${promote} --dry-run --json`,
      "nobody: npm ci",
      `bbws-deploy-product-${to}: ${promote} --release=r-1 --plan=sha256:abc ${confirmed} --json`,
      // Where nothing stands by, that is all.
      ...(to === "prod"
        ? [`bbws-deploy-product-prod: npx lambdakit dr standby --env prod ${confirmed} --json`]
        : []),
    ]);
    expect(gates).toEqual([`${to}-plan`, to]);
    expect(run.asked.map(({ subject }) => subject)).toEqual([
      `repo:acme/shop:environment:${to}-plan`,
      `repo:acme/shop:environment:${to}`,
    ]);
    expect(run.jobs.plan?.outputs).toEqual({ release: "r-1", plan: "sha256:abc" });
    expect(run.jobs.plan?.summary).toContain(
      `### product: what release r-1 changes in ${to}\n\nPlan sha256:abc\n\n- replace `,
    );
    expect(run.jobs.deploy?.summary).toBe(`### product, ${to}: release \`r-1\`\n`);
    const days = to === "sit" ? 14 : 30;
    expect(run.artifacts.map((one) => [one.name, one.retentionDays])).toEqual([
      [`product-${to}-plan`, days],
      [`product-${to}-promotion`, days],
    ]);
  });

  it("promotes the release that is asked for", async () => {
    const { calls, jobs } = await runProduct(name, {
      inputs: { ...inputs, release: "r-0" },
      answers,
    });
    expect(said(calls)[1]).toBe(
      `bbws-plan-product-${to}: ${promote} --release=r-0 --dry-run --json`,
    );
    expect(jobs.plan?.outputs.release).toBe("r-0");
    expect(said(calls)[3]).toContain("--release=r-0 --plan=");
  });

  const refused: readonly (readonly [string, Readonly<Record<string, string>>])[] = [
    ["another word", { ...inputs, confirmation: "yes" }],
    ["nothing", { ...inputs, confirmation: "" }],
    ["the word in capitals", { ...inputs, confirmation: inputs.confirmation.toUpperCase() }],
    ["a script", { ...inputs, confirmation: '" ]; then :; fi; exit 0 #' }],
    ...("reason" in inputs ? [["no reason", { ...inputs, reason: "" }] as const] : []),
  ];
  it.each(refused)("stops before anything where %s was typed", async (_, typed) => {
    const { jobs, calls, asked } = await runProduct(name, { inputs: typed, answers });
    expect(statuses(jobs)).toEqual({ confirm: "failure", plan: "skipped", deploy: "skipped" });
    expect([calls, asked]).toEqual([[], []]);
    expect(jobs.confirm?.steps[0]?.log).toContain("::error::Nothing was done: ");
  });

  it("stops where the plan fails, where a reviewer refuses, and where AWS does", async () => {
    const failed = await runProduct(name, { inputs, answers: { [promote]: { code: 1 } } });
    expect(statuses(failed.jobs)).toMatchObject({ plan: "failure", deploy: "skipped" });
    const refused = await runProduct(name, { inputs, answers, onGate: (gate) => gate !== to });
    expect(statuses(refused.jobs)).toMatchObject({ plan: "success", deploy: "failure" });
    expect(said(refused.calls)).toHaveLength(2);
    const elsewhere = { name: "acme/shop-2" };
    const untrusted = await runProduct(name, { inputs, answers, repository: elsewhere });
    expect(statuses(untrusted.jobs)).toMatchObject({ plan: "failure", deploy: "skipped" });
    expect(said(untrusted.calls)).toEqual(["nobody: npm ci"]);
  });

  it("gets no role to deploy with where somebody has edited its gates away", async () => {
    const deploys = new RegExp(`^    environment: ${to}\\n`, "m");
    const open = productWorkflow(name).replace(deploys, "");
    const run = await runProduct(name, { inputs, answers, text: open });
    expect(statuses(run.jobs)).toMatchObject({ plan: "success", deploy: "failure" });
    expect(run.asked.at(-1)?.subject).toBe("repo:acme/shop:ref:refs/heads/main");
    const anywhere = productWorkflow(name).replace(/^ {4}if: github\.ref == .*\n/gm, "");
    const event = { ref: "refs/heads/other" };
    const other = await runProduct(name, { inputs, answers, text: anywhere, event });
    expect(statuses(other.jobs)).toMatchObject({ plan: "success", deploy: "failure" });
    for (const { jobs, calls } of [run, other]) {
      expect(jobs.deploy?.steps.at(-1)?.log).toBe("not authorised");
      expect(said(calls).filter((one) => one.includes("deploy-product"))).toEqual([]);
    }
  });

  it("fails where the promotion does, whatever its exit code, and says why", async () => {
    const out = '{"code":"DEPLOY_PLAN_STALE"}';
    const stale = { ...answers, [`${promote} --release=r-1 --plan`]: { out, code: 2 } };
    const { jobs } = await runProduct(name, { inputs, answers: stale });
    expect(jobs.deploy?.status).toBe("failure");
    expect(jobs.deploy?.steps.at(-1)).toMatchObject({ title: "Promote", log: out });
  });

  it("does nothing from another branch", async () => {
    const { jobs, calls } = await runProduct(name, { inputs, event: { ref: "refs/heads/other" } });
    expect(statuses(jobs)).toEqual({ confirm: "skipped", plan: "skipped", deploy: "skipped" });
    expect(calls).toEqual([]);
  });
});

withJq("the runner", () => {
  it("gives no credentials to a job that may ask for no token", async () => {
    const text = productWorkflow("deploy-dev").replace("      id-token: write\n", "");
    const { jobs, asked } = await runProduct("deploy-dev", { text });
    expect(jobs.deploy?.steps.at(-1)?.log).toBe("the job may ask for no token");
    expect(asked).toEqual([]);
  });

  it.each([
    [
      "a key",
      "    timeout-minutes: 60\n",
      "    strategy: { matrix: { a: [1] } }\n",
      "strategy of a job",
    ],
    ["an action", "hashicorp/setup-terraform", "acme/setup", "acme/setup"],
    ["a context", "github.ref ==", "job.ref ==", "job is not known here"],
    ["a name", "github.ref ==", "github.reff ==", "there is no github.reff"],
    ["a function", "github.ref ==", "hashFiles() && github.ref ==", "hashFiles() is not known"],
    ["an operator", "github.ref ==", "github.ref <", "is not known here: <"],
    ["a trigger", "  push:\n", "  schedule:\n", "push does not start this workflow"],
  ])("throws at %s that it does not know", async (_, from, to, message) => {
    const text = productWorkflow("deploy-dev").replace(from, to);
    await expect(runProduct("deploy-dev", { text })).rejects.toThrow(message);
  });

  it("takes a form for what it is", async () => {
    await expect(runProduct("deploy-sit")).rejects.toThrow("the form needs confirmation");
    const odd = { inputs: { confirmation: "deploy", colour: "red" } };
    await expect(runProduct("deploy-sit", odd)).rejects.toThrow("the form has no colour");
  });
});

withJq("a week", () => {
  it("is rehearsed by nobody who could touch an account, and its report is kept", async () => {
    const { jobs, calls, asked, artifacts } = await runProduct("rehearse");
    expect(statuses(jobs)).toEqual({ rehearse: "success" });
    expect(said(calls)).toEqual([
      "nobody: pipx install moto[server]==5.2.1",
      "nobody: npm ci",
      "nobody: npx lambdakit rehearse",
    ]);
    expect(calls.at(-1)?.folder).toBe("services/product");
    expect(asked).toEqual([]);
    expect(jobs.rehearse?.summary).toBe("# It\n");
    expect(artifacts).toMatchObject([
      {
        name: "product-rehearsal",
        path: expect.stringContaining("services/product/.lambdakit/rehearsal"),
        retentionDays: 30,
      },
    ]);
  });

  it("that misses a target fails, and its report is kept all the same", async () => {
    const { jobs, artifacts } = await runProduct("rehearse", {
      answers: { "npx lambdakit rehearse": { code: 1 } },
    });
    expect(jobs.rehearse).toMatchObject({ status: "failure", summary: "# It\n" });
    expect(artifacts).toHaveLength(1);
  });
});
