import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { lambdakit } from "../../../test/recording-terminal.ts";
import { temporaryFolder } from "../../../test/temporary-folder.ts";

describe("lambdakit new", () => {
  it("makes a service whose derived files are up to date, before anything is installed", async () => {
    const folder = path.join(await temporaryFolder(), "orders");
    const args = [
      "new",
      "orders",
      "--out",
      folder,
      "--repository",
      "acme/orders",
      "--owner",
      "@acme/orders",
    ];
    const { exitCode, stdout, stderr } = await lambdakit(args);
    expect([exitCode, stderr.split("\n").slice(-5)]).toEqual([
      0,
      ["Next:", `  cd ${folder} && npm install`, "  npm test", "  npm start", ""],
    ]);
    const files = stdout.trim().split("\n");
    expect(files).toEqual(
      expect.arrayContaining([
        "service.ts",
        "src/handlers/create-order.ts",
        "README.md",
        ".github/workflows/orders-pull-request.yml",
        ".github/CODEOWNERS",
        "terraform/environments/prod.tfvars.json",
        "runbooks/alarms.md",
      ]),
    );
    expect(files.filter((file) => !existsSync(path.join(folder, file)))).toEqual([]);
    const check = await lambdakit(["generate", "--check", "--service", folder]);
    expect([check.exitCode, check.stdout]).toEqual([0, expect.not.stringContaining("stale")]);
    const audit = await lambdakit(["audit", "--service", folder, "--json"]);
    const { findings } = JSON.parse(audit.stdout);
    // npm install writes it.
    expect(findings.map(({ id }: { id: string }) => id)).toEqual(["lockfile-missing"]);
  }, 60_000);

  it("says where accounts have to be written, and makes up no repository", async () => {
    const folder = path.join(await temporaryFolder(), "orders");
    await lambdakit(["new", "orders", "--out", folder]);
    const text = readFileSync(path.join(folder, "service.ts"), "utf8");
    expect(text).toContain("// The accounts are examples of AWS's documentation");
    expect(text).toContain(
      '// With a repository, its workflows follow: repository: "OWNER/orders",',
    );
    expect(existsSync(path.join(folder, ".github"))).toBe(false);
  });

  it("asks where somebody is there, and takes what is usual for an empty answer", async () => {
    const folder = path.join(await temporaryFolder(), "crm");
    const answers = { "One of them": "customer", fields: "name:text vip:boolean" };
    const { exitCode, questions } = await lambdakit(
      ["new", "crm", "--out", folder, "--prefix", "acme", "--dry-run"],
      { answers },
    );
    expect(exitCode).toBe(0);
    expect(questions).toEqual([
      "What does it keep? One of them:",
      "Several of them:",
      "Ids, as PREFIX:LENGTH:ALPHABET:",
      "Its fields, as NAME[?]:TYPE[:LIMITS], with spaces between:",
      "OWNER/REPOSITORY on GitHub, or none:",
    ]);
  });

  it("makes nothing where somebody leaves at a question", async () => {
    const parent = await temporaryFolder();
    const args = ["new", "orders", "--out", path.join(parent, "orders")];
    const { exitCode, stderr } = await lambdakit(args, { answers: { GitHub: false } });
    expect([exitCode, readdirSync(parent)]).toEqual([130, []]);
    expect(stderr).toContain("NEW_INTERRUPTED");
  });

  it("writes nothing with --dry-run, and names the files as JSON", async () => {
    const parent = await temporaryFolder();
    const args = ["new", "orders", "--out", path.join(parent, "orders"), "--dry-run", "--json"];
    const { stdout } = await lambdakit(args);
    const { dryRun, files } = JSON.parse(stdout);
    expect([dryRun, files.includes("src/services/update-order.ts")]).toEqual([true, true]);
    expect(readdirSync(parent)).toEqual([]);
  });

  it("names every problem at once, and writes nothing", async () => {
    const parent = await temporaryFolder();
    const { exitCode, stderr } = await lambdakit([
      ...[
        "new",
        "orders",
        "--out",
        path.join(parent, "orders"),
        "--entity",
        "key",
        "--plural",
        "keys",
      ],
      ...["--field", "total:money", "--field", "Note?", "--id", "ord", "--prefix", "A_B"],
      ...["--account", "42", "--region", "mars", "--repository", "orders"],
    ]);
    expect([exitCode, readdirSync(parent)]).toEqual([64, []]);
    for (const part of ["NEW_INVALID", '"key"', '"total:money"', '"Note?"', '"ord"', "--prefix"]) {
      expect(stderr).toContain(part);
    }
    for (const option of ["--account", "--region", "--repository"])
      expect(stderr).toContain(option);
  });

  it("leaves a folder alone that has files in it", async () => {
    const folder = await temporaryFolder({ "notes.md": "ours" });
    const { exitCode, stderr } = await lambdakit(["new", "orders", "--out", folder]);
    expect([exitCode, readdirSync(folder)]).toEqual([64, ["notes.md"]]);
    expect(stderr).toContain("such as notes.md");
  });

  it("wants a name", async () => {
    expect((await lambdakit(["new"])).exitCode).toBe(64);
  });
});
