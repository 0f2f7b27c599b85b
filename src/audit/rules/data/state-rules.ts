import type { Rule } from "../../rule.ts";
import type { Block } from "../../terraform/blocks.ts";
import { isOff, ownTerraform, withAttribute } from "../../terraform/own-terraform.ts";

const source = "https://developer.hashicorp.com/terraform/language/backend/s3";

export const stateUnlocked: Rule = {
  id: "state-unlocked",
  severity: "high",
  means: "two people can apply at once",
  why: "The second one writes over what the first one has done, and Terraform forgets what exists.",
  source,
  checks: {
    files: (facts, subject) =>
      backends(ownTerraform(facts, subject))
        .filter((block) => isOff(block, "use_lockfile") && !block.attributes.has("dynamodb_table"))
        .map((block) => ({
          place: { file: block.file, line: block.line },
          evidence: 'backend "s3" has no lock',
          fix: "write use_lockfile = true",
          edits: withAttribute(block, "use_lockfile", "true"),
        })),
  },
};

export const stateUnencrypted: Rule = {
  id: "state-unencrypted",
  severity: "high",
  means: "Terraform's state is written without encryption",
  why: "It has every value that Terraform knows, secrets too, in plain text.",
  source,
  checks: {
    files: (facts, subject) =>
      backends(ownTerraform(facts, subject))
        .filter((block) => isOff(block, "encrypt"))
        .map((block) => ({
          place: { file: block.file, line: block.line },
          evidence: 'backend "s3" does not say encrypt = true',
          fix: "write encrypt = true",
          edits: withAttribute(block, "encrypt", "true"),
        })),
  },
};

export const stateLocal: Rule = {
  id: "state-local",
  severity: "high",
  means: "Terraform's state is a file on somebody's disk",
  why: "Nobody else can apply, nothing locks it, and with the disk goes what Terraform knows.",
  source: "https://developer.hashicorp.com/terraform/language/backend/local",
  checks: {
    files: (facts, subject) =>
      ownTerraform(facts, subject)
        .filter(({ kind }) => kind === "terraform")
        .flatMap(({ blocks }) =>
          blocks.filter(({ kind, labels }) => kind === "backend" && labels[0] === "local"),
        )
        .map((block) => ({
          place: { file: block.file, line: block.line },
          evidence: 'backend "local"',
          fix: 'write backend "s3" { use_lockfile = true, encrypt = true } in its place',
        })),
  },
};

function backends(blocks: readonly Block[]): Block[] {
  return blocks
    .filter(({ kind }) => kind === "terraform")
    .flatMap((block) => block.blocks)
    .filter(({ kind, labels }) => kind === "backend" && labels[0] === "s3");
}
