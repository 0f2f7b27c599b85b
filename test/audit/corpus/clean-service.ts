import { cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type AuditFacts, gatherFiles, gatherHistory } from "../../../src/audit/index.ts";
import { generatedFiles } from "../../../src/generate/index.ts";
import { environmentNames } from "../../../src/manifest/index.ts";
import type { ServicePlan } from "../../../src/plan/index.ts";
import { runProgram } from "../../../src/system/index.ts";
import { productManifest, productPlan } from "../../product-plan.ts";
import { cleanAccount } from "./clean-account.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const service = "services/product";
const site = {
  service,
  installation: ".",
  toolkit: "node_modules/lambdakit",
  toolkitSource: null,
  formatter: null,
};

/** The day of the corpus: 90 days before the runtime's end are still to come. */
export const corpusDay = "2026-11-27T12:00:00.000Z";

/** Of every environment. */
export const cleanPlans: readonly ServicePlan[] = environmentNames.map(productPlan);

/** What a person writes beside the service, and what they are asked for by the rules. */
const written: Readonly<Record<string, string>> = {
  ".gitignore": ".env\nnode_modules/\n.lambdakit/\n*.tfstate\n*.tfstate.*\n*.tfplan\n",
  ".github/dependabot.yml": `version: 2
updates:
  - package-ecosystem: npm
    directory: /
    schedule: { interval: weekly }
  - package-ecosystem: github-actions
    directory: /
    schedule: { interval: weekly }
`,
  ".github/CODEOWNERS": "* @bbws/products\n",
  ".github/workflows/lint.yml": `name: lint
on: [pull_request]
permissions:
  contents: read
jobs:
  lint:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
      - run: npm run lint
`,
  "lefthook.yml": "pre-commit:\n  commands:\n    audit:\n      run: npx lambdakit audit\n",
  "SECURITY.md": "# Security\n\nWrite to security@bbws.example.\n",
  "package.json": `{
  "name": "shop",
  "private": true,
  "license": "UNLICENSED",
  "workspaces": ["services/*"],
  "devDependencies": {
    "typescript": "7.0.2"
  }
}
`,
  "package-lock.json": `${JSON.stringify(
    {
      name: "shop",
      lockfileVersion: 3,
      packages: {
        "": { name: "shop", license: "UNLICENSED", devDependencies: { typescript: "7.0.2" } },
        "node_modules/typescript": locked("typescript", "7.0.2", "Apache-2.0", true),
        "node_modules/zod": locked("zod", "4.6.7", "MIT", false),
        "node_modules/tslib": locked("tslib", "2.8.1", "0BSD", false),
      },
    },
    null,
    2,
  )}\n`,
};

function locked(name: string, version: string, license: string, dev: boolean) {
  const resolved = `https://registry.example.com/${name}/-/${name}-${version}.tgz`;
  const integrity = `sha512-${Buffer.from(name.repeat(8)).toString("base64")}==`;
  return { version, resolved, integrity, license, ...(dev && { dev }) };
}

/** The Product service's repository as it should be, with its Terraform ejected, committed once. */
export async function writeCleanService(folder: string): Promise<void> {
  for (const part of ["service.ts", "src", "sample-data.json"]) {
    const from = path.join(root, service, part);
    await cp(from, path.join(folder, service, part), { recursive: true });
  }
  for (const part of ["stacks/service", "modules"]) {
    const to = path.join(folder, service, "terraform", part);
    await cp(path.join(root, "terraform", part), to, {
      recursive: true,
      filter: (file) =>
        !/modules\/(?:deployer|github-role|releases-reader|bucket|alarm-key)|\/tests(?:\/|$)/.test(
          file,
        ),
    });
  }
  for (const [file, text] of Object.entries(written)) await write(folder, file, text);
  for (const generated of generatedFiles(productManifest(), cleanPlans, site)) {
    const current = await readFile(path.join(folder, generated.path), "utf8").catch(
      () => undefined,
    );
    await write(folder, generated.path, generated.render(current).text);
  }
  await git(folder, "init", "--quiet");
  await git(folder, "add", ".");
  await commit(folder, "the service");
}

export async function commit(folder: string, message: string): Promise<void> {
  const as = ["-c", "user.name=somebody", "-c", "user.email=somebody@bbws.example"];
  await git(
    folder,
    ...as,
    "-c",
    "core.hooksPath=/dev/null",
    "commit",
    "--quiet",
    "--all",
    "--message",
    message,
  );
}

export async function git(folder: string, ...args: string[]): Promise<void> {
  const { status, complaint } = await runProgram("git", args, { directory: folder });
  if (status !== 0) throw new Error(complaint);
}

export async function write(folder: string, file: string, text: string): Promise<void> {
  await mkdir(path.dirname(path.join(folder, file)), { recursive: true });
  await writeFile(path.join(folder, file), text);
}

/** Everything that is known of it, with what GitHub says. */
export async function factsOf(folder: string, gitHub: AuditFacts["gitHub"]): Promise<AuditFacts> {
  const files = await gatherFiles(folder);
  const history = await historyOf(folder, files);
  return {
    subject: {
      service: "product",
      folder: service,
      installation: ".",
      plans: cleanPlans,
      now: corpusDay,
    },
    files: { ...files, stale: [] },
    history,
    advisories: { advisories: [] },
    gitHub,
    accounts: cleanPlans.map((plan) => ({
      environment: plan.environment,
      account: cleanAccount(plan),
    })),
  };
}

export function historyOf(folder: string, now: Pick<AuditFacts["files"], "files" | "paths">) {
  const interrupted = new AbortController().signal;
  return gatherHistory({ root: folder, now, budgetMs: 60_000, interrupted, onProgress: () => {} });
}
