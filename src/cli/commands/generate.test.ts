import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";

const manifest = `
  import { defineService } from "lambdakit";
  const environment = {
    accountId: "123456789012", region: "eu-west-1", logLevel: "INFO", logRetentionDays: 7,
  } as const;
  export default defineService({
    name: "greeter",
    prefix: "acme",
    description: "Greets",
    api: { cors: { allowOrigins: ["*"] } },
    tables: {},
    functions: {
      greet: { description: "Greet", entry: "greet.ts", routes: ["GET /greeting"], auth: "none" },
    },
    environments: {
      dev: { ...environment, approval: "none" },
      sit: { ...environment, approval: "confirm" },
      prod: { ...environment, approval: "confirm-and-reason" },
    },
  });
`;
// biome-ignore lint/suspicious/noTemplateCurlyInString: the editor fills it in.
const workspace = "${workspaceFolder}";

const launchFile = ".vscode/launch.json";
const differences = [
  'there is no "lambdakit: greeter"',
  'there is no "lambdakit: greeter (attach)"',
];

const noFile = "there is no such file";
const variableFiles = ["dev", "sit", "prod"].map(
  (name) => `services/greeter/terraform/environments/${name}.tfvars.json`,
);
const runbooks = [
  "alarms",
  "deployment",
  "operations",
  "disaster-recovery",
  "development",
  "ci-cd",
].map((name) => `services/greeter/runbooks/${name}.md`);
const derived = [...variableFiles, ...runbooks, "lefthook.yml"];
const unchanged = [launchFile, ...derived].map((file) => `unchanged  ${file}\n`).join("");

