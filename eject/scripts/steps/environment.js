/** What Terraform is told of an environment, which is all that the other steps know of it. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Refusal } from "./run.js";

const folder = path.resolve("terraform/environments");
const ending = ".tfvars.json";

/** @param name such as `dev`, as the file in terraform/environments is called */
export function readEnvironment(name) {
  const variablesFile = path.join(folder, `${name}${ending}`);
  if (name === undefined || !existsSync(variablesFile)) {
    const known = readdirSync(folder).filter((file) => file.endsWith(ending));
    throw new Refusal(
      name === undefined ? "Which environment?" : `There is no environment ${name}.`,
      `one of ${known.map((file) => file.slice(0, -ending.length)).join(", ")}, as in: npm run plan -- dev`,
    );
  }
  const variables = JSON.parse(readFileSync(variablesFile, "utf8"));
  return {
    name,
    /** `prod` also of a region that stands by for it. */
    stage: variables.environment,
    variables,
    variablesFile,
    backendFile: path.join(folder, `${name}.tfbackend`),
  };
}
