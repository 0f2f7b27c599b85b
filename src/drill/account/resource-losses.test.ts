import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { madeResources } from "./made-resources.ts";
import { canBeLost, lossesOf } from "./resource-losses.ts";

const modules = fileURLToPath(new URL("../../../terraform", import.meta.url));

/** The kinds of resource that a file of Terraform makes. */
function kindsIn(file: string): string[] {
  return [...readFileSync(file, "utf8").matchAll(/^resource "(\w+)"/gm)].map(
    ([, kind = ""]) => kind,
  );
}

describe("what an account loses", () => {
  it("is every kind of resource that our stacks make, but for those of a domain, which people own", () => {
    const files = readdirSync(modules, { recursive: true, encoding: "utf8" }).filter((file) =>
      file.endsWith(".tf"),
    );
    const kinds = new Set(files.flatMap((file) => kindsIn(path.join(modules, file))));
    const ofDomain = kindsIn(path.join(modules, "modules/domain/main.tf"));
    expect(kinds.size).toBeGreaterThan(30);
    expect([...kinds].filter((kind) => !canBeLost(kind)).sort()).toEqual(
      [...new Set(ofDomain)].sort(),
    );
  });

  it("goes in an order that AWS takes: what a role has before the role, a role before its boundary", () => {
    const region = "eu-west-1";
    const of = (type: string, attributes: Record<string, string>) => ({ type, region, attributes });
    const calls = lossesOf([
      of("aws_iam_policy", { arn: "arn:aws:iam::815856636111:policy/boundary" }),
      of("aws_iam_role", { name: "r" }),
      of("aws_lambda_alias", { name: "live" }),
      of("aws_iam_role_policy", { role: "r", name: "p" }),
      of("aws_backup_vault", { name: "v" }),
    ]);
    expect(calls).toEqual([
      { service: "backup", method: "DELETE", path: "/backup-vaults/v", region },
      expect.objectContaining({
        body: "Action=DeleteRolePolicy&Version=2010-05-08&RoleName=r&PolicyName=p",
      }),
      expect.objectContaining({ body: "Action=DeleteRole&Version=2010-05-08&RoleName=r" }),
      expect.objectContaining({ body: expect.stringMatching(/^Action=DeletePolicy&/) }),
    ]);
  });

  it("is read from states: what Terraform only looks up is not its own", () => {
    const resources = [
      { mode: "data", type: "aws_kms_alias", instances: [{ attributes: { name: "a" } }] },
      {
        mode: "managed",
        type: "aws_iam_role",
        instances: [{ attributes: { name: "one" } }, { attributes: { name: "two" } }],
      },
    ];
    const region = "af-south-1";
    expect(madeResources(Buffer.from(JSON.stringify({ version: 4, resources })), region)).toEqual([
      { type: "aws_iam_role", region, attributes: { name: "one" } },
      { type: "aws_iam_role", region, attributes: { name: "two" } },
    ]);
    expect(madeResources(Buffer.from(""), region)).toEqual([]);
  });
});