describe("lambdakit generate", () => {
  it("writes launch.json at the root of the git repository, and says so", async () => {
    const { root, generate, read } = await useService();
    const { exitCode, stdout, stderr } = await generate();
    expect([exitCode, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(
      [
        "wrote      .vscode/launch.json",
        ...differences.map((one) => `           ${one}`),
        ...derived.flatMap((file) => [`wrote      ${file}`, `           ${noFile}`]),
        "",
      ].join("\n"),
    );
    expect(JSON.parse(await read()).configurations[0]).toMatchObject({
      name: "lambdakit: greeter",
      program: `${workspace}/node_modules/lambdakit/dist/cli/bin.js`,
      cwd: `${workspace}/services/greeter`,
    });
    expect(await readdir(path.join(root, ".vscode"))).toEqual(["launch.json"]);
  });

  it("takes files that git has checked out on Windows for what they are", async () => {
    const { root, generate } = await useService();
    await generate();
    const files = [launchFile, ...derived].map((file) => path.join(root, file));
    for (const file of files) {
      await writeFile(file, (await readFile(file, "utf8")).replaceAll("\n", "\r\n"));
    }
    const { exitCode, stdout } = await generate("--check");
    expect([exitCode, stdout]).toEqual([0, unchanged]);
  });

  it("writes nothing the second time", async () => {
    const { generate, read } = await useService();
    await generate();
    const before = await read();
    const { exitCode, stdout } = await generate();
    expect([exitCode, stdout]).toEqual([0, unchanged]);
    expect(await read()).toBe(before);
  });

  it("uses the toolkit that is installed for the service", async () => {
    const { root, directory, generate, read } = await useService();
    await mkdir(path.join(root, "node_modules/lambdakit"), { recursive: true });
    await mkdir(path.join(directory, "node_modules/lambdakit"), { recursive: true });
    await generate();
    expect(JSON.parse(await read()).configurations[0].program).toBe(
      `${workspace}/services/greeter/node_modules/lambdakit/dist/cli/bin.js`,
    );
  });

  it("writes beside service.ts where there is no git repository", async () => {
    const { directory, generate } = await useService({ git: false });
    expect((await generate()).exitCode).toBe(0);
    const text = await readFile(path.join(directory, launchFile), "utf8");
    expect(JSON.parse(text).configurations[0].cwd).toBe(workspace);
  });

  it("with --check, writes nothing, and ends with 2 while a file is not up to date", async () => {
    const { root, generate } = await useService();
    const { exitCode, stdout, stderr } = await generate("--check");
    expect([exitCode, stderr]).toEqual([2, "Next: lambdakit generate\n"]);
    expect(stdout).toContain(`stale      .vscode/launch.json\n           ${differences[0]}\n`);
    expect(await readdir(root)).not.toContain(".vscode");
    await generate();
    expect(await generate("--check")).toMatchObject({
      exitCode: 0,
      stdout: unchanged,
      stderr: "",
    });
  });

  it("ends with 2 with --check where Terraform would be told something else than service.ts says", async () => {
    const { root, directory, generate } = await useService();
    await generate();
    const file = path.join(directory, "service.ts");
    const text = await readFile(file, "utf8");
    await writeFile(file, text.replace('"Greets"', '"Greets", memoryMb: 512'));
    const { exitCode, stdout } = await generate("--check");
    expect(exitCode).toBe(2);
    expect(stdout).toContain(`stale      ${variableFiles[2]}\n           functions differs\n`);
    await generate();
    const prod = JSON.parse(await readFile(path.join(root, variableFiles[2] ?? ""), "utf8"));
    expect(prod.functions.greet.memory_mb).toBe(512);
  });

  it("tells a program the same with --json", async () => {
    const { root, generate } = await useService();
    const stale = await generate("--check", "--json");
    expect(stale.exitCode).toBe(2);
    expect(JSON.parse(stale.stdout)).toEqual({
      root,
      files: [
        { path: launchFile, status: "stale", differences },
        ...derived.map((file) => {
          return { path: file, status: "stale", differences: [noFile] };
        }),
      ],
      findings: [],
    });
    const wrote = JSON.parse((await generate("--json")).stdout);
    expect(wrote.files.map(({ status }: { status: string }) => status)).toEqual(
      Array(11).fill("wrote"),
    );
  });

  it("leaves a launch.json alone that it cannot read", async () => {
    const { root, generate, read } = await useService();
    await mkdir(path.join(root, ".vscode"));
    await writeFile(path.join(root, launchFile), "{ version }}");
    const { exitCode, stdout, stderr } = await generate();
    expect([exitCode, stdout]).toEqual([1, ""]);
    expect(stderr).toContain("error GENERATE_UNREADABLE\n  at .vscode/launch.json:1:12\n");
    expect(await read()).toBe("{ version }}");
  });

  it("says which file it could not write, and why", async () => {
    const { root, generate } = await useService();
    await writeFile(path.join(root, ".vscode"), "no folder");
    const { exitCode, stderr } = await generate();
    expect(exitCode).toBe(1);
    expect(stderr).toContain("error GENERATE_NOT_WRITTEN\n");
    expect(stderr).toMatch(/\.vscode\/launch\.json could not be written: E\w+: /);
    expect(stderr).toContain(`fix: make it possible to write to '${root}/.vscode'`);
  });
});

describe("lambdakit generate, where a repository may deploy", () => {
  const workflows = ".github/workflows";
  const names = ["deploy-dev", "deploy-prod", "deploy-sit", "pull-request", "rehearse"];

  it("writes its workflows at the root, named after the service", async () => {
    const { root, generate } = await useService({ repository: "acme/shop" });
    const { exitCode, stdout } = await generate();
    expect(exitCode).toBe(0);
    expect(stdout).toContain(
      `wrote      ${workflows}/greeter-deploy-prod.yml\n           ${noFile}\n`,
    );
    expect(await readdir(path.join(root, workflows))).toEqual(
      names.map((name) => `greeter-${name}.yml`),
    );
    expect(await generate("--check")).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("puts in what looks after the repository, and keeps to what somebody has for the same", async () => {
    const { root, generate } = await useService({
      repository: "acme/shop",
      owners: ["@acme/shop"],
    });
    await mkdir(path.join(root, ".husky"));
    await writeFile(path.join(root, "biome.json"), "{}");
    await mkdir(path.join(root, ".github"));
    await writeFile(path.join(root, ".github/CODEOWNERS"), "* @acme/all\n");
    const stale = await generate("--check");
    expect(stale).toMatchObject({ exitCode: 2 });
    expect(stale.stdout).toContain(
      "stale      .github/CODEOWNERS\n           there is no line /services/greeter/ @acme/shop\n",
    );
    const { exitCode, stdout } = await generate();
    expect(exitCode).toBe(0);
    expect(stdout).toContain("wrote      .github/dependabot.yml\n");
    expect(stdout).toContain("wrote      SECURITY.md\n");
    expect(stdout).toContain(
      "kept       .husky\n           it is for the same as lefthook.yml: it is yours, and was left as it is\n",
    );
    expect(await readFile(path.join(root, ".github/CODEOWNERS"), "utf8")).toMatch(
      /^\* @acme\/all\n\/services\/greeter\/ @acme\/shop\n/,
    );
    expect(await readdir(root)).not.toContain("lefthook.yml");
    expect(await generate("--check")).toMatchObject({ exitCode: 0, stderr: "" });
  });

  it("says that alarms would link nothing, where the service stands in another folder than it says", async () => {
    const { generate } = await useService({ repository: "acme/shop", folder: "greeter" });
    const { exitCode, stderr } = await generate();
    expect([exitCode, stderr]).toEqual([
      2,
      'Alarms link a runbook that is not there: by folder in service.ts it is in "greeter" of the repository, and it is in "services/greeter"\n',
    ]);
  });

  it("installs where the lock file is, and packages' scripts run with no role", async () => {
    const { root, directory, generate } = await useService({ repository: "acme/shop" });
    const dev = () => readFile(path.join(root, workflows, "greeter-deploy-dev.yml"), "utf8");
    await generate();
    expect(await dev()).toContain("- services/greeter/package-lock.json\n");
    expect(await dev()).toContain("      - name: Install\n        run: npm ci --ignore-scripts\n");
    await writeFile(path.join(root, "package-lock.json"), "{}");
    await generate();
    expect(await dev()).toContain("working-directory: .\n        run: npm ci --ignore-scripts\n");
    await mkdir(path.join(root, "toolkit/node_modules"), { recursive: true });
    await mkdir(path.join(directory, "node_modules"));
    await symlink(path.join(root, "toolkit"), path.join(directory, "node_modules/lambdakit"));
    await generate();
    expect(await dev()).toContain("- toolkit/src/**\n");
    expect(await dev()).not.toContain("--ignore-scripts");
    expect(await generate("--check")).toMatchObject({ exitCode: 0 });
  });

  it("with --check, says what was edited, what is wrong with it, and ends with 2", async () => {
    const { root, generate } = await useService({ repository: "acme/shop" });
    await generate();
    const file = `${workflows}/greeter-deploy-prod.yml`;
    const text = await readFile(path.join(root, file), "utf8");
    await writeFile(path.join(root, file), text.replace("    environment: prod\n", ""));
    const { exitCode, stdout, stderr } = await generate("--check");
    expect([exitCode, stderr]).toEqual([2, "Next: lambdakit generate\n"]);
    expect(stdout).toContain(
      `stale      ${file}\n           lines are missing, or in another order\n`,
    );
    expect(stdout).toMatch(
      /\nfinding {4}\S+greeter-deploy-prod\.yml:\d+ {2}deploy {2}environment\n/,
    );
    expect(stdout).toContain("\n           fix: write environment: prod\n");
    const { findings } = JSON.parse((await generate("--check", "--json")).stdout);
    expect(findings).toMatchObject([{ id: "environment", file, place: "deploy" }]);
    expect((await generate()).exitCode).toBe(0);
  });

  it("keeps a workflow that is somebody's own, and says what is wrong with it all the same", async () => {
    const { root, generate } = await useService({ repository: "acme/shop" });
    await generate();
    const file = `${workflows}/greeter-deploy-prod.yml`;
    const [, , ...lines] = (await readFile(path.join(root, file), "utf8")).split("\n");
    const own = lines.join("\n");
    await writeFile(path.join(root, file), own);
    const kept = await generate();
    expect(kept.exitCode).toBe(0);
    expect(kept.stdout).toContain(
      `kept       ${file}\n           it does not begin as a derived one does`,
    );
    await writeFile(path.join(root, file), own.replace("    environment: prod\n", ""));
    expect(await generate()).toMatchObject({ exitCode: 2, stderr: "" });
    expect(await generate("--check")).toMatchObject({ exitCode: 2, stderr: "" });
  });

  it("says where another workflow names a role of the service", async () => {
    const { root, generate } = await useService({ repository: "acme/shop" });
    await generate();
    const rogue =
      "jobs:\n  a:\n    steps:\n      - run: aws sts assume-role --role-arn acme-deploy-greeter-prod\n";
    await writeFile(path.join(root, workflows, "rogue.yaml"), rogue);
    await writeFile(path.join(root, workflows, "README.md"), rogue);
    const { exitCode, stdout } = await generate("--check");
    expect(exitCode).toBe(2);
    expect(stdout.match(/^finding.*/gm)).toEqual([
      `finding    ${workflows}/rogue.yaml:4  line 4  role-elsewhere`,
    ]);
  });
});

async function useService({
  git = true,
  repository = "",
  folder = "services/greeter",
  owners = [] as string[],
} = {}) {
  const facts = { repository, folder, owners };
  const named = repository === "" ? "" : `${JSON.stringify(facts).slice(1, -1)},`;
  const root = await temporaryFolder({
    ...(git ? { ".git/HEAD": "ref: refs/heads/main\n" } : {}),
    "services/greeter/service.ts": manifest.replace("tables: {},", `tables: {}, ${named}`),
    "services/greeter/greet.ts": "export const handler = async () => ({ statusCode: 204 });\n",
  });
  const directory = path.join(root, "services/greeter");
  return {
    root,
    directory,
    generate: (...args: string[]) => lambdakit(["generate", "--service", directory, ...args]),
    read: () => readFile(path.join(root, launchFile), "utf8"),
  };
}
