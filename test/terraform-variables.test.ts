/** Compares what the toolkit gives Terraform with what the stacks declare: Terraform only warns, or says nothing. */
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const read = (file: string) => readFileSync(new URL(`../${file}`, import.meta.url), "utf8");
const environments = ["dev", "sit", "prod"];
const places = [...environments, "prod-standby"];

describe("the variables that the toolkit gives", () => {
  it.each(places)("to stacks/service for %s are those that it declares", (name) => {
    const given = JSON.parse(read(`services/product/terraform/environments/${name}.tfvars.json`));
    const declared = declarations(read("terraform/stacks/service/variables.tf"));
    expect(Object.keys(given).sort()).toEqual(
      [...declared.keys()].filter((one) => one !== "artifacts").sort(),
    );
    // Terraform drops an attribute that a type does not have, without a word.
    for (const variable of ["functions", "tables", "alarms"]) {
      for (const part of Object.values(given[variable])) {
        expect(attributesOf(declared.get(variable)), variable).toEqual(
          expect.arrayContaining(Object.keys(part as object)),
        );
      }
    }
    const isStandby = name === "prod-standby";
    expect(given.backups === null).toBe(isStandby);
    for (const variable of ["api", "service_alarm", "notify", ...(isStandby ? [] : ["backups"])]) {
      expect(attributesOf(declared.get(variable)), variable).toEqual(Object.keys(given[variable]));
    }
  });

  it.each(environments)("to stacks/account for %s are those that it declares", (name) => {
    const given = JSON.parse(read(`test/golden/product.${name}.account.tfvars.json`));
    const declared = declarations(read("terraform/stacks/account/variables.tf"));
    const forWhoeverApplies = ["github_oidc_provider_arn", "people", "require_tls"];
    expect([...Object.keys(given), ...forWhoeverApplies].sort()).toEqual(
      [...declared.keys()].sort(),
    );
    expect(attributesOf(declared.get("services"))).toEqual(
      Object.keys(given.services[`product-${name}`]),
    );
  });
});

describe("the variables that the toolkit gives to stacks/recovery-region", () => {
  it("are those that it declares", () => {
    const given = JSON.parse(read("test/golden/product.prod.recovery-region.tfvars.json"));
    const declared = declarations(read("terraform/stacks/recovery-region/variables.tf"));
    expect([...Object.keys(given), "require_tls"].sort()).toEqual([...declared.keys()].sort());
  });
});

describe("every variable and output of Terraform", () => {
  const files = [
    "function",
    "rest-api",
    "table",
    "alarm-key",
    "alarm-topic",
    "alarms",
    "service-alarm",
  ]
    .concat(["backup", "backup-role", "backup-vault"])
    .concat(["dashboard", "bucket", "deployer", "github-role", "releases-reader"])
    .concat(["domain", "replication", "api-gateway-logs"])
    .map((name) => `modules/${name}`)
    .concat(["stacks/service", "stacks/account", "stacks/recovery-region"]);

  it.each(files)("of %s has a description, and a variable its type", (folder) => {
    for (const [name, text] of declarations(read(`terraform/${folder}/variables.tf`))) {
      expect(text, name).toMatch(/^ {2}description = "[A-Za-z].*\."$/m);
      expect(text, name).toMatch(/^ {2}type +=/m);
      // What went wrong, behind its code, and how to put it right.
      for (const [, message = ""] of text.matchAll(/error_message = "(.*)"$/gm)) {
        expect(message, name).toMatch(/^TF_[A-Z_]+: .* Fix: /);
      }
    }
    expect(read(`terraform/${folder}/outputs.tf`)).not.toMatch(/^output "\w+" \{\n(?! {2}desc)/m);
    expect(read(`terraform/${folder}/versions.tf`)).toContain('required_version = ">= 1.11.0"');
  });
});

describe("a stack", () => {
  it.each(["service", "account", "recovery-region"])(
    "has one region, since a provider that stays running has one configuration: %s",
    (stack) => {
      const folder = new URL(`../terraform/stacks/${stack}/`, import.meta.url);
      const files = readdirSync(folder).filter((file) => file.endsWith(".tf"));
      const text = files.map((file) => readFileSync(new URL(file, folder), "utf8")).join("\n");
      expect(text.match(/^provider "\w+" \{$/gm)).toEqual(['provider "aws" {']);
    },
  );
});

describe("a table outside of dev", () => {
  it("cannot be destroyed by Terraform: a mocked provider would not show it", () => {
    const [, protectedTable = "", disposable = ""] = read("terraform/modules/table/main.tf").split(
      /^resource "aws_dynamodb_table" "(?:protected|disposable)" \{$/m,
    );
    expect(protectedTable).toMatch(/prevent_destroy = true/);
    expect(disposable).not.toMatch(/prevent_destroy/);
    // Whatever else they are, they are the same.
    const shared = (text: string) =>
      text.replace(/#.*|lifecycle \{[^}]*\}|.*(count|deletion_protection_enabled) .*/g, "");
    const words = (text: string) => shared(text).split(/\s+/).filter(Boolean);
    expect(words(protectedTable)).toEqual(words(disposable));
  });
});

/** The text of each variable, by its name. */
function declarations(hcl: string): Map<string, string> {
  const [, ...parts] = hcl.split(/^variable "(\w+)" \{$/m);
  return new Map(parts.flatMap((name, at) => (at % 2 === 0 ? [[name, parts[at + 1] ?? ""]] : [])));
}

/** The attributes of an object's type, those of objects inside it left out. */
function attributesOf(variable = ""): string[] {
  const [type = ""] = variable.split(/^ {2}validation \{$/m);
  return [...type.matchAll(/^ {4}(\w+) += /gm)].map(([, name = ""]) => name);
}
